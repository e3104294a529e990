-- name: by_hand
-- Twenty-six columns as an analyst would write them for this one engine: one pass an aggregate, ties by rule.
with lines as (
    select i.person, l.order_no, l.day, l.hour, l.weekday, l.channel, l.paid, l.quantity, l.category, l.is_return,
        l.sold_at_us
    from order_lines as l inner join identity as i on i.record = l.record
    where l.day <= {as_of}
),
orders as (
    select
        person, order_no, min(day) as day, min(hour) as hour, max(weekday) as weekday, max(channel) as channel,
        sum(paid) as paid, sum(quantity) as items, min(sold_at_us) as sold_at_us
    from lines where not is_return group by person, order_no
),
bought as (
    select
        person, count(*) as orders, {as_of} - max(day) as recency, min(day) as first_day,
        count(*) filter (where day > {as_of} - 90) as orders_90d,
        count(*) filter (where day > {as_of} - 365) as orders_365d,
        sum(exp(-ln(2) * ({as_of} - day) / 30)) as decayed, avg(items) as basket, avg(paid) as average_basket
    from orders group by person
),
spent as (
    select
        person, sum(paid) as spend, sum(paid) filter (where day > {as_of} - 90) as spend_90d,
        count(distinct category) filter (where not is_return) as categories
    from lines group by person
),
gaps as (
    select person, avg(gap) as gap_mean, stddev_pop(gap) as gap_sd, min(gap) as gap_min, max(gap) as gap_max
    from (
        select person, day - lag(day) over (partition by person order by day) as gap
        from (select distinct person, day from orders)
    )
    where gap is not null group by person
),
weekday as (
    select distinct on (person) person, weekday as favourite_weekday
    from (select person, weekday, count(*) as n, max(sold_at_us // 60000000) as latest from orders group by all)
    order by person, n desc, latest desc, weekday
),
hour as (
    select distinct on (person) person, hour as favourite_hour
    from (select person, hour, count(*) as n, max(sold_at_us // 60000000) as latest from orders group by all)
    order by person, n desc, latest desc, hour
),
channel as (
    select distinct on (person) person, channel as favourite_channel
    from (select person, channel, count(*) as n, max(sold_at_us // 60000000) as latest from orders group by all)
    order by person, n desc, latest desc, channel
),
mail as (
    select
        i.person,
        count(*) filter (where event = 'Email Delivered' and day > {as_of} - 90) as messages,
        count(*) filter (where event = 'Email Opened' and day > {as_of} - 90) as opens,
        count(*) filter (where event = 'Email Link Clicked' and day > {as_of} - 90) as clicks,
        sum(exp(-ln(2) * ({as_of} - day) / 30)) filter (where event = 'Email Link Clicked') as click_points,
        min({as_of} - day) filter (where event = 'Email Link Clicked') as last_click
    from happenings as e inner join identity as i on i.record = e.record
    where day <= {as_of} group by i.person
)
select
    p.person, b.* exclude (person), s.* exclude (person), g.* exclude (person), favourite_weekday, favourite_hour,
    favourite_channel, m.* exclude (person),
    6 - ntile(5) over (order by recency, p.person) as r,
    ntile(5) over (order by orders, p.person) as f,
    ntile(5) over (order by spend, p.person) as m
from persons as p
left join bought as b on b.person = p.person
left join spent as s on s.person = p.person
left join gaps as g on g.person = p.person
left join weekday as w on w.person = p.person
left join hour as h on h.person = p.person
left join channel as c on c.person = p.person
left join mail as m on m.person = p.person
