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

-- name: priced
-- Goods sold or returned, with what they cost the shop (null when not known), by article.
select l.person, l.day, l.age, l.category, g.brand, l.paid, l.is_return, cast(round(g.unit_cost * l.quantity, 0) as bigint) as cost
from lines as l
left join goods as g on g.product_id = l.product_id
where l.line_kind = 'goods'

-- name: lately
-- Goods sold, weighted: the weight halves every 30 days and is in millionths.
select p.person, p.day, p.category, p.brand, d.weight
from priced as p
inner join decay as d on d.age = p.age
where not p.is_return and d.weight > 0

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

-- name: clicks
-- Clicks in messages that a person made. A machine that checks a mail follows all of its links at once: three clicks of
-- one person in one second are no person's.
select c.person, c.day, c.age, c.at_us, c.medium, c.weight
from (
    select
        person, day, age, at_us, weight, at_us // 1000000 as second,
        case event when 'Email Link Clicked' then 'email' when 'SMS Link Clicked' then 'sms' else 'push' end as medium
    from events
    where event in ('Email Link Clicked', 'SMS Link Clicked', 'Push Notification Tapped')
) as c
left join (
    select person, at_us // 1000000 as second
    from events
    where event in ('Email Link Clicked', 'SMS Link Clicked', 'Push Notification Tapped') and hour is not null
    group by person, at_us // 1000000
    having count(*) >= 3
) as machine on machine.person = c.person and machine.second = c.second
where machine.person is null

-- name: opens
-- E-mails opened, of those who agreed to e-mail: no one else is watched.
select e.person, e.age
from events as e
inner join reachable as r on r.person = e.person
where e.event = 'Email Opened' and r.by_email

-- name: after_clicks
-- Orders placed after a click in a message, on its day or the {days} days after.
select distinct o.person, o.order_no, o.age, o.paid
from orders as o
inner join (
    select c.person, c.day + n.position - 1 as day, min(c.at_us) as at_us
    from clicks as c
    inner join positions as n on n.position <= {days} + 1
    group by c.person, c.day + n.position - 1
) as after on after.person = o.person and after.day = o.day and o.sold_at_us >= after.at_us

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

-- name: reach
-- On how many channels somebody may be written to and can be, and whether they carry the shop's card.
select person, channels, has_card
from reachable

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
-- Each touch and the order of that person that came next after it, or at the same instant (null: none since).
select w.person, w.at_us, w.day, w.event, w.channel, w.campaign, n.order_no
from (
    select
        person, at_us, day, event, channel, campaign, is_order,
        min(order_us) over (
            partition by person order by at_us desc, is_order desc
            rows between unbounded preceding and current row
        ) as order_us
    from (
        select distinct person, at_us, day, event, channel, campaign, 0 as is_order, cast(null as bigint) as order_us
        from touches
        union all
        select
            person, sold_at_us as at_us, day, cast(null as varchar) as event, cast(null as varchar) as channel,
            cast(null as varchar) as campaign, 1 as is_order, sold_at_us as order_us
        from orders
    ) as walked
) as w
left join (select person, sold_at_us, min(order_no) as order_no from orders group by person, sold_at_us) as n
    on n.person = w.person and n.sold_at_us = w.order_us
where w.is_order = 0

-- name: favourite
-- The most frequent value, then the most recent, then the smallest: the same on every engine. How often and when it was
-- last are one number to be the greatest of, which is cheaper than sorting each person's values. `share` is its part of
-- all, `kinds` how many different values there are.
with counted as (
    select person, {column} as favourite, {amount} as times, {latest} as latest
    from {relation}
    where {column} is not null{only}
    group by person, {column}
)
select
    c.person, min(c.favourite) as favourite, min(c.times) as times, min(b.total) as total,
    min(c.times) * 1.0 / min(b.total) as share, min(b.kinds) as kinds
from counted as c
inner join (
    select
        person, max(times * {above} + latest) as best, cast(sum(times) as bigint) as total, count(*) as kinds
    from counted
    group by person
) as b on b.person = c.person and b.best = c.times * {above} + c.latest
group by c.person

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

-- name: shares
-- The shop's own profile: what share of the orders falls on each value of a column, the commonest two hundred.
select concat('{name}=', value) as name, 0 as position, times * 1.0 / total as value
from (
    select
        value, times,
        cast(sum(times) over () as bigint) as total,
        row_number() over (order by times desc, value asc) as place
    from (
        select cast(o.{column} as varchar) as value, count(*) as times
        from {relation} as o
        inner join own as p on p.person = o.person
        where p.facts_lifetime <= {crowd} and o.{column} is not null
        group by cast(o.{column} as varchar)
    ) as counted
) as ranked
where place <= 200

-- name: rates_of_all
-- How often orders of the shop have a discount, and how often its messages are clicked.
select 'discounted_share' as name, 0 as position, sum(orders_discounted) * 1.0 / sum(orders_lifetime) as value
from own
where facts_lifetime <= {crowd}
having sum(orders_lifetime) > 0
union all
select 'click_rate' as name, 0 as position, sum(least(clicks_90d, messages_90d)) * 1.0 / sum(messages_90d) as value
from own
where facts_lifetime <= {crowd}
having sum(messages_90d) > 0

-- name: gap_norms
-- The shop's own rhythm: the mean gap of all, and of those of whom one gap is known, two or three, four to eight, more;
-- and how many gaps of it everybody is lent. An account of many people has none.
select 'gap_days' as name, 0 as position, cast(sum(gap_days_sum) as double) / sum(gaps_known) as value
from own
where facts_lifetime <= {crowd}
having sum(gaps_known) > 0
union all
select
    'gap_days' as name,
    case when gaps_known <= 1 then 1 when gaps_known <= 3 then 2 when gaps_known <= 8 then 3 else 4 end as position,
    cast(sum(gap_days_sum) as double) / sum(gaps_known) as value
from own
where facts_lifetime <= {crowd} and gaps_known > 0
group by case when gaps_known <= 1 then 1 when gaps_known <= 3 then 2 when gaps_known <= 8 then 3 else 4 end
union all
select 'gap_weight' as name, 0 as position, cast(2 as double) as value
