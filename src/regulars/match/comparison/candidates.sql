-- name: keyed
-- The blocking keys of every card, as numbers.
select card, {hashed} from cards

-- name: blocks
-- How many cards share a key, and how many keys they share so: the sizes of blocks, small ones first.
select cards, count(*) as blocks
from (select count(*) as cards from keyed where h_{n} is not null group by h_{n})
where cards between 2 and $largest
group by cards order by cards

-- name: agreeing
-- The pairs of cards that agree on a key which at most so many cards share (`$largest_…`, by the key's number); of one
-- card in so many (`$one_in`).
select l.card as a, r.card as b
from (
    select card, h_{n} as h from keyed where h_{n} is not null
    qualify count(*) over (partition by h_{n}) <= $largest_{n}
) as l
join keyed as r on r.h_{n} = l.h
where l.card < r.card and hash(l.card) % cast($one_in as ubigint) = 0

-- name: some
select a, b, cast(sum(key) as bigint) as found_by from ({found}) group by a, b
