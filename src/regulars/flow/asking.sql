-- name: counted
-- How many could be asked each question.
select question, count(*) as n
from to_ask
group by question
order by n desc, question

-- name: listed
-- Those worth most, with their names.
select a.*, coalesce(c.full_name, nullif(concat_ws(' ', c.given_name, c.family_name), '')) as name
from to_ask as a
inner join people as c on c.person = a.person
order by a.worth desc, a.person
limit $most
