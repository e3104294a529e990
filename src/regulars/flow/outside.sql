-- name: fields
-- Of how many people each field of each source says something, and what its values are.
select
    o.source, o.about, o.field, count(distinct o.person) as people, count(o.number) as numbers,
    count(distinct o.text) as words, max(k.odd) as odd, max(k.odd_value) as odd_value
from outside as o
left join outside_kinds as k on k.source = o.source and k.field = o.field
group by o.source, o.about, o.field
order by o.source, o.field

-- name: people
-- Of how many people each source says anything.
select source, count(distinct person) as people
from outside
group by source
