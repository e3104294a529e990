-- name: versions
-- Every current card with its person and how far its source is trusted.
select c.*, i.person, r.source_rank
from cards as c
inner join identity as i on i.record = c.record
left join source_ranks as r on r.source = c.source

-- name: best
-- One record a person for a unit of fields: the first by the configured order among those that have any of them.
select person, {fields}, origin
from (
    select
        person, {fields},
        json_object('source', source, 'source_key', source_key, 'seen_us', seen_us, 'rule', '{rule}') as origin,
        row_number() over (partition by person order by {sorts}) as place
    from (select *, {times} as times from versions where {there}) as filled
) as ranked
where place = 1

-- name: shortened_family_name
-- How much of a name a card lacks that another may have: an initial stands behind a name, and none behind an initial,
-- whoever is trusted most.
case
    when given_name is null then 2
    when regexp_full_match(given_name, '\p{Latin}\.?') or regexp_full_match(family_name, '\p{Latin}\.?') then 1
    else 0
end

-- name: spelt
-- The commonest spelling with accents of each text of a person, by the same in small letters without them.
select person, plain, spelling
from (
    select
        person, lower(strip_accents({field})) as plain, {field} as spelling,
        row_number() over (
            partition by person, lower(strip_accents({field})) order by count(*) desc, {field}
        ) as nth
    from versions
    where {field} <> strip_accents({field})
    group by person, {field}
) as accented
where nth = 1

-- name: standing_locks
-- What people of the shop locked: of several locks on a field of one person the newest holds.
select person, field, value, origin
from (
    select
        i.person, l.field, l.value,
        json_object('who', l.who, 'at_us', l.at_us, 'why', l.why) as origin,
        row_number() over (partition by i.person, l.field order by l.at_us desc, l.lock_id desc) as nth
    from locks as l
    inner join identity as i on i.record = l.record
    where l.released_us is null
) as told
where nth = 1

-- name: lock_origins
-- Who locked what, by field, for the provenance of a card.
select person, json_group_object(field, origin) as origins from standing_locks group by person

-- name: record_consents
-- What holds for each record and channel. What is said later than now is not known yet; a yes that has expired no longer
-- counts. A no stands until an express yes that is later than it; an asserted or implied yes never lifts it, whatever its
-- date, and at the same instant the no wins. Of several noes the strictest, then the latest; of several yeses express
-- before implied before asserted, then the latest. Where nothing else is said, the latest `unknown`. `dated` tells whether
-- `at_us` was told, or is when the file was loaded: the proof of a file says so; an event has its time.
select
    record, channel, state, basis, source, at_us,
    coalesce(
        cast(json_extract_string(case when json_valid(proof) then proof end, '$.dated') as boolean),
        basis <> 'asserted'
    ) as dated
from (
    select
        *,
        row_number() over (partition by record, channel order by place asc, at_us desc, fact desc) as nth
    from (
        select
            k.*,
            case
                when k.state = 'withdrawn' and (l.lifted_us is null or k.at_us >= l.lifted_us) then 0
                when k.state = 'denied' and (l.lifted_us is null or k.at_us >= l.lifted_us) then 1
                when k.state = 'granted' and (k.expires_us is null or k.expires_us > {as_of_us}) then
                    case k.basis when 'asserted' then 12 when 'implied' then 11 else 10 end
                when k.state = 'unknown' then 20
            end as place
        from consents as k
        left join (
            select record, channel, max(at_us) as lifted_us
            from consents
            where purpose = 'marketing' and state = 'granted' and basis = 'express'
                and at_us <= {as_of_us} and (expires_us is null or expires_us > {as_of_us})
            group by record, channel
        ) as l on l.record = k.record and l.channel = k.channel
        where k.purpose = 'marketing' and k.at_us <= {as_of_us}
    ) as judged
    where place is not null
) as ranked
where nth = 1

-- name: person_consents
-- What holds for each person and channel: of several records' answers the strictest (`model.consent.STRICTNESS`). A record
-- that says `unknown` says that nobody asked there, which is stricter than another's yes.
select person, channel, state, basis, source, at_us, dated
from (
    select
        i.person, c.*,
        row_number() over (
            partition by i.person, c.channel
            order by
                case c.state when 'withdrawn' then 0 when 'denied' then 1 when 'unknown' then 2 else 3 end,
                case c.basis when 'express' then 0 when 'implied' then 1 else 2 end,
                c.at_us desc, c.record
        ) as nth
    from record_consents as c
    inner join identity as i on i.record = c.record
) as ranked
where nth = 1

-- name: people
-- The golden cards.
select
    p.person,
    {columns},
    p.records,
    cast(json_object({origins}, 'locked', o.origins) as varchar) as provenance,
    coalesce(k.email, 'unknown') as consent_email,
    coalesce(k.sms, 'unknown') as consent_sms,
    coalesce(k.phone, 'unknown') as consent_phone,
    coalesce(k.post, 'unknown') as consent_post,
    coalesce(k.origins, '{{}}') as consent_provenance
from (select person, count(*) as records from identity group by person) as p
{joins}
left join lock_origins as o on o.person = p.person
left join (
    select
        person,
        max(state) filter (where channel = 'email') as email,
        max(state) filter (where channel = 'sms') as sms,
        max(state) filter (where channel = 'phone') as phone,
        max(state) filter (where channel = 'post') as post,
        cast(json_group_object(
            channel, json_object('source', source, 'basis', basis, 'at_us', at_us, 'dated', dated)
        ) as varchar) as origins
    from person_consents
    group by person
) as k on k.person = p.person
