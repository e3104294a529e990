-- name: values
-- What is known of people by a source.
select person, field, number, text
from outside
where source = $source
order by field, person
