-- name: said
-- What was found of one pair of cards.
select
    (select min(reason) from dropped where a = $a and b = $b) as dropped,
    (select reason from refused where a = $a and b = $b) as refused,
    (select list(distinct type order by type) from sharing where a = $a and b = $b) as shared,
    (select suffix_alone from scored_judged where a = $a and b = $b) as suffix_alone,
    (select probability from scored where a = $a and b = $b) as probability,
    (select personal from scored where a = $a and b = $b) as personal
