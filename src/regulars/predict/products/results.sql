-- name: recommendations
-- What everybody may buy next, by list, the likeliest first.
select
    r.person, r.list, r.rank, n.product_id, r.why, r.times, r.last_day, r.between_days,
    b.product_id as because
from recommended as r
inner join numbered_articles as n on n.item = r.item
left join numbered_articles as b on b.item = r.because
order by r.person, r.list, r.rank

-- name: articles
-- Every article that known people bought, and whether it can be offered.
select * from articles order by item
