-- name: judged
-- What two cards (relation `pairs`: a, b) say for and against each other as a *person*, whatever their household shares.
-- Names agree when they are equal, short for each other, an initial, a part, a misspelling, or swapped with the family
-- name; those of Simon and Simone do not. Where a given name is missing or an initial, the family names speak: Côté and
-- Bélanger with one telephone are two people.
-- Birth dates agree when they are equal, two slips of the hand apart, or the same but for one of day, month, year.
-- A senior and his junior, and two who bear names such as those, are `never` one person unless a human says so.
with seen as (
    select pairs.a, pairs.b,
        l.given is not null and r.given is not null as given_known,
        l.given = r.given
            or list_has_any(l.kin, r.kin)
            or list_has_any(l.given_parts, r.given_parts)
            or (least(length(l.given), length(r.given)) = 1 and list_has_any(l.initials, r.initials))
            or (least(length(l.given), length(r.given)) >= 3
                and (starts_with(l.given, r.given) or starts_with(r.given, l.given)))
            or jaro_winkler_similarity(l.given, r.given) >= 0.82
            or damerau_levenshtein(l.given, r.given) <= 1
            or (l.middle is not null and length(l.middle) > 1 and l.middle = r.given)
            or (r.middle is not null and length(r.middle) > 1 and r.middle = l.given)
            or (jaro_winkler_similarity(l.given, r.family) >= 0.85 and not coalesce(l.family = r.family, false))
            or (jaro_winkler_similarity(r.given, l.family) >= 0.85 and not coalesce(l.family = r.family, false))
            as given_like,
        coalesce(list_has_any(l.other_names, r.given_parts), false) as other_name,
        given_like and not other_name as given_near,
        (l.given is null or r.given is null or least(length(l.given), length(r.given)) = 1) and l.family is not null and r.family is not null as family_alone,
        l.family = r.family
            or list_has_any(l.family_parts, r.family_parts)
            or jaro_winkler_similarity(l.family, r.family) >= 0.82
            or damerau_levenshtein(l.family, r.family) <= 1
            or coalesce(l.given = r.family or r.given = l.family, false)
            as family_near,
        l.birth is not null and r.birth is not null as birth_known,
        damerau_levenshtein(l.birth, r.birth) <= 2
            or (left(l.birth, 4) = left(r.birth, 4)
                and substr(l.birth, 6, 2) = substr(r.birth, 9, 2) and substr(l.birth, 9, 2) = substr(r.birth, 6, 2))
            or (left(l.birth, 4) = left(r.birth, 4))::int + (substr(l.birth, 6, 2) = substr(r.birth, 6, 2))::int
                + (right(l.birth, 2) = right(r.birth, 2))::int >= 2
            as birth_near,
        coalesce(l.suffix <> r.suffix, false) as suffix_differs
    from pairs
    join cards as l on l.card = pairs.a
    join cards as r on r.card = pairs.b
),
weighed as (
    select a, b, suffix_differs, other_name,
        given_known and coalesce(given_near, false) as given_agrees,
        given_known and not coalesce(given_near, false) as given_differs,
        family_alone and not family_near as family_differs,
        birth_known and birth_near as birth_agrees,
        birth_known and not birth_near as birth_differs
    from seen
)
select *,
    given_differs or family_differs or birth_differs or suffix_differs as contradicted,
    suffix_differs or other_name as never
from weighed
