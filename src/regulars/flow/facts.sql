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
