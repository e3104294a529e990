-- name: winners
-- Of an order that several sources tell: the source trusted most, then one that tells the articles before one that
-- tells the total alone, then the one heard of last.
select order_no, source
from (
    select
        t.order_no, t.source,
        row_number() over (
            partition by t.order_no
            order by coalesce(r.source_rank, 100) asc, t.articles desc, t.newest desc, t.source asc
        ) as place,
        count(*) over (partition by t.order_no) as tellers
    from (
        select
            order_no, source, max(fact) as newest,
            max(case when product_id is not null or product_name is not null then 1 else 0 end) as articles
        from mirrored_lines
        where superseded_by is null
        group by order_no, source
    ) as t
    left join ranks as r on r.source = t.source
) as told
where place = 1 and tellers > 1

-- name: lines_of_winners
-- The current lines, without those of an order that another source tells better.
select *
from mirrored_lines as l
where superseded_by is null
    and not exists (select 1 from winners as w where w.order_no = l.order_no and w.source <> l.source)

-- name: cards
-- What is known of each record now, with the source that says it and its key there.
select c.*, r.source, r.source_key
from mirrored_cards as c
inner join records as r on r.record = c.record
where c.superseded_by is null

-- name: goods
-- One row an article that a file of articles tells: its category, its brand, and what a piece costs the shop, in its own currency; by
-- the source trusted most that tells it, then the one heard of last.
select
    product_id, max(case when category_place = 1 then category end) as category,
    max(case when brand_place = 1 then brand end) as brand,
    max(case when cost_place = 1 then unit_cost end) as unit_cost
from (
    select
        t.product_id, t.category, t.brand,
        case when coalesce(t.currency, '{currency}') = '{currency}' then t.unit_cost end as unit_cost,
        row_number() over (
            partition by t.product_id order by t.category is null, coalesce(r.source_rank, 100) asc, t.fact desc
        ) as category_place,
        row_number() over (
            partition by t.product_id order by t.brand is null, coalesce(r.source_rank, 100) asc, t.fact desc
        ) as brand_place,
        row_number() over (
            partition by t.product_id
            order by
                coalesce(t.currency, '{currency}') <> '{currency}' or t.unit_cost is null,
                coalesce(r.source_rank, 100) asc, t.fact desc
        ) as cost_place
    from told_goods as t
    left join ranks as r on r.source = t.source
) as ranked
group by product_id

-- name: reachable
-- Where somebody may be written to and can be, and what else their card says of being reached.
select
    person,
    has_mobile,
    email is not null and consent_email = 'granted' as by_email,
    loyalty_card is not null as has_card,
    case when email is not null and consent_email = 'granted' then 1 else 0 end
        + case when has_mobile and consent_sms = 'granted' then 1 else 0 end
        + case when phone is not null and consent_phone = 'granted' then 1 else 0 end
        + case when has_address and consent_post = 'granted' then 1 else 0 end as channels
from (
    select
        *,
        phone is not null and not ({fixed_line}) as has_mobile,
        postcode is not null and (street is not null or address_line is not null) as has_address
    from people
) as p
