-- name: lines
-- The lines of known people up to the evening of the shop day. Money in another currency than the shop's is left out of
-- sums (null), while the order still counts.
select
    i.person,
    l.order_no,
    l.day,
    {as_of} - l.day as age,
    nullif(l.hour, -1) as hour,
    l.weekday,
    l.product_id,
    l.category,
    l.quantity,
    case when l.currency = '{currency}' then l.paid end as paid,
    case when l.currency = '{currency}' then l.discount end as discount,
    l.coupon,
    l.channel,
    l.store,
    l.payment,
    l.line_kind,
    l.is_return
from order_lines as l
inner join identity as i on i.record = l.record
where l.day <= {as_of}

-- name: orders
-- One row an order: a receipt on which goods were sold. `weight` halves every 30 days and is in millionths.
select
    o.person,
    o.order_no,
    o.day,
    o.age,
    o.hour,
    (o.day + 3) % 7 as weekday,
    o.paid,
    o.discount,
    o.items,
    o.coupon,
    o.channel,
    o.store,
    o.payment,
    coalesce(d.weight, 0) as weight
from (
    select
        person,
        order_no,
        min(day) as day,
        max(age) as age,
        min(hour) as hour,
        cast(sum(paid) as bigint) as paid,
        cast(sum(discount) as bigint) as discount,
        cast(sum(case when line_kind = 'goods' then quantity else 0 end) as double) as items,
        max(coupon) as coupon,
        max(channel) as channel,
        max(store) as store,
        max(payment) as payment
    from lines
    where not is_return
    group by person, order_no
    having sum(case when line_kind = 'goods' then 1 else 0 end) > 0
) as o
left join decay as d on d.age = o.age

-- name: gaps
-- The days between one day with an order and the next.
select person, gap_days
from (
    select person, day - lag(day) over (partition by person order by day) as gap_days
    from (select distinct person, day from orders) as days
) as steps
where gap_days is not null

-- name: events
-- What known people did, up to the evening of the shop day.
select
    i.person,
    e.event,
    e.day,
    {as_of} - e.day as age,
    nullif(e.hour, -1) as hour,
    e.weekday,
    e.product_id,
    e.channel,
    e.campaign,
    coalesce(d.weight, 0) as weight
from happenings as e
inner join identity as i on i.record = e.record
left join decay as d on d.age = {as_of} - e.day
where e.day <= {as_of}

-- name: favourite
-- The most frequent value, then the most recent, then the smallest: the same on every engine.
select person, favourite, times
from (
    select
        person, favourite, times,
        row_number() over (partition by person order by times desc, latest desc, favourite asc) as place
    from (
        select person, {column} as favourite, count(*) as times, max(day) as latest
        from {relation}
        where {column} is not null{only}
        group by person, {column}
    ) as counted
) as ranked
where place = 1

-- name: cuts
-- The values that part the buyers into equal shares: cut k of n is the value at rank k/n.
select '{name}' as name, c.position, cast(r.value as double) as value
from (
    select {value} as value, row_number() over (order by {value} asc, person asc) as place, count(*) over () as buyers
    from own
    where orders_lifetime > 0
) as r
inner join positions as c on c.position < {shares} and r.place = greatest(1, (r.buyers * c.position) // {shares})

-- name: gap_norms
-- The shop's own rhythm: its mean gap, and how many gaps of it everybody is lent.
select 'gap_days' as name, 0 as position, cast(sum(gap_days) as double) / count(*) as value from gaps having count(*) > 0
union all
select 'gap_weight' as name, 0 as position, cast(2 as double) as value
