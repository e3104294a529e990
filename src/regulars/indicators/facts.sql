-- name: lines
-- The lines of known people up to the evening of the shop day; a sale of which only the day is known is of its evening,
-- so that what was done on that day comes before it. Money in another currency than the shop's is
-- converted at the rate of its day, half away from zero, a line at a time; without a rate it is left out of sums (null),
-- while the order still counts.
select
    i.person,
    l.order_no,
    l.day,
    {as_of} - l.day as age,
    case when l.hour >= 0 then l.sold_at_us else l.sold_at_us + 86399999999 end as sold_at_us,
    nullif(l.hour, -1) as hour,
    l.weekday,
    l.product_id,
    l.category,
    l.quantity,
    case
        when l.currency = '{currency}' then l.paid else cast(round(l.paid * r.factor, 0) as bigint)
    end as paid,
    case
        when l.currency = '{currency}' then l.discount else cast(round(l.discount * r.factor, 0) as bigint)
    end as discount,
    l.coupon,
    l.channel,
    l.store,
    l.payment,
    l.line_kind,
    l.is_return
from order_lines as l
inner join identity as i on i.record = l.record
left join rates as r on r.currency = l.currency and l.day >= r.since_day and l.day < r.until_day
where l.day <= {as_of}

-- name: money_left_out
-- What the lines of known people come to in currencies that no rate converts.
select l.currency, cast(sum(l.paid) as bigint) as paid
from order_lines as l
inner join identity as i on i.record = l.record
left join rates as r on r.currency = l.currency and l.day >= r.since_day and l.day < r.until_day
where l.day <= {as_of} and l.currency <> '{currency}' and r.factor is null
group by l.currency
having sum(l.paid) <> 0
order by l.currency

-- name: orders
-- One row an order: a receipt on which goods were sold. `weight` halves every 30 days and is in millionths.
select
    o.person,
    o.order_no,
    o.day,
    o.age,
    o.sold_at_us,
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
        min(sold_at_us) as sold_at_us,
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
    e.at_us,
    e.day,
    {as_of} - e.day as age,
    nullif(e.hour, -1) as hour,
    e.weekday,
    e.product_id,
    e.channel,
    e.campaign,
    e.rating,
    coalesce(d.weight, 0) as weight
from happenings as e
inner join identity as i on i.record = e.record
left join decay as d on d.age = {as_of} - e.day
where e.day <= {as_of}

-- name: touches
-- Where a customer met the shop: events but those in which the shop or a machine acts (mail sent and opened), the order
-- itself, and a farewell.
select person, at_us, day, event, channel, campaign
from events
where event not in (
    'Email Delivered', 'Email Opened', 'Email Bounced', 'Email Marked as Spam', 'Unsubscribed', 'SMS Delivered',
    'Push Notification Received', 'Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled'
)

-- name: first_orders
-- The instant of the first order of each person, and where it was placed.
select
    o.person,
    o.sold_at_us,
    min(o.day) as day,
    min(coalesce(o.channel, case when o.store is not null then 'store' end)) as channel
from orders as o
inner join (select person, min(sold_at_us) as sold_at_us from orders group by person) as f
    on f.person = o.person and f.sold_at_us = o.sold_at_us
group by o.person, o.sold_at_us

-- name: journeys
-- One row a person: the first touch, which may be the first order itself, and the way from it to that order.
select
    w.person,
    w.touched_first,
    case when w.touched_first then t.channel else w.channel end as first_channel,
    case when w.touched_first then t.campaign end as first_campaign,
    case when w.touched_first then t.day else w.order_day end as first_day,
    w.order_day - case when w.touched_first then t.day else w.order_day end as days_to_order,
    case when w.order_day is not null then w.touches end as touches_before_order
from (
    select
        p.person, o.day as order_day, o.channel, b.first_us, coalesce(b.touches, 0) as touches,
        coalesce(b.first_us <= o.sold_at_us, b.first_us is not null) as touched_first
    from persons as p
    left join first_orders as o on o.person = p.person
    left join (
        select
            t.person,
            min(t.at_us) as first_us,
            count(case when t.at_us <= o.sold_at_us then 1 end) as touches
        from touches as t
        left join first_orders as o on o.person = t.person
        group by t.person
    ) as b on b.person = p.person
    where o.person is not null or b.person is not null
) as w
left join (
    select f.person, f.at_us, min(f.day) as day, min(f.channel) as channel, min(f.campaign) as campaign
    from touches as f
    inner join (select person, min(at_us) as at_us from touches group by person) as m
        on m.person = f.person and m.at_us = f.at_us
    group by f.person, f.at_us
) as t on t.person = w.person

-- name: steps_to_orders
-- Each touch of one person and the order that came next after it (null: none since).
select t.at_us, t.day, t.event, t.channel, t.campaign, n.order_no
from (
    select f.at_us, f.day, f.event, f.channel, f.campaign, min(o.sold_at_us) as order_us
    from touches as f
    left join orders as o on o.person = f.person and o.sold_at_us >= f.at_us
    group by f.at_us, f.day, f.event, f.channel, f.campaign
) as t
left join (select sold_at_us, min(order_no) as order_no from orders group by sold_at_us) as n
    on n.sold_at_us = t.order_us
order by t.at_us, t.event

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
-- The values that part the buyers into equal shares: cut k of n is the value at rank k/n. Accounts of many people are
-- no buyer to be compared with.
select '{name}' as name, c.position, cast(r.value as double) as value
from (
    select {value} as value, row_number() over (order by {value} asc, person asc) as place, count(*) over () as buyers
    from own
    where orders_lifetime > 0 and facts_lifetime <= {crowd}
) as r
inner join positions as c on c.position < {shares} and r.place = greatest(1, (r.buyers * c.position) // {shares})

-- name: gap_norms
-- The shop's own rhythm: its mean gap, and how many gaps of it everybody is lent. An account of many people has none.
select 'gap_days' as name, 0 as position, cast(sum(g.gap_days) as double) / count(*) as value
from gaps as g
inner join own as p on p.person = g.person
where p.facts_lifetime <= {crowd}
having count(*) > 0
union all
select 'gap_weight' as name, 0 as position, cast(2 as double) as value
