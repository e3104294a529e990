-- name: buyers
-- Everybody who bought, with what traits are made of.
select
    person, orders_lifetime, days_since_last_order, average_basket,
    distinct_products * 1.0 / orders_lifetime as products_per_order,
    discount_share, return_share, weekend_share, evening_share
from indicators
where orders_lifetime > 0 and facts_lifetime <= {crowd}
order by person

-- name: categories
-- The categories that most lines are of, the commonest first.
select category, row_number() over (order by times desc, category asc) as place
from (
    select category, count(*) as times, sum(count(*)) over () as of_all
    from lines
    where category is not null and not is_return and line_kind = 'goods'
    group by category
) as counted
where times >= {share} * of_all
order by times desc, category asc
limit {most}

-- name: category_shares
-- What part of the lines of each person is of each of these categories.
select
    l.person, l.category,
    count(*) * 1.0 / max(t.times) as share
from lines as l
inner join (
    select person, count(*) as times from lines
    where category is not null and not is_return and line_kind = 'goods'
    group by person
) as t on t.person = l.person
inner join best_categories as c on c.category = l.category
where not l.is_return and l.line_kind = 'goods'
group by l.person, l.category
