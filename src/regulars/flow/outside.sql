-- name: fields
-- Of how many people each field of each source says something, and what its values are.
select
    source, about, field, count(distinct person) as people, count(number) as numbers, count(distinct text) as words
from outside
group by source, about, field
order by source, field

-- name: people
-- Of how many people each source says anything.
select source, count(distinct person) as people
from outside
group by source

-- name: values
-- What is known of people by a source.
select person, field, number, text
from outside
where source = $source
order by field, person
