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
-- What rules join, and then the pairs from the surest down, as long as on average they are sure enough, as people's
-- answers shift their chances; what rules join is taken for as sure as is asked, at least. A pair that is as sure as is
-- asked is joined in any case. And how many of all pairs that are one person are joined so, as far as the chances tell.
with shifted as (
    select probability, exact, 1 / (1 + pow(2.0, -(weight + $shift))) as chance from {joinable}
),
by_rule as (
    select count(*) as pairs, coalesce(sum(greatest(chance, $precision)), 0.0) as same from shifted where exact
),
likely as (
    select probability, chance, count(*) as pairs
    from shifted where not exact and probability >= $at_least and chance >= $at_least group by probability, chance
),
running as (
    select probability, by_rule.same + sum(chance * likely.pairs) over surest as joined,
        joined / (by_rule.pairs + sum(likely.pairs) over surest) as precise
    from likely, by_rule
    window surest as (order by probability desc)
)
select
    least(min(probability), greatest(
        $at_least,
        1 / (1 + pow(2.0, $shift) * (1 - $precision) / $precision),
        1 / (1 + pow(2.0, $shift) * (1 - $at_least) / $at_least))) as threshold,
    count(*) as found,
    coalesce(max(joined), (select same from by_rule)) as joined,
    (select coalesce(sum(chance), 0.0) from shifted where chance >= 0.5) as expected
from running where precise >= $precision
