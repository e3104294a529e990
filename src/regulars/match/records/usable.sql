-- name: empty_values
-- Identifiers, by type and value, that name nobody whoever has them, allowed or not: blocked by the shop, or a filler,
-- which stands where nothing is known.
select type, value, blocked
from (
    select *,
        word in (select value from blocked) or letters in (select value from blocked) as blocked,
        list_contains($no_values, letters)
            or translate(letters, '0', '') = ''
            or (length(letters) >= 5 and translate(letters, left(letters, 1), '') = '')
            or coalesce(translate(last_digits, left(last_digits, 1), '') = '' or last_digits = '1234567', false)
            or (type = 'email' and regexp_matches(word, '^(' || $no_mailboxes || ')@')) as filler
    from (
        select type, value, lower(value) as word, regexp_replace(lower(value), '[^\p{L}\p{N}]', '', 'g') as letters,
            case when type = 'phone' then right(regexp_replace(value, '[^0-9]', '', 'g'), 7) end as last_digits
        from held group by type, value
    )
)
where blocked or filler

-- name: usable
-- Identifiers that name somebody: not empty, and not on too many records (the cashier's card); of those that the shop
-- allows, not on more than one person may have.
with judged as (
    select *,
        count(*) over (partition by type, value) as holders,
        lower(value) as word,
        regexp_replace(lower(value), '[^\p{L}\p{N}]', '', 'g') as letters
    from held
    anti join empty_values using (type, value)
)
select card, type, value, fact, type not in ('email', 'phone') as strong,
    type = 'email' and regexp_matches(word, '^(' || $role_mailboxes || ')@') as role
from judged
where holders <= case
        when word in (select value from allowed) or letters in (select value from allowed) then $most_holders
        else $identifier_limit end

-- name: crowded
-- Identifiers that name nobody only because too many records have them, most records first; `allowed`: the shop allows
-- them, and more records have them than one person may. And fillers (`filler`) that the shop allows, however few have them.
with common as (
    select type, value, count(*) as records, lower(value) as word,
        regexp_replace(lower(value), '[^\p{L}\p{N}]', '', 'g') as letters,
        word in (select value from allowed) or letters in (select value from allowed) as allowed
    from held
    group by type, value
    having count(*) > $identifier_limit or (type, value) in (select type, value from empty_values where not blocked)
)
select type, value, records, allowed, empty_values.value is not null as filler
from common
left join empty_values using (type, value)
where case when empty_values.value is null then records > $most_holders or not allowed else allowed and not blocked end
order by records desc, type, value

-- name: crowded_births
-- Birth dates that stand out from all others of the shop: a day on which people of so many names were born, against how
-- many are born on one day on average, is what a system writes where it knows none. People of one name may be one.
with dated as (
    select birth_date as value, count(*) as records,
        count(distinct concat_ws(' ', lower(given_name), lower(family_name), lower(full_name))) as names
    from current_versions
    where birth_date is not null
    group by birth_date
)
select 'birth_date' as type, value, records, false as allowed, false as filler
from dated
where names >= $fewest and names > $times * (select avg(names) from dated)
    and value not in (select value from allowed)
order by records desc, value
