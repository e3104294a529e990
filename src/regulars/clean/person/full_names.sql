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
        and not regexp_matches(
            lower(found),
            '\b(m|mr|mister|monsieur|mme|madame|mrs|ms|miss|mlle|mademoiselle|dre?|docteur|doctor|prof|professeur|professor|me|ma[iî]tre|rev|sir|mx|s(œ|oe)ur'
            || '|jr|junior|fils|sr|senior|p[eè]re|ii|iii|iv|phd|md|esq|inc|ltd|lt[eé]e|llc|corp|co|gmbh|sarl|sas|enr|cie|company|services?'
            || '|restaurant|clinique|[eé]cole|school|church|ville|et|and)\b|[ÃÂ]'
            || '|, ?(notaire|avocate?|m[eé]decin|dentiste|pharmacien(ne)?|v[eé]t[eé]rinaire|infirmi([eè]re?)|psychologue|architecte|ing[eé]nieure?'
            || '|comptable|courti([eè]re?)|huissi([eè]re?)|arpenteu(r|se)|retrait[eé]e?|notary|lawyer|attorney|physician|dentist|pharmacist'
            || '|veterinarian|nurse|psychologist|architect|engineer|accountant|broker|retired)$'
        ) as settled
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
