-- name: days
-- The days on which each buyer ordered, what they paid on them (orders, returns are not taken off), and how many products they
-- bought for the first time. Accounts of many people are no buyer.
select
    d.person,
    d.day,
    d.paid,
    coalesce(n.products, 0) as products
from (
    select person, day, cast(coalesce(sum(paid), 0) as bigint) as paid
    from orders
    group by person, day
) as d
inner join indicators as i on i.person = d.person and i.facts_lifetime <= {crowd}
left join (
    select person, day, count(*) as products
    from (
        select person, product_id, min(day) as day
        from lines
        where not is_return and line_kind = 'goods'
        group by person, product_id
    ) as firsts
    group by person, day
) as n on n.person = d.person and n.day = d.day
order by d.person, d.day

-- name: kept
-- What was paid in the last year, and what was given back of it for returns.
select
    coalesce(cast(sum(case when is_return then 0 else paid end) as bigint), 0) as paid,
    coalesce(cast(sum(case when is_return then paid else 0 end) as bigint), 0) as back
from lines
where age < 365

-- name: predictions
-- What may come of everybody; nothing of those of whom nothing is known.
select
    p.person, cast({as_of} as bigint) as as_of, coalesce(f.enough_data, false) as enough_data,
    f.next_order_day, f.next_order_low, f.next_order_high, f.no_order_30d, f.no_order_90d,
    f.expected_orders_90d, f.expected_spend_90d, f.value_365d, f.value_365d_low, f.value_365d_high
from persons as p
left join foretold as f on f.person = p.person
