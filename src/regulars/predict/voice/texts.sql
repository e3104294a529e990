-- name: texts
-- What was written or starred in the two years up to the shop day, by known people and by nobody; the newest first, and
-- never more than can be read in a night. The scale of a source is told by all the stars it ever gave until then, but for a few
-- that may be slips.
select
    e.fact, i.person, e.day, {as_of} - e.day as age, e.product_id, e.rating, e.said, e.event,
    s.lowest, s.highest
from happenings as e
left join identity as i on i.record = e.record
left join (
    select
        source,
        case when count(case when rating < 0 then 1 end) * {rare} >= count(*) then min(rating)
            else min(case when rating >= 0 then rating end) end as lowest,
        case when count(case when rating > 10 then 1 end) * {rare} >= count(*) then max(rating)
            when count(case when rating > 5 then 1 end) * {rare} >= count(*) then max(case when rating <= 10 then rating end)
            else max(case when rating <= 5 then rating end) end as highest
    from happenings
    where rating is not null and day <= {as_of}
    group by source
) as s on s.source = e.source
where e.day <= {as_of} and e.day > {as_of} - {days} and (e.said is not null or e.rating is not null)
order by e.day desc, e.fact desc
limit {most}

-- name: voice_said
-- What each text says of each theme, and as a whole (no theme): praise, complaint, a wish.
select
    fact, person, day, product_id, theme,
    max(case when tone = 'praise' then 1 else 0 end) as praised,
    max(case when tone = 'complaint' then 1 else 0 end) as complained,
    max(case when asks then 1 else 0 end) as asked,
    cast(null as bigint) as thousandths
from voice_sentences
where theme is not null
group by fact, person, day, product_id, theme
union all
select
    t.fact, t.person, t.day, t.product_id, cast(null as varchar) as theme,
    case when t.tone = 'praise' then 1 else 0 end as praised,
    case when t.tone = 'complaint' then 1 else 0 end as complained,
    case when a.fact is not null then 1 else 0 end as asked,
    cast(round(t.scaled * 1000, 0) as bigint) as thousandths
from voice_texts as t
left join (select fact from voice_sentences where asks group by fact) as a on a.fact = t.fact

-- name: voice_people
-- What each person said in the last year.
select
    person, texts_365d, praises_365d, complaints_365d, last_complaint_day,
    case
        when praises_365d > complaints_365d then 'pleased'
        when complaints_365d > praises_365d then 'displeased'
        when judged > 0 then 'mixed'
    end as sentiment
from (
    select
        person,
        count(*) as texts_365d,
        cast(sum(case when tone = 'praise' then 1 else 0 end) as bigint) as praises_365d,
        cast(sum(case when tone = 'complaint' then 1 else 0 end) as bigint) as complaints_365d,
        max(case when tone = 'complaint' then day end) as last_complaint_day,
        count(tone) as judged
    from voice_texts
    where person is not null and age < 365
    group by person
) as counted

-- name: voice_products
-- How many texts praise and complain of each theme (none: as a whole), of each article and in the shop (no article).
-- The share that complains is of those that do either, with its 95 % interval (Wilson 1927, JASA 22:209-212).
select
    product_id, theme, texts, praised, complained, asked, stars, complained_share,
    (complained_share + 1.9208 / judged - 1.96 * spread) / (1 + 3.8416 / judged) as complained_low,
    (complained_share + 1.9208 / judged + 1.96 * spread) / (1 + 3.8416 / judged) as complained_high
from (
    select
        *,
        sqrt(complained_share * (1 - complained_share) / judged + 0.9604 / (judged * judged)) as spread
    from (
        select *, nullif(praised + complained, 0) as judged, complained / nullif(praised + complained, 0.0) as complained_share
        from (
            select product_id, theme, {sums} from voice_said where product_id is not null group by product_id, theme
            union all
            select cast(null as varchar) as product_id, theme, {sums} from voice_said group by theme
        ) as summed
    ) as shared
) as bounded

-- name: sums
-- What is summed up of texts; stars are of five.
count(*) as texts, cast(sum(praised) as bigint) as praised, cast(sum(complained) as bigint) as complained,
cast(sum(asked) as bigint) as asked, 1 + 4 * cast(sum(thousandths) as bigint) / (1000.0 * count(thousandths)) as stars

-- name: voice_examples
-- Three sentences that say it best of each theme, article and tone, and for the shop: neither too short nor too long,
-- the surest and the newest first.
select product_id, theme, tone, place, person, day, language, sentence
from (
    select
        *,
        row_number() over (
            partition by product_id, theme, tone
            order by
                case when length(sentence) between 20 and 160 then 0 else 1 end asc,
                cast(round(sure * 100, 0) as bigint) desc, day desc, fact asc, sentence asc
        ) as place
    from (
        select product_id, theme, case when asks then 'ask' else tone end as tone, person, day, language, sentence, sure, fact
        from voice_sentences
        where product_id is not null
        union all
        select
            cast(null as varchar) as product_id, theme, case when asks then 'ask' else tone end as tone, person, day,
            language, sentence, sure, fact
        from voice_sentences
    ) as told
    where tone is not null
) as placed
where place <= 3
