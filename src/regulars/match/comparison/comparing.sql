-- name: cards_with_shares
-- Cards, with the share of the records that hold their name or city; a rare value counts as if it were just common.
select cards.* {shares} from cards {joins}

-- name: paired
-- Both cards of each pair, side by side, and how alike their names are.
select *, {measures}
from (
    select pairs.a, pairs.b, cast(l.source = r.source as integer) as inside, {columns}
    from ({pairs}) as pairs
    join cards_with_shares as l on l.card = pairs.a
    join cards_with_shares as r on r.card = pairs.b
)

-- name: compared
-- The level of each field: 0 for different, the highest number for the nearest, null when nothing can be said. Beside
-- it, where the nearest level counts a value's commonness, the share of that value.
select a, b, inside, {levels} from ({paired})

-- name: common_values
-- Values that more than a share of the cards have.
select {column} as value, count(*) / sum(count(*)) over () as share
from cards where {column} is not null
group by {column}
qualify share > $rare
order by share desc, value

-- name: patterned
-- The same of many pairs, in little room: all levels and `inside` as the digits of one number.
select a, b, {code} as pattern from (select a, b, inside, {levels} from ({paired}))

-- name: patterns
-- What pairs look like, and how many look so.
select pattern, cast(pattern % 2 as integer) as inside {digits}, pairs
from (select {pattern} as pattern, count(*) * {one_in} as pairs from {relation} group by all)
order by pattern

-- name: rarest
select pattern as a, 0 as b, * exclude (pattern, pairs) {shares} from patterns

-- name: drawn
-- Pairs drawn at random, by number, so that the same records draw the same pairs.
select l.card as a, r.card as b
from (select card from cards order by hash(card + $seed), card limit $cards) as l
join (select card from cards order by hash(card + $seed), card limit $cards) as r on l.card < r.card
