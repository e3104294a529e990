-- name: profiles
-- Golden cards and indicators side by side: what segment rules and treatments ask.
select
    i.*,
    p.language, p.city, p.region, p.postcode, p.country, p.gender,
    try_cast(substr(p.birth_date, 6, 2) as bigint) as birth_month,
    try_cast(substr(p.birth_date, 9, 2) as bigint) as birth_day_of_month,
    case when p.birth_date is not null then
        cast(substr('{today}', 1, 4) as bigint) - cast(substr(p.birth_date, 1, 4) as bigint)
        - case when substr(p.birth_date, 6) > substr('{today}', 6) then 1 else 0 end
    end as age_years,
    p.given_name, p.family_name, p.email, p.phone,
    p.consent_email, p.consent_sms, p.consent_phone, p.consent_post, p.consent_provenance,
    p.email is not null as has_email,
    p.phone is not null as has_phone,
    r.has_mobile,
    (p.postcode is not null and (p.street is not null or p.address_line is not null)) as has_address,
    p.records,
    f.next_order_day, f.no_order_30d, f.no_order_90d, f.expected_orders_90d, f.expected_spend_90d, f.value_365d,
    v.sentiment,
    coalesce(v.complaints_365d, 0) as complaints_365d,
    coalesce(v.praises_365d, 0) as praises_365d,
    v.last_complaint_day,
    k.persona
from indicators as i
inner join people as p on p.person = i.person
inner join reachable as r on r.person = i.person
left join predictions as f on f.person = i.person
left join voice_people as v on v.person = i.person
left join personas as k on k.person = i.person

-- name: happened
-- What people did, as rules ask it: their events, their orders, and the lines of goods of these. An event that tells of
-- an order is left out: the order stands for it.
select e.person, e.event, e.at_us, e.day, e.product_id, g.category, e.channel, e.campaign, cast(null as varchar) as store, e.rating
from events as e
left join goods as g on g.product_id = e.product_id
where e.event <> 'Order Completed'
union all
select
    person, 'Order Completed' as event, sold_at_us as at_us, day, cast(null as varchar) as product_id,
    cast(null as varchar) as category, channel, cast(null as varchar) as campaign, store, cast(null as double) as rating
from orders
union all
select
    person, 'Product Bought' as event, sold_at_us as at_us, day, product_id, category, channel,
    cast(null as varchar) as campaign, store, cast(null as double) as rating
from lines
where line_kind = 'goods' and not is_return
