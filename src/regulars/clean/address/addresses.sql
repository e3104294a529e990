-- name: addresses
-- A number, plain words and perhaps a door behind them are settled here. Commas inside, postal codes, doors in front
-- and numbers elsewhere go to `addresses.py`.
select
    found,
    regexp_extract(text, '^(\d+[A-Za-z]?) ', 1) as house_number,
    nullif(door, '') as unit,
    regexp_extract(text, '^\d+[A-Za-z]? (.+)$', 1) as street,
    cast(null as varchar) as city,
    cast(null as varchar) as region,
    cast(null as varchar) as postcode,
    cast(null as varchar) as country,
    regexp_full_match(text, '\d+[A-Za-z]? [\p{L}.''’-]+( [\p{L}.''’-]+)+')
        and not regexp_matches(
            lower(text),
            '^\S+ (bis|ter|quater)\b|\b(apartment|appartement|appt?|apt|app|suite|ste|unit|unité|bureau|bur|local|porte|room|rm|penthouse|étage|etage|floor|fl)\b'
        ) as settled
from (
    select
        found,
        regexp_extract(found, '[ ,]+(?:(?i:apartment|appartement|appt|apt|app|suite|unit|bureau|porte)\.? ?#? ?|# ?)(\d+[A-Za-z]?) *$', 1) as door,
        trim(case when door = '' then found else regexp_replace(found, '[ ,]+(?:(?i:apartment|appartement|appt|apt|app|suite|unit|bureau|porte)\.? ?#? ?|# ?)(\d+[A-Za-z]?) *$', '') end) as text
    from found_addresses
)

-- name: lines
-- A line is kept as given; only doubled spaces and garbled letters send it to `addresses.py`.
select found, found as standard, cast(null as varchar) as rules, not regexp_matches(found, '^\s|\s\s|\s$|[\x{00A0}\x{202F}ÃÂÄÅâ&]') as settled
from found_lines
