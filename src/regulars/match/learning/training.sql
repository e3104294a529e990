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
with shifted as (
    select probability, 1 / (1 + pow(2.0, -(weight + $shift))) as chance from {weighed} where probability >= $at_least
),
likely as (
    select probability, chance, count(*) as pairs from shifted where chance >= $at_least group by probability, chance
),
running as (
    select probability,
        sum(chance * pairs) over (order by probability desc) / sum(pairs) over (order by probability desc) as precise
    from likely
)
select coalesce(min(probability), 1.0) as threshold from running where precise >= $precision
