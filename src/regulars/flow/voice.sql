-- name: articles
-- The articles that most texts are of.
select product_id
from voice_products
where product_id is not null and theme is null
order by texts desc, product_id asc
limit $most

-- name: told
-- What is said of one article, or of the shop (null): as a whole, and of each theme.
select
    v.theme, t.title_en, t.title_fr, v.texts, v.praised, v.complained, v.asked, v.stars, v.complained_share,
    v.complained_low, v.complained_high
from voice_products as v
left join voice_themes as t on t.theme = v.theme
where v.product_id is not distinct from $product
order by v.texts desc, v.theme nulls first

-- name: examples
-- The sentences that say it best.
select theme, tone, sentence
from voice_examples
where product_id is not distinct from $product
order by theme nulls first, tone, place

-- name: names
-- What the catalogue calls the articles that were written of, else a receipt.
select a.product_id, coalesce(c.name, s.name) as name
from (select distinct product_id from voice_products where product_id is not null) as a
left join (select product_id, max(product_name) as name from catalogue group by product_id) as c
    on c.product_id = a.product_id
left join (select product_id, max(product_name) as name from sold where superseded_by is null group by product_id) as s
    on s.product_id = a.product_id
where coalesce(c.name, s.name) is not null
