-- name: wholes
-- What each order says of itself as a whole, beside the sum of its lines that have a list price. The order's columns
-- stand on its first row or on each; discounts are told as a minus by some. What was given back is of one
-- line each where the lines of an order say different amounts. All in minor units.
select
    *,
    case when by_price then greatest(cents, 0) else 0 end as gross,
    sum(case when by_price then greatest(cents, 0) else 0 end) over of_order as lines_gross,
    sum(line_off) over of_order as lines_off,
    coalesce(max(abs(order_off)) over of_order, 0) as whole_off,
    max(subtotal_cents) over of_order as subtotal,
    max(total_cents) over of_order as total,
    coalesce(max(shipping_cents) over of_order, 0) as shipping_whole,
    coalesce(max(tax_cents) over of_order, 0) + sum(line_tax_cents) over of_order as tax_whole,
    coalesce(case
        when min(abs(refunded_cents)) over of_order < max(abs(refunded_cents)) over of_order then sum(abs(refunded_cents)) over of_order
        else max(abs(refunded_cents)) over of_order
    end, 0) as refunded_whole
from priced
window of_order as (partition by order_space, order_id)

-- name: reduced
-- What has to come off the prices of an order's lines: its discounts, and the tax inside. The subtotal knows the
-- discounts best (a discount may be on the shipping), except where the total shows that they come off it again. A
-- subtotal above the lines that are here tells that a line is missing: a row that was rejected.
with
told as (
    select
        *,
        greatest(whole_off - lines_off, 0) as more_off,
        case
            when abs(total - subtotal - shipping_whole - tax_whole) <= {near} then subtotal
            when abs(total - subtotal - shipping_whole) <= {near} then subtotal
            when abs(total - subtotal + whole_off - shipping_whole - tax_whole) <= {near} then subtotal - whole_off
            when abs(total - subtotal + whole_off - shipping_whole) <= {near} then subtotal - whole_off
            else subtotal
        end as goods
    from wholes
),
discounted as (
    select
        *,
        case when goods > lines_gross + {near} then goods + more_off else lines_gross end as listed,
        case
            when goods is null then least(more_off, lines_gross)
            when goods > lines_gross + {near} then more_off
            else greatest(lines_gross - goods, 0)
        end as off_whole
    from told
)
select
    *,
    cast(round(off_whole * lines_gross / nullif(listed, 0)) as bigint) as off_here,
    case
        when tax_whole > 0 and abs(total - (listed - off_whole) - shipping_whole) <= {near}
            then cast(round(tax_whole * (lines_gross - off_here) / nullif(listed - off_whole + shipping_whole, 0)) as bigint)
        else 0
    end as tax_here
from discounted

-- name: shared
-- An amount of each order shared over its lines in proportion to a base of theirs, to the cent: the cents that rounding
-- down leaves go to the lines with the largest remainders, of equal ones to the first.
select
    * exclude (part, rest, taken),
    coalesce(
        part + case
            when row_number() over (partition by order_space, order_id order by rest desc, line) <= {amount} - taken then 1
            else 0
        end,
        0
    ) as {name}
from (
    select
        *,
        cast({amount} as hugeint) * {base} // nullif({total}, 0) as part,
        cast({amount} as hugeint) * {base} % nullif({total}, 0) as rest,
        sum(part) over (partition by order_space, order_id) as taken
    from {relation}
)

-- name: given_back
-- What was given back of an order, without its tax: the tax comes back in the proportion that it has in the total.
-- Never more than what is left of the order beside the returns that are lines of their own.
select
    *,
    cast(greatest(least(
        round(refunded_whole * (1 - tax_whole / nullif(coalesce(total, kept + shipping_whole + tax_whole), 0))), kept
    ), 0) as bigint) as given_back
from (
    select *, sum(cents - off - tax_inside) over (partition by order_space, order_id) as kept from taxed
)

-- name: nothing_shared
-- The lines of orders that say nothing of themselves as a whole.
select *, 0::bigint as off, 0::bigint as tax_inside, 0::bigint as given_back from priced
