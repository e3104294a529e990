-- name: consent_facts
-- One fact for each word; its proof says whether the file told when (`dated`), or it is as of its import. A date that lies ahead of the import, or before 1970, is no date: an express yes must not outlive a leave by a typo.
-- Implied consent ends after 24 months, that of an inquiry after 6 (CASL, section 10(10)).
select
    line,
    channel,
    'marketing' as purpose,
    state,
    basis,
    cast(json_object('file', $file, 'line', line, 'column', column_name, 'word', word, 'day', $day, 'basis', basis_word, 'dated', dated) as varchar) as proof,
    at_us,
    case
        when state <> 'granted' then null
        when basis = 'implied' then epoch_us(make_timestamp(at_us) + interval 24 months)
        when basis = 'inquiry' then epoch_us(make_timestamp(at_us) + interval 6 months)
    end as expires_us
from (
    select
        *,
        case
            when stopped is not null then stopped
            when said in ('implied', 'inquiry') then said
            when dated and said is not null then said
            when dated then 'express'
            else 'asserted'
        end as basis
    from (
        select
            line, channel, column_name, word, basis_word,
            case when leaves then 'withdrawn' else $state end as state,
            $stopped as stopped,
            coalesce(given_us between $earliest and $loaded_us, false) as dated,
            case when given_us between $earliest and $loaded_us then given_us else cast($loaded_us as bigint) end as at_us,
            case
                when regexp_matches(basis_plain, '^(implied|implicit|tacit)') or basis_plain is null and plain = 'implied' then 'implied'
                when regexp_matches(basis_plain, '^(inquiry|enquiry|demande)') then 'inquiry'
                when regexp_matches(basis_plain, '^(express|explicit|doubleoptin|optin)') then 'express'
                else basis_plain
            end as said
        from (
            select
                *,
                $plain as plain,
                nullif(regexp_replace(lower(strip_accents(basis_word)), '[^a-z0-9]', '', 'g'), '') as basis_plain
            from found_consents
        )
        where not (leaves and ($no_leave))
    )
)
