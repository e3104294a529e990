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

-- name: pairs_agreeing
-- How many pairs agree on some columns.
select cast(coalesce(sum(n * (n - 1) // 2), 0) as bigint) as pairs
from (select count(*) as n from cards where {filled} group by {columns})

-- name: agreeing
-- Pairs of cards that agree on some columns, of one value in {part}.
select l.card as a, r.card as b
from cards as l join cards as r using ({columns})
where l.card < r.card and hash({columns}) % {part} = 0

-- name: strangers_agreeing
-- The chance that two strangers who both have a value have the same one: counted on pairs whose given names differ.
-- Counting every pair would count the same person's records, and a household's shared e-mail would look like proof.
select (0.5 + {part} * (select count(*) from agreeing where given_differs)) / greatest(1, held.n * (held.n - 1) / 2) as chance
from (select count(*) as n from cards where {filled} and given is not null) as held

-- name: common_values
-- Values that more than a share of the cards have.
select {column} as value, count(*) / sum(count(*)) over () as share
from cards where {column} is not null
group by {column}
qualify share > $rare
order by share desc, value
