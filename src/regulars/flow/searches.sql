-- name: searches
-- The newest searches of a year, by known people and by visitors.
select h.record, h.at_us, h.fact, h.day, i.person
from happenings as h
left join identity as i on i.record = h.record
where h.event = 'Products Searched' and h.day <= {as_of} and h.day > {as_of} - {days}
order by h.at_us desc, h.fact desc
limit {most}
