-- name: identity
-- The records of the people of the sample.
select i.record, i.person
from identity as i
inner join weighed_people as w on w.person = i.person

-- name: known
-- What was known by an evening of those of whom something was, and what their cards say today. An account of many
-- people is nobody to learn from.
select
    i.person, {columns},
    cast({year} - coalesce(
        try_cast(substr(p.birth_date, 1, 4) as double)
            + (coalesce(try_cast(substr(p.birth_date, 6, 2) as double), 1.0) - 1.0) / 12.0,
        {year} - try_cast(p.age as double)
    ) as double) as card_age,
    p.gender as card_gender, p.language as card_language, p.city as card_city, p.region as card_region,
    substr(p.postcode, 1, 3) as card_area, p.country as card_country
from indicators as i
left join people as p on p.person = i.person
where i.facts_lifetime between 1 and {crowd}
order by i.person

-- name: came
-- What people did in the days after an evening: orders, what they came to, clicks in messages.
select
    w.person,
    coalesce(o.orders, 0) as orders,
    coalesce(o.spend, 0) as spend,
    coalesce(c.clicks, 0) as clicks
from weighed_people as w
left join (
    select person, count(*) as orders, cast(coalesce(sum(paid), 0) as bigint) as spend
    from orders
    where day > {evening} and day <= {until}
    group by person
) as o on o.person = w.person
left join (
    select person, count(*) as clicks
    from clicks
    where day > {evening} and day <= {until}
    group by person
) as c on c.person = w.person
order by w.person
