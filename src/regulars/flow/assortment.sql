-- name: found
-- What is found of the shop, a store, a persona, or a persona in a store.
select
    kind, how, of, rank, key, name, sure, other_key, other_name, people, share, alike, low, high, lift, chance, worth_a_year,
    reason_en, reason_fr
from assortment
where coalesce(store, '') = coalesce($store, '') and coalesce(persona, '') = coalesce($persona, '')
order by kind, rank

-- name: footings
-- Of how many people that is told.
select kind, enough, n, share, days, compared, note_en, note_fr
from assortment_footings
where coalesce(store, '') = coalesce($store, '') and coalesce(persona, '') = coalesce($persona, '')
order by case kind when 'wins' then 1 when 'loses' then 2 when 'together' then 3 else 4 end

-- name: stores
-- The stores of which something is told.
select distinct store as name, cast(null as varchar) as title_en, cast(null as varchar) as title_fr
from assortment_footings
where store is not null
order by store

-- name: personas
-- The personas of which something is told, and what they are called.
select distinct f.persona as name, c.title_en, c.title_fr
from assortment_footings as f
left join persona_cards as c on c.persona = f.persona
where f.persona is not null
order by f.persona
