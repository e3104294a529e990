-- name: goods_sold
-- What was sold on which receipt, one row an article and receipt: to known people, to accounts of many (whose receipts
-- are receipts, too) and to nobody known (no person). Older receipts are of another range.
select
    l.order_no, min(i.person) as person, l.product_id, min(l.day) as day,
    max(coalesce(l.store, l.channel)) as place, cast(sum(l.paid) as bigint) as paid
from order_lines as l
left join identity as i on i.record = l.record
where
    l.line_kind = 'goods' and not l.is_return and l.product_id is not null
    and l.day <= {as_of} and l.day > {as_of} - {days}
group by l.order_no, l.product_id

-- name: things
-- The articles that were sold, numbered from 0; the category as the files of articles tell it, else as receipts do.
select
    row_number() over (order by s.product_id) - 1 as item, s.product_id,
    coalesce(p.product_name, n.product_name) as product_name, coalesce(g.category, n.category) as category
from (select distinct product_id from goods_sold) as s
left join (
    select product_id, product_name, category
    from (
        select
            *, row_number() over (
                partition by product_id order by times desc, product_name asc nulls last, category asc nulls last
            ) as place
        from (
            select product_id, product_name, category, count(*) as times
            from order_lines
            where product_id is not null and line_kind = 'goods'
            group by product_id, product_name, category
        ) as on_receipts
    ) as ranked
    where place = 1
) as n on n.product_id = s.product_id
left join (
    select product_id, max(product_name) as product_name from products where superseded_by is null group by product_id
) as p on p.product_id = s.product_id
left join goods as g on g.product_id = s.product_id
order by item

-- name: people
-- Known people who ordered, and their persona; accounts of many are nobody's habit.
select distinct o.person, p.persona
from orders as o
inner join indicators as i on i.person = o.person and i.facts_lifetime <= {crowd}
left join personas as p on p.person = o.person
order by o.person

-- name: visits
-- The days on which known people ordered, and where; accounts of many are nobody's habit.
select o.person, o.day, min(coalesce(o.store, o.channel)) as place
from orders as o
inner join indicators as i on i.person = o.person and i.facts_lifetime <= {crowd}
group by o.person, o.day
order by o.person, o.day

-- name: bought_between
-- What some people bought from one day to another.
select distinct a.person, t.item
from goods_sold as a
inner join asked_people as p on p.person = a.person
inner join things as t on t.product_id = a.product_id
where a.day > {after} and a.day <= {until}

-- name: bought_first
-- What stands on the receipts of the first day of each beginner.
select distinct a.person, t.item
from goods_sold as a
inner join asked_people as p on p.person = a.person and p.day = a.day
inner join things as t on t.product_id = a.product_id

-- name: brought_back
-- What some people brought back from one day to another.
select distinct l.person, t.item
from lines as l
inner join asked_people as p on p.person = l.person
inner join things as t on t.product_id = l.product_id
where l.is_return and l.line_kind = 'goods' and l.day > {after} and l.day <= {until}

-- name: complained_of
-- Of what some people complained from one day to another.
select distinct v.person, t.item
from voice_texts as v
inner join asked_people as p on p.person = v.person
inner join things as t on t.product_id = v.product_id
where v.tone = 'complaint' and v.day > {after} and v.day <= {until}

-- name: receipts
-- The receipts of several articles, the newest first in number, and the articles on them.
select a.order_no, a.person, a.place, a.day, t.item
from goods_sold as a
inner join (
    select order_no
    from goods_sold
    group by order_no
    having count(*) between 2 and {widest}
    order by max(day) desc, order_no desc
    limit {most}
) as r on r.order_no = a.order_no
inner join things as t on t.product_id = a.product_id
order by a.order_no, t.item
