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
    {customer_key} as customer_key, {customer_key_text} as customer_key_text,
    {email} as email,
    {phone} as phone,
    {loyalty_card} as loyalty_card,
    {user_id} as user_id,
    {full_name} as full_name,
    {given_name} as given_name,
    {family_name} as family_name,
    {answers}
    {product_id} as product_id,
    {product_name} as product_name,
    {category} as category,
    {quantity} as quantity, {quantity_text} as quantity_text,
    {unit_price} as unit_price, {unit_price_text} as unit_price_text,
    {line_total} as line_total, {line_total_text} as line_total_text,
    {paid} as paid, {paid_text} as paid_text,
    {discount} as discount, {discount_text} as discount_text,
    {tax} as tax, {tax_text} as tax_text,
    {line_tax} as line_tax, {line_tax_text} as line_tax_text,
    {shipping} as shipping, {shipping_text} as shipping_text,
    {order_discount} as order_discount, {order_discount_text} as order_discount_text,
    {order_subtotal} as order_subtotal, {order_subtotal_text} as order_subtotal_text,
    {order_total} as order_total, {order_total_text} as order_total_text,
    {refunded} as refunded, {refunded_text} as refunded_text,
    {cancelled_at} as cancelled_at,
    {currency_text} as currency_text,
    {currency_said} as currency_said,
    {sign} as sign,
    {usual_currency} as usual_currency,
    {store} as store,
    {channel} as channel,
    {payment} as payment,
    {coupon} as coupon,
    {status} as status,
    {line_type} as line_type,
    {extra} as extra,
    {content_hash} as content_hash
from found

-- name: judged
-- The first thing wrong with each row, or null: the field, its text and the problem. A name that tills write for nobody
-- names nobody, and the key beside it is the till's own account, unless something else on the row names the buyer.
select
    * replace (
        case when not nameless then full_name end as full_name,
        case when not nameless then given_name end as given_name,
        case when not nameless then family_name end as family_name,
        case when not nameless or coalesce(email, phone, loyalty_card, user_id) is not null then customer_key end as customer_key
    ),
    (nameless or (customer_key is null and customer_key_text is not null and coalesce(full_name, given_name, family_name) is null))
        and coalesce(email, phone, loyalty_card, user_id) is null as walk_in,
    case
        when order_id is null then 'order_id missing'
        when when_text is null then 'ordered_at missing'
        when sold_at_us is null then 'ordered_at date'
        when sold_at_us > {latest} then 'ordered_at future'
        when sold_at_us < {earliest} then 'ordered_at past'
        when {rounded_order} then 'order_id rounded'
        when {rounded_customer} then 'customer_key rounded'
        when evidence then null
        when quantity_text is not null and quantity is null then 'quantity number'
        when abs(coalesce(quantity, 1)) >= 1000000000 then 'quantity number'
        when abs(coalesce(quantity, 1) * coalesce(unit_price, 0)) >= 1000000000000 then 'quantity number'
        when paid_text is not null and paid is null then 'paid number'
        when line_total_text is not null and line_total is null then 'line_total number'
        when unit_price_text is not null and unit_price is null then 'unit_price number'
        when discount_text is not null and discount is null then 'discount number'
        when tax_text is not null and tax is null then 'tax number'
        when line_tax_text is not null and line_tax is null then 'line_tax number'
        when shipping_text is not null and shipping is null then 'shipping number'
        when order_discount_text is not null and order_discount is null then 'order_discount number'
        when order_subtotal_text is not null and order_subtotal is null then 'order_subtotal number'
        when order_total_text is not null and order_total is null then 'order_total number'
        when refunded_text is not null and refunded is null then 'refunded number'
        when paid is null and line_total is null and unit_price is null
            then case
                when order_total is not null and coalesce(product_id, product_name, quantity_text) is null then 'paid lineless'
                else 'paid missing'
            end
        when currency_text is not null and currency_said is null then 'currency currency'
        when sign <> '$' and sign <> currency_said then 'currency sign'
        when sign = '$' and coalesce(currency_said, usual_currency) not in ({dollars}) then 'paid dollar'
    end as verdict
from (
    select
        *,
        coalesce(currency_said, nullif(sign, '$'), usual_currency) as currency,
        {nobody} as nameless,
        {evidence} as evidence
    from ({read})
)

