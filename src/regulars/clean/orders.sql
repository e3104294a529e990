-- name: read
-- Every field of a row, read in its column's format: a value or null, with the text beside numbers so that a bad
-- number can be told from an empty one.
select
    line,
    {order_space} as order_space,
    {order_id} as order_id,
    {when_text} as when_text,
    {sold_at_us} as sold_at_us,
    {zone} as zone,
    {timed} as timed,
    {customer_key} as customer_key,
    {email} as email,
    {phone} as phone,
    {loyalty_card} as loyalty_card,
    {user_id} as user_id,
    {full_name} as full_name,
    {given_name} as given_name,
    {family_name} as family_name,
    {product_id} as product_id,
    {product_name} as product_name,
    {category} as category,
    {quantity} as quantity, {quantity_text} as quantity_text,
    {unit_price} as unit_price, {unit_price_text} as unit_price_text,
    {line_total} as line_total, {line_total_text} as line_total_text,
    {paid} as paid, {paid_text} as paid_text,
    {discount} as discount, {discount_text} as discount_text,
    {tax} as tax, {tax_text} as tax_text,
    {shipping} as shipping, {shipping_text} as shipping_text,
    {currency} as currency,
    {store} as store,
    {channel} as channel,
    {payment} as payment,
    {coupon} as coupon,
    {status} as status,
    {extra} as extra,
    {content_hash} as content_hash
from found

-- name: judged
-- The first thing wrong with each row, or null: the field, its text and the problem.
select
    *,
    case
        when order_id is null then 'order_id missing'
        when when_text is null then 'ordered_at missing'
        when sold_at_us is null then 'ordered_at date'
        when sold_at_us > {latest} then 'ordered_at future'
        when quantity_text is not null and quantity is null then 'quantity number'
        when abs(coalesce(quantity, 1)) >= 1000000000 then 'quantity number'
        when abs(coalesce(quantity, 1) * coalesce(unit_price, 0)) >= 1000000000000 then 'quantity number'
        when paid_text is not null and paid is null then 'paid number'
        when line_total_text is not null and line_total is null then 'line_total number'
        when unit_price_text is not null and unit_price is null then 'unit_price number'
        when discount_text is not null and discount is null then 'discount number'
        when tax_text is not null and tax is null then 'tax number'
        when shipping_text is not null and shipping is null then 'shipping number'
        when paid is null and line_total is null and unit_price is null then 'paid missing'
    end as verdict
from read

-- name: rejects
-- The rows that cannot be understood, with what to say about them.
select
    line,
    split_part(verdict, ' ', 1) as field,
    split_part(verdict, ' ', 2) as problem,
    case split_part(verdict, ' ', 1)
        when 'ordered_at' then when_text
        when 'quantity' then quantity_text
        when 'paid' then paid_text
        when 'line_total' then line_total_text
        when 'unit_price' then unit_price_text
        when 'discount' then discount_text
        when 'tax' then tax_text
        when 'shipping' then shipping_text
    end as value
from judged
where verdict is not null
order by line

-- name: lines
-- The rows that are understood. What was paid: the column that says so, else the line's total or quantity times
-- price, less the discount. Tax and shipping belong to the order, so only its first line in the chunk carries them.
with
priced as (
    select
        *,
        coalesce(
            paid,
            coalesce(line_total, cast(coalesce(quantity, 1) * unit_price as {decimal})) - abs(coalesce(discount, 0))
        ) as amount,
        coalesce(quantity, 1) as pieces,
        coalesce(lower(status) in ({cancelled}), false) as cancelled,
        coalesce(customer_key, email, phone, loyalty_card, user_id) is null as buyer_missing,
        timezone(zone, to_timestamp(sold_at_us / 1000000.0)) as local_time,
        row_number() over (partition by order_space, order_id order by line) = 1 as heads_order
    from judged
    where verdict is null
),
signed as (
    select
        * exclude (paid, quantity),
        case
            when cancelled and amount > 0 then 0
            when pieces < 0 and amount > 0 then -amount
            else amount
        end as paid_amount,
        case when cancelled and amount < 0 and pieces > 0 then -pieces else pieces end as quantity
    from priced
),
kinds as (
    select *, {line_kind} as line_kind from signed
)
select
    line,
    order_space,
    order_id,
    sold_at_us,
    cast(floor(epoch_us(local_time) / 86400000000) as bigint) as day,
    case when timed then cast(hour(local_time) as bigint) else -1 end as hour,
    (cast(floor(epoch_us(local_time) / 86400000000) as bigint) + 3) % 7 as weekday,
    customer_key,
    email,
    phone,
    loyalty_card,
    user_id,
    full_name,
    given_name,
    family_name,
    product_id,
    product_name,
    category,
    cast(quantity as double) as quantity,
    {paid} as paid,
    {discount} as discount,
    case when heads_order then {tax} else 0 end as tax,
    case when heads_order then {shipping} else 0 end as shipping,
    currency,
    store,
    channel,
    payment,
    coupon,
    status,
    line_kind,
    cancelled or quantity < 0 as is_return,
    extra,
    content_hash,
    {key_hash} as key_hash
from kinds
order by line
