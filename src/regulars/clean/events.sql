-- name: read
-- Every field of a row, and the first thing wrong with it: an event without a readable time is not an event, and
-- an amount in another style than the others is not guessed. A rating that is none is not left out in silence.
select
    *,
    case
        when when_text is null then 'missing'
        when at_us is null then 'date'
        when at_us > {latest} then 'future'
        when at_us < {earliest} then 'past'
        when value_of_other_style then 'value'
        when rating is null and rating_text is not null then 'rating'
    end as problem
from (
    select
        line,
        {when_text} as when_text,
        {at_us} as at_us,
        {event} as event,
        {event_id} as event_id,
        {customer_key} as customer_key,
        {email} as email,
        {phone} as phone,
        {loyalty_card} as loyalty_card,
        {user_id} as user_id,
        {product_id} as product_id,
        {channel} as channel,
        {campaign} as campaign,
        {value} as value, {value_text} as value_text, {value_of_other_style} as value_of_other_style,
        {rating} as rating, {rating_text} as rating_text, {rating_of_other_style} as rating_of_other_style,
        {said} as said,
        {properties} as properties,
        {content_hash} as content_hash
    from found
)

-- name: rejects
-- The rows that cannot be understood.
select line, problem, case problem when 'value' then value_text when 'rating' then rating_text else when_text end as text
from read where problem is not null order by line

-- name: events
-- The rows that are understood, with the day, hour and weekday of the source's zone. A row without an id of its own is
-- known by what it says of when, what and who; one that names nobody by its words too.
select
    line,
    at_us,
    cast(floor(epoch_us(local_time) / 86400000000) as bigint) as day,
    case when {timed} then cast(hour(local_time) as bigint) else -1 end as hour,
    (cast(floor(epoch_us(local_time) / 86400000000) as bigint) + 3) % 7 as weekday,
    event,
    customer_key,
    email,
    phone,
    loyalty_card,
    user_id,
    cast(null as varchar) as full_name,
    product_id,
    channel,
    campaign,
    value,
    rating,
    said,
    properties,
    content_hash,
    {key_hash} as key_hash
from (
    select
        *,
        timezone({zone}, to_timestamp(at_us / 1000000.0)) as local_time,
        coalesce(
            event_id,
            concat_ws(
                '|', at_us, event, product_id, campaign, customer_key, email, phone, loyalty_card, user_id,
                case when coalesce(customer_key, email, phone, loyalty_card, user_id) is null then said end
            )
        ) as known_by
    from read
    where problem is null
)
order by line
