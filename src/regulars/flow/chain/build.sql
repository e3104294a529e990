-- name: currencies
-- How many order lines of each currency have a rate of their day, and how many have none.
select l.currency, count(r.factor) as converted, count(*) - count(r.factor) as left_out
from order_lines as l
left join rates as r on r.currency = l.currency and l.day >= r.since_day and l.day < r.until_day
group by l.currency
order by l.currency

-- name: products
-- Every telling of every article, and the shop day on which it was loaded.
select p.*, l.day as told_day
from product_tellings as p
inner join product_loads as l on l.import_id = p.import_id
