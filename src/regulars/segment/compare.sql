-- name: overlap
-- Whom each two segments share.
select a.segment as one, b.segment as other, count(*) as shared
from segment_members as a
inner join segment_members as b on b.person = a.person and b.segment > a.segment
group by a.segment, b.segment

-- name: places
-- Everybody by the values of a column of profiles.
select "{operand}" as place, count(*) as people
from profiles
group by "{operand}"

-- name: spread
-- The members of each segment by the values of a column of profiles.
select m.segment, p."{operand}" as place, count(*) as members
from segment_members as m
inner join profiles as p on p.person = m.person
group by m.segment, p."{operand}"

-- name: rungs
-- How many stand on each rung, by their next step.
select rung, next_step, count(*) as people
from profiles
group by rung, next_step
