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
        / nullif(count(*), 0) as reachable_share
from profiles
