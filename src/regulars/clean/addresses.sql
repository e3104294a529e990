-- name: addresses
-- A number and plain words are settled here. Commas, doors, postal codes and numbers elsewhere go to `addresses.py`.
select
    found,
    regexp_extract(trim(found), '^(\d+[A-Za-z]?) ', 1) as house_number,
    cast(null as varchar) as unit,
    regexp_extract(trim(found), '^\d+[A-Za-z]? (.+)$', 1) as street,
    cast(null as varchar) as city,
    cast(null as varchar) as region,
    cast(null as varchar) as postcode,
    cast(null as varchar) as country,
    regexp_full_match(trim(found), '\d+[A-Za-z]? [\p{L}.''’-]+( [\p{L}.''’-]+)+')
        and not regexp_matches(
            lower(found),
            '^\S+ (bis|ter|quater)\b|\b(apartment|appartement|appt?|apt|app|suite|ste|unit|unité|bureau|bur|local|porte|room|rm|penthouse)\b'
        ) as settled
from found_addresses

-- name: lines
-- A line is kept as given; only doubled spaces and garbled letters send it to `addresses.py`.
select found, found as standard, cast(null as varchar) as rules, not regexp_matches(found, '^\s|\s\s|\s$|[\x{00A0}\x{202F}ÃÂÄÅâ&]') as settled
from found_lines
