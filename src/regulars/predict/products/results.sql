-- name: recommendations
-- What everybody may buy next, by list, the likeliest first.
select
    r.person, cast(r.list as varchar) as list, cast(r.rank as bigint) as rank, n.product_id,
    cast(r.why as varchar) as why, cast(r.times as bigint) as times, cast(r.last_day as bigint) as last_day,
    cast(r.between_days as bigint) as between_days,
    b.product_id as because
from recommended as r
inner join numbered_articles as n on n.item = r.item
left join numbered_articles as b on b.item = r.because
order by r.person, r.list, r.rank

-- name: articles
-- Every article that known people bought, and whether it can be offered.
select * from articles order by item
