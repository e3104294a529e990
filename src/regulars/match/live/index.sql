-- name: keyed
-- The cards that have a key, by the key's number.
select {number} as h, cast(card as integer) as card from cards where {value} is not null order by h, card

-- name: identified
-- The same of identifiers.
select {number} as h, cast(card as integer) as card from usable order by h, card

-- name: worn
-- Identifiers on so many records that they name nobody.
select {number} as h
from (select type, value, count(*) as holders from held group by type, value having count(*) > $identifier_limit)
where (type, value) not in (select type, value from usable)
order by h

-- name: kept
-- Every card as one text.
select numbered.record, sources.n as source, concat_ws(chr(31), {said}, coalesce(identifiers, '')) as kept
from numbered
join cards using (card)
join sources on sources.source = numbered.source
left join (
    select card, string_agg(type || chr(29) || value, chr(30) order by type, value) as identifiers
    from usable group by card
) using (card)
order by numbered.card
