-- name: chosen
-- How many messages of each treatment go out, and how many are kept aside as its control group.
select
    treatment,
    count(*) filter (where not holdout) as sent,
    count(*) filter (where holdout) as held
from plan
where chosen
group by treatment
order by treatment

-- name: left_out
-- Why the others get nothing, the commonest reason first.
select reason_en as en, reason_fr as fr, count(*) as n
from plan
where not chosen
group by en, fr
order by n desc, en
