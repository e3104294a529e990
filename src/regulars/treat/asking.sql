-- name: to_ask
-- One question a customer, of those who bought: the first that is missing. What they are worth is what they are expected
-- to bring in a year, else what they brought in the last.
select person, question, place, location, expected_day, worth
from (
    select
        person, {question} as question, place, location, expected_day, worth
    from (
        select
            i.person,
            c.email, c.phone, c.loyalty_card, c.postcode, c.birth_date,
            'granted' in (c.consent_email, c.consent_sms, c.consent_phone, c.consent_post) as granted,
            'denied' in (c.consent_email, c.consent_sms, c.consent_phone, c.consent_post)
                or 'withdrawn' in (c.consent_email, c.consent_sms, c.consent_phone, c.consent_post) as refused,
            avg(case when c.loyalty_card is not null then 1.0 else 0.0 end) over () as with_card,
            case
                when i.favourite_store is not null then 'till'
                when lower(i.favourite_channel) in {by_phone} then 'phone'
                when lower(i.favourite_channel) in {in_store} then 'till'
                when i.favourite_channel is not null then 'online'
                else 'anywhere'
            end as place,
            coalesce(i.favourite_store, i.favourite_channel) as location,
            case when p.enough_data and p.next_order_day > {as_of} then p.next_order_day end as expected_day,
            cast(coalesce(case when p.enough_data then p.value_365d end, i.spend_365d, 0) as bigint) as worth
        from indicators as i
        inner join people as c on c.person = i.person
        left join predictions as p on p.person = i.person
        where i.orders_lifetime > 0 and i.facts_lifetime <= {crowd}
    ) as known
) as asked
where question is not null and worth > 0
order by worth desc, person

-- name: unknown_buyers
-- Orders of the last 365 days by where they were made: how many are of nobody, and what they brought.
select
    place, location,
    count(*) as orders,
    count(*) - count(person) as unknown_orders,
    cast(sum(case when person is null then paid else 0 end) as bigint) as unknown_paid,
    max(case when person is null then payment end) as payment
from (
    select
        l.order_no,
        case
            when max(l.store) is not null then 'till'
            when lower(max(l.channel)) in {by_phone} then 'phone'
            when lower(max(l.channel)) in {in_store} then 'till'
            when max(l.channel) is not null then 'online'
            else 'anywhere'
        end as place,
        coalesce(max(l.store), max(l.channel), min(l.source)) as location,
        max(l.payment) as payment,
        max(k.person) as person,
        cast(sum(case when l.currency = '{currency}' then l.paid else 0 end) as bigint) as paid
    from order_lines as l
    left join identity as i on i.record = l.record
    left join people as k on k.person = i.person
    where l.day between {as_of} - 364 and {as_of} and not l.is_return
    group by l.order_no
) as orders
group by place, location
having count(*) > count(person)
order by unknown_paid desc, place, location
