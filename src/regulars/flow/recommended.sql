-- name: days
-- The days that reasons name.
select distinct last_day from wanted where last_day is not null order by last_day

-- name: waits
-- The waits that reasons name.
select distinct between_days from wanted where between_days > 0 order by between_days

-- name: said
-- What is recommended, with names and reasons. The name of an article is put in last, for it may hold anything.
select
    w.person, w.list, w.rank, w.product_id, coalesce(g.product_name, w.product_id) as product_name,
    replace(replace(replace(replace(
        r.en, '{times}', cast(w.times as varchar)), '{day}', coalesce(d.en, '')), '{wait}', coalesce(a.en, '')),
        '{product}', coalesce(b.product_name, w.because, '')) as reason_en,
    replace(replace(replace(replace(
        r.fr, '{times}', cast(w.times as varchar)), '{day}', coalesce(d.fr, '')), '{wait}', coalesce(a.fr, '')),
        '{product}', coalesce(b.product_name, w.because, '')) as reason_fr
from wanted as w
inner join reasons as r on r.why = case when w.why = 'habit' and w.between_days = 0 then 'often' else w.why end
left join articles as g on g.product_id = w.product_id
left join articles as b on b.product_id = w.because
left join days_said as d on d.day = w.last_day
left join waits_said as a on a.days = w.between_days
