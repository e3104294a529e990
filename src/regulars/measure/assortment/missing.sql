-- name: gone
-- Articles that cannot be had: none in stock, or nobody has bought any for long; not those that only cost too much.
select product_id, product_name, last_day, case when stock <= 0 then 'out_of_stock' else 'not_sold' end as how
from articles
where stock <= 0 or (not offered and not coalesce(unit_price < unit_cost, false))

-- name: missed
-- What known people bought again and again and cannot have: how often, and for how much in its last year.
select
    g.how, g.product_id, l.person, count(distinct l.order_no) as times,
    cast(sum(case when l.day > g.last_day - 365 then l.paid else 0 end) as bigint) as paid
from lines as l
inner join gone_articles as g on g.product_id = l.product_id
where not l.is_return and l.line_kind = 'goods' and g.last_day > {as_of} - {days}
group by g.how, g.product_id, l.person
having count(distinct l.order_no) >= {often}

-- name: looked_at
-- Who looked at what is out of stock and has not bought it since, and whether they had put it in the cart.
select 'viewed' as how, g.product_id, e.person, count(*) as times, cast(null as bigint) as paid
from events as e
inner join gone_articles as g on g.product_id = e.product_id and g.how = 'out_of_stock'
left join (
    select person, product_id, max(sold_at_us) as bought_us from lines where not is_return group by person, product_id
) as b on b.person = e.person and b.product_id = e.product_id and b.bought_us >= e.at_us
where
    e.event in ('Product Viewed', 'Product Clicked', 'Product Added') and e.age < {days} and b.person is null
group by g.product_id, e.person

-- name: asked_for
-- Who wrote that they wish for something, of which article (none: of the shop).
select 'asked' as how, product_id, person, count(distinct fact) as times, cast(null as bigint) as paid
from voice_sentences
where asks and day > {as_of} - {days}
group by product_id, person

-- name: searched
-- Who searched for what in vain: nothing was found, or, where nobody tells how much was found, they looked at nothing,
-- put nothing in the cart and bought nothing until an hour later. `vain` of all who searched for it.
select
    words as key, person, record, count(*) as times,
    min(case when found = 0 then 1 when found > 0 or after is not null then 0 else 1 end) as vain,
    max(found) as found
from (
    select s.words, s.person, s.record, s.at_us, s.found, min(h.at_us) as after
    from searches as s
    left join happenings as h
        on h.record = s.record and h.at_us >= s.at_us and h.at_us < s.at_us + 3600000000
        and h.event in ('Product Viewed', 'Product Clicked', 'Product Added', 'Order Completed')
    group by s.words, s.person, s.record, s.at_us, s.found
) as looked
group by words, person, record
