-- name: known
-- Who is known by more than a device: by name, by an address of any kind, or by the shop's card.
select person
from people
where coalesce(email, phone, loyalty_card, family_name, given_name, street, address_line) is not null

-- name: met
-- Every time that somebody met the shop, up to the evening of the shop day. `person` only of those who are known; `paid`
-- of orders alone, in the shop's currency.
select m.touchpoint, m.location, m.source, m.day, m.paid, k.person
from (
    select
        case
            when max(l.store) is not null or lower(max(l.channel)) in {in_store} then 'till'
            when lower(max(l.channel)) in {in_app} then 'app_orders'
            when max(l.channel) is not null then 'web_orders'
            else 'orders'
        end as touchpoint,
        coalesce(max(l.store), max(l.channel), min(l.source)) as location,
        min(l.source) as source,
        max(l.record) as record,
        min(l.day) as day,
        cast(sum(case
            when l.currency = '{currency}' then l.paid else cast(round(l.paid * r.factor, 0) as bigint)
        end) as bigint) as paid
    from order_lines as l
    left join rates as r on r.currency = l.currency and l.day >= r.since_day and l.day < r.until_day
    where l.day <= {as_of} and not l.is_return
    group by l.order_no
    having count(case when l.line_kind = 'goods' then 1 end) > 0
    union all
    select {touchpoint} as touchpoint, {location} as location, e.source, e.record, e.day, cast(null as bigint) as paid
    from happenings as e
    where e.day <= {as_of} and e.event not in ('Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled')
) as m
left join identity as i on i.record = m.record
left join known as k on k.person = i.person

-- name: touchpoint
-- Where an event happened.
case
    when e.event like 'Ticket %' then 'service'
    when e.event = 'Product Reviewed' then 'reviews'
    when e.event like 'Email %' or lower(e.channel) in ('email', 'e-mail', 'courriel') then 'email'
    when e.event like 'SMS %' or lower(e.channel) in ('sms', 'text') then 'sms'
    when e.event like 'Push %' or lower(e.channel) = 'push' then 'push'
    when lower(e.channel) in {in_app} or e.event like 'Application %' then 'app'
    when lower(e.channel) in {in_store} then 'in_store'
    when lower(e.channel) in {on_site} or e.channel is null and e.event in {visits} then 'site'
    when e.channel is null and e.event = 'Unsubscribed' then 'email'
    else 'other'
end

-- name: location
-- Which of several of its kind it is: the campaign of a message is none.
case
    when e.event like 'Ticket %' then e.channel
    when e.event in {visits} or e.event = 'Product Reviewed' or e.event = 'Unsubscribed' then cast(null as varchar)
    when e.event like 'Email %' or e.event like 'SMS %' or e.event like 'Push %' or e.event like 'Application %'
        then cast(null as varchar)
    else coalesce(e.channel, e.event)
end

-- name: inventory
-- One row a touchpoint and location.
select
    touchpoint, location,
    string_agg(distinct source, ', ' order by source) as sources,
    count(*) as events,
    count(distinct person) as people,
    count(person) * 1.0 / count(*) as known_share,
    cast(sum(case when day > {as_of} - 365 then paid end) as bigint) as revenue_365d,
    min(day) as first_day,
    max(day) as last_day,
    count(distinct day) as days
from met
group by touchpoint, location

-- name: longest_gaps
-- Of each touchpoint and location the longest stretch between two days on which it was used, the latest of equals.
select touchpoint, location, max(gap_days) as gap_days, max_by(day, gap_days * 100000 + day) as gap_until
from (
    select touchpoint, location, day, day - lag(day) over (partition by touchpoint, location order by day) as gap_days
    from (select distinct touchpoint, location, day from met) as days
) as steps
where gap_days is not null
group by touchpoint, location

-- name: touched
-- What known people paid within {days} days after they touched it, in the last 365 days; an order that was
-- touched at several places is told of each.
select touchpoint, location, cast(sum(paid) as bigint) as revenue_touched_365d
from (
    select distinct {touchpoint} as touchpoint, {location} as location, e.order_no, e.paid
    from (
        select s.event, s.channel, s.order_no, o.paid
        from steps_to_orders as s
        inner join orders as o on o.person = s.person and o.order_no = s.order_no
        where o.age < 365 and o.day - s.day <= {days}
    ) as e
) as each_once
group by touchpoint, location
