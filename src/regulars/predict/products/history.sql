-- name: bought
-- What known people bought, one row an article and receipt: goods, not what came back. Accounts of many are nobody's
-- taste.
select l.person, l.order_no, l.product_id, min(l.sold_at_us) as at_us, min(l.day) as day,
    cast(sum(l.quantity) as double) as pieces
from lines as l
inner join indicators as i on i.person = l.person and i.facts_lifetime <= {crowd}
where l.line_kind = 'goods' and not l.is_return and l.product_id is not null
group by l.person, l.order_no, l.product_id

-- name: brought_back
-- What known people brought back.
select l.person, n.item, l.sold_at_us as at_us, abs(l.quantity) as pieces
from lines as l
inner join numbered_articles as n on n.product_id = l.product_id
where l.is_return and l.line_kind = 'goods'
order by l.person, n.item, l.sold_at_us, pieces

-- name: numbered
-- Articles that known people bought, numbered from 0, and by how many.
select product_id, buyers, row_number() over (order by product_id) - 1 as item
from (select product_id, count(distinct person) as buyers from bought_articles group by product_id) as p

-- name: rows
-- Each article of each receipt of each person; receipts of a person are numbered from 0, the oldest first.
select b.person, n.item, k.basket, b.at_us, b.day, b.pieces
from bought_articles as b
inner join numbered_articles as n on n.product_id = b.product_id
inner join (
    select person, order_no, row_number() over (partition by person order by min(at_us), order_no) - 1 as basket
    from bought_articles
    group by person, order_no
) as k on k.person = b.person and k.order_no = b.order_no
order by b.person, k.basket, n.item

-- name: goods
-- What is known of each article: when anybody bought it first and last, on how many days, what it costs, whether there
-- is any; null where nobody told. An article that several sources tell of is there when one of them has it.
select
    n.item, n.product_id, coalesce(p.product_name, s.product_name) as product_name, s.first_day, s.last_day, s.days_sold,
    n.buyers, k.stock, p.unit_cost, coalesce(p.unit_price, s.unit_paid) as unit_price
from numbered_articles as n
inner join (
    select
        l.product_id, min(l.day) as first_day, max(l.day) as last_day, count(distinct l.day) as days_sold,
        max(l.product_name) as product_name,
        sum(case when l.currency = '{currency}' then l.paid end)
        / nullif(sum(case when l.currency = '{currency}' then l.quantity end), 0) as unit_paid
    from order_lines as l
    where l.day <= {as_of} and l.line_kind = 'goods' and not l.is_return and l.product_id is not null
    group by l.product_id
) as s on s.product_id = n.product_id
left join (
    select
        product_id, max(product_name) as product_name,
        max(case when currency = '{currency}' then unit_cost end) as unit_cost,
        max(case when currency = '{currency}' then unit_price end) as unit_price
    from products
    where superseded_by is null
    group by product_id
) as p on p.product_id = n.product_id
left join (
    select product_id, sum(case when stock > 0 then stock when stock <= 0 then 0 end) as stock
    from stocks
    group by product_id
) as k on k.product_id = n.product_id
order by n.item

-- name: stocks
-- How many of an article each source had on the evening of the day, by its newest telling up to then: null where that
-- tells none. Where nobody bought anything later, the newest of all is of that day.
select source, product_id, stock, told_day
from (
    select
        source, product_id, stock, told_day,
        row_number() over (partition by source, product_id order by fact desc) as newest
    from products
    where told_day <= {as_of} or not exists (select 1 from order_lines where day > {as_of})
) as told
where newest = 1

-- name: stock_told
-- When a stock in use was told last, and when any was told first; null where none was.
select
    (select max(told_day) from stocks where stock is not null) as known_day,
    (select min(told_day) from products where stock is not null) as first_day
