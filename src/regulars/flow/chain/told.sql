-- name: fields
-- What is told from outside, field by field, and whether in numbers.
select source, field, count(number) > 0 as is_number
from outside
group by source, field

-- name: told
-- What these fields tell of people and may still be used, one row a person.
select o.person, {values}
from all_outside as o
inner join usable as u on u.import_id = o.import_id
inner join told_fields as f on f.source = o.source and f.field = o.field
group by o.person

-- name: profiles
-- What rules ask of people, and beside it what they are told to be.
select own_profiles.*, {columns}
from own_profiles
left join told on told.person = own_profiles.person
