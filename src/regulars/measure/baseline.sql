-- name: figures
-- A shop in some numbers, over all people of the day: who buys, how often, for how much, and who can be written to.
select
    count(*) as people,
    sum(case when orders_lifetime > 0 then 1 else 0 end) as buyers,
    sum(case when orders_365d > 0 then 1 else 0 end) as active_buyers_365d,
    sum(case when orders_lifetime > 1 then 1 else 0 end) * 1.0
        / nullif(sum(case when orders_lifetime > 0 then 1 else 0 end), 0) as repeat_buyer_share,
    cast(sum(orders_lifetime) as bigint) as orders,
    cast(sum(spend_365d) as bigint) as spend_365d,
    sum(spend_365d) * 1.0 / nullif(sum(case when orders_365d > 0 then 1 else 0 end), 0) as spend_per_buyer_365d,
    sum(average_basket * orders_lifetime) * 1.0 / nullif(cast(sum(orders_lifetime) as bigint), 0) as average_basket,
    sum(case when (has_email and consent_email = 'granted') or (has_mobile and consent_sms = 'granted')
        or (has_phone and consent_phone = 'granted') or (has_address and consent_post = 'granted') then 1 else 0 end) * 1.0
        / nullif(count(*), 0) as reachable_share,
    sum(case when has_email and consent_email = 'granted' then 1 else 0 end) * 1.0 / nullif(count(*), 0) as reach_email_share,
    sum(case when has_mobile and consent_sms = 'granted' then 1 else 0 end) * 1.0 / nullif(count(*), 0) as reach_sms_share,
    sum(case when has_phone and consent_phone = 'granted' then 1 else 0 end) * 1.0 / nullif(count(*), 0) as reach_phone_share,
    sum(case when has_address and consent_post = 'granted' then 1 else 0 end) * 1.0 / nullif(count(*), 0) as reach_post_share,
    sum(case when has_email then 1 else 0 end) * 1.0 / nullif(count(*), 0) as email_known_share,
    sum(case when has_phone then 1 else 0 end) * 1.0 / nullif(count(*), 0) as phone_known_share,
    sum(case when has_address then 1 else 0 end) * 1.0 / nullif(count(*), 0) as address_known_share,
    sum(case when birth_month is not null then 1 else 0 end) * 1.0 / nullif(count(*), 0) as birth_date_known_share,
    sum(records) * 1.0 / nullif(count(*), 0) as records_per_person
from profiles

-- name: retention
-- Of those whose first order was in a month, how many ordered in the n-th month after it (n = 0: all of them). Months that
-- the evening has not ended are left out, but for the first.
select f.month as cohort, b.month_no - f.month_no as month_after, count(distinct b.person) as buyers
from (
    select p.person, c.month, c.month_no
    from (select person, min(day) as day from happened where event = 'Order Completed' group by person) as p
    inner join calendar as c on c.day = p.day
) as f
inner join (
    select distinct o.person, c.month_no
    from happened as o
    inner join calendar as c on c.day = o.day
    where o.event = 'Order Completed'
) as b on b.person = f.person
where f.month_no >= {since} and (b.month_no = f.month_no or b.month_no < {current})
group by f.month, b.month_no - f.month_no
order by cohort, month_after