-- name: rejects
-- The rows that cannot be understood, with what to say about them.
select
    line,
    split_part(verdict, ' ', 1) as field,
    split_part(verdict, ' ', 2) as problem,
    case verdict
        when 'currency currency' then currency_text
        when 'currency sign' then currency_said
        when 'paid dollar' then currency
        else case split_part(verdict, ' ', 1)
        when 'ordered_at' then when_text
        when 'quantity' then quantity_text
        when 'paid' then paid_text
        when 'line_total' then line_total_text
        when 'unit_price' then unit_price_text
        when 'discount' then discount_text
        when 'tax' then tax_text
        when 'line_tax' then line_tax_text
        when 'shipping' then shipping_text
        when 'order_discount' then order_discount_text
        when 'order_subtotal' then order_subtotal_text
        when 'order_total' then order_total_text
        when 'refunded' then refunded_text
        end
    end as value
from judged
where verdict is not null
order by line

-- name: priced
-- The rows that are understood, with what was paid for each in minor units: the column that says so, else the line's
-- total or quantity times price, less its discount. Of an order that is cancelled, or not paid yet, nothing was paid.
-- A line for which nobody paid anything, and which names no buyer, is a correction of the stock.
with
priced as (
    select
        *,
        coalesce(
            paid,
            coalesce(line_total, cast(coalesce(quantity, 1) * unit_price as {decimal})) - abs(coalesce(discount, 0))
        ) as amount,
        coalesce(quantity, 1) as pieces,
        {cancelled} as cancelled,
        {unpaid} as unpaid,
        coalesce(customer_key, email, phone, loyalty_card, user_id, full_name, given_name, family_name) is null as buyer_missing,
        timezone(zone, to_timestamp(sold_at_us / 1000000.0)) as local_time,
        row_number() over (partition by order_space, order_id order by line) = 1 as heads_order
    from judged
    where verdict is null
),
signed as (
    select
        * exclude (paid, quantity, discount),
        paid is null as by_price,
        {factor} as factor,
        case when evidence then 0 else abs(coalesce(discount, 0)) end as discount,
        case
            when evidence then 0
            when (cancelled or unpaid) and amount > 0 then 0
            when pieces < 0 and amount > 0 then -amount
            else amount
        end as paid_amount,
        case when evidence then 0 when cancelled and amount < 0 and pieces > 0 then -pieces else pieces end as quantity
    from priced
)
select
    *,
    case
        when evidence then 'evidence'
        when unpaid then 'unpaid'
        when {fee_number} then 'fee'
        when {adjustment_number} then 'adjustment'
        when {fee_name} then 'fee'
        when {adjustment_name} then 'adjustment'
        when paid_amount < 0 and quantity > 0 and {off_name} then 'adjustment'
        when paid_amount = 0 and buyer_missing then 'adjustment'
        else 'goods'
    end as line_kind,
    {cents} as cents,
    {line_off} as line_off,
    {tax_cents} as tax_cents,
    {line_tax_cents} as line_tax_cents,
    {shipping_cents} as shipping_cents,
    {order_off} as order_off,
    {subtotal_cents} as subtotal_cents,
    {total_cents} as total_cents,
    {refunded_cents} as refunded_cents
from signed

-- name: lines
-- The order lines (goods of a negative amount were brought back), and behind the first line of an order what was given back of the whole order: a return of no
-- article, which no row of the file stands for. Tax and shipping belong to the order, so its first line has them.
with
facts as (
    select
        * replace (
            case when off = 0 and tax_inside = 0 then content_hash else {shared_hash} end as content_hash,
            case when brought_back then -quantity else quantity end as quantity
        ),
        cents - off - tax_inside as paid, line_off + off as off_in_all, false as beside,
        not evidence and (cancelled or quantity < 0 or brought_back) as is_return
    from (select *, line_kind = 'goods' and cents < 0 and quantity > 0 as brought_back from shared)
    union all by name
    select
        * replace (null as product_id, null as product_name, null as category, 0 as quantity, 'goods' as line_kind,
            null as extra, 0 as tax_cents, 0 as line_tax_cents, 0 as shipping_cents, {back_hash} as content_hash),
        -given_back as paid, 0 as off_in_all, true as beside, true as is_return
    from shared
    where heads_order and given_back > 0
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
    {answers}
    walk_in,
    product_id,
    product_name,
    category,
    cast(quantity as double) as quantity,
    cast(paid as bigint) as paid,
    cast(off_in_all as bigint) as discount,
    case when heads_order then tax_cents else 0 end + line_tax_cents as tax,
    case when heads_order then shipping_cents else 0 end as shipping,
    currency,
    store,
    channel,
    payment,
    coupon,
    status,
    line_kind,
    is_return,
    extra,
    content_hash,
    case when beside then {back_key} else {key_hash} end as key_hash,
    beside
from facts
order by line, beside
