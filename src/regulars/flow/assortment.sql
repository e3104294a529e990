-- name: found
-- What is found of the shop, a store or a persona.
select
    kind, how, of, rank, key, name, sure, other_key, other_name, people, share, alike, low, high, lift, chance, worth_a_year,
    reason_en, reason_fr
from assortment
where scope = $scope and coalesce(place, '') = coalesce($place, '')
order by kind, rank

-- name: footings
-- Of how many people that is told.
select kind, enough, n, share, days, compared, note_en, note_fr
from assortment_footings
where scope = $scope and coalesce(place, '') = coalesce($place, '')
order by case kind when 'wins' then 1 when 'loses' then 2 when 'together' then 3 else 4 end

-- name: places
-- The stores or personas of which something is told.
select distinct f.place, c.title_en, c.title_fr
from assortment_footings as f
left join persona_cards as c on c.persona = f.place and f.scope = 'persona'
where f.scope = $scope
order by f.place
