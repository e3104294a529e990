-- name: known_pairs
-- Pairs that plain rules call one person, of all cards: the first guess of how many true pairs there are.
select (select count(*) from cards) as cards, count(*) as pairs
from (
    select a, b from exact_links
    union
    select l.card, r.card from cards as l join cards as r using (given, family, birth) where l.card < r.card
    union
    select l.card, r.card from cards as l join cards as r using (given, family, street, door) where l.card < r.card
)

-- name: sources
-- How many cards each source has.
select count(*) as cards from cards group by source

-- name: automatic_zone
-- The pairs from the surest down, as long as on average they are sure enough, as people's answers shift their chances.
-- And of how many pairs that are one person it joins how many, as far as the chances tell.
with shifted as (
    select probability, 1 / (1 + pow(2.0, -(weight + $shift))) as chance from {weighed}
),
likely as (
    select probability, chance, count(*) as pairs
    from shifted where probability >= $at_least and chance >= $at_least group by probability, chance
),
running as (
    select probability, sum(chance * pairs) over (order by probability desc) as joined,
        joined / sum(pairs) over (order by probability desc) as precise
    from likely
)
select coalesce(min(probability), 1.0) as threshold, coalesce(max(joined), 0.0) as joined,
    (select coalesce(sum(chance), 0.0) from shifted where chance >= 0.5) as expected
from running where precise >= $precision
