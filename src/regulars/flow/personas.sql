-- name: cards
-- The personas, the largest first.
select * from persona_cards order by people desc, persona asc

-- name: typical
-- The people nearest to the middle of each.
select persona, person from persona_typical order by persona, place
