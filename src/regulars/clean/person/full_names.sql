-- name: full_names
-- `Given Family` and `FAMILY, Given` of two plain words are settled here; titles, particles, initials, suffixes,
-- companies, and words of which one alone is in capitals, go to `full_names.py`.
select
    found,
    cast(null as varchar) as name_prefix,
    case when comma then second else first end as given_name,
    cast(null as varchar) as middle_name,
    case when comma then first else second end as family_name,
    cast(null as varchar) as name_suffix,
    first <> ''
        and (comma or (first = upper(first)) = (second = upper(second)))
        and not regexp_matches(lower(strip_accents(found)), $by_hand)
        and not regexp_matches(found, '[ÃÂ]') as settled
from (
    select
        found,
        found like '%,%' as comma,
        regexp_extract(found, '^(\p{L}[\p{L}''’-]+)(?: |, ?)(\p{L}[\p{L}''’-]+)$', 1) as first,
        regexp_extract(found, '^(\p{L}[\p{L}''’-]+)(?: |, ?)(\p{L}[\p{L}''’-]+)$', 2) as second
    from found_full_names
)

-- name: capitals
-- Of the names of two words and more: in how many a word in capitals stands first and none last, and the other way round.
select
    count(*) as names,
    count(*) filter (where first_loud and not last_loud) as lead_loud,
    count(*) filter (where last_loud and not first_loud) as end_loud
from (
    select
        regexp_full_match(regexp_extract(found, '^\S+'), '[\p{Lu}''’-]{3,}') as first_loud,
        regexp_full_match(regexp_extract(found, '\S+$'), '[\p{Lu}''’-]{3,}') as last_loud
    from found_full_names
    where found not like '%,%' and found like '%_ _%'
)
