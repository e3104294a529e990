-- name: records
-- Current records with their source; `told_us` is when a row was of, if its file said so; `refused` and `doubted` are the changes of the few that have such a rule.
select
    r.*,
    i.source,
    case when r.seen_us < i.started_us then r.seen_us end as told_us,
    case when contains(r.changes, '"invalid') then r.changes end as refused,
    case when contains(r.changes, '"doubtful') then r.changes end as doubted,
    (coalesce(r.street, r.address_line) is not null and coalesce(r.postcode, r.city) is not null) as has_address
from record_versions r join imports i on i.import_id = r.import_id

-- name: fields
-- Every field of every source, counted in one pass.
select source, count(*) as rows, max(told_us) as newest_us, $fields from quality_records group by source

-- name: field
-- One field: its standard values, those refused, those doubtful, and how many different ones there are.
count($field) as $field_standard,
count(*) filter (where regexp_matches(refused, '"$field":\[[^\]]*"invalid')) as $field_invalid,
count(*) filter (where regexp_matches(doubted, '"$field":\[[^\]]*"doubtful')) as $field_doubtful,
count(distinct $field) as $field_distinct

-- name: freshness
-- How many lines of orders every source has, and the day of its newest order or event.
select source, cast(sum(lines) as bigint) as lines, max(day) as newest_day
from (
    select source, 1 as lines, day from order_lines
    union all
    select source, 0, day from happenings
)
group by source

-- name: checks
-- Pairs of fields that must agree, by source. An age is compared on the day the row was seen, as near as we know it.
select
    source,
    count(*) filter (where age is not null and birth_date is not null) as age_and_birth_date_told,
    count(*) filter (where 
        abs(cast(age as bigint) - (least(seen_us // 86400000000, $as_of) - (cast(birth_date as date) - date '1970-01-01')) / 365.25) > 2.5
    ) as age_and_birth_date_broken,
    count(*) filter (where postcode is not null and country in ('CA', 'US', 'FR')) as postcode_and_country_told,
    count(*) filter (where postcode is not null and not case country
        when 'CA' then regexp_full_match(postcode, '[A-Z]\d[A-Z] \d[A-Z]\d')
        when 'US' then regexp_full_match(postcode, '\d{5}(-\d{4})?')
        when 'FR' then regexp_full_match(postcode, '\d{5}')
    end) as postcode_and_country_broken,
    count(*) filter (where in_canada) as postcode_and_province_told,
    count(*) filter (where in_canada and not ($letters)) as postcode_and_province_broken,
    count(*) filter (where title in ('F', 'M') and gender in ('F', 'M')) as title_and_gender_told,
    count(*) filter (where title <> gender and gender in ('F', 'M')) as title_and_gender_broken
from (
    select
        *,
        country = 'CA' and regexp_full_match(postcode, '[A-Z]\d[A-Z] \d[A-Z]\d')
            and region in ('AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT') as in_canada,
        $title_gender as title
    from quality_records
) group by source order by source

-- name: consents
-- Every answer by source, channel and state.
select source, channel, state, count(*) as answers from consents group by source, channel, state order by answers desc

-- name: orders
-- The books by currency: goods, fees and corrections apart and together, credit notes inside.
select
    currency,
    count(*) as lines,
    count(distinct order_no) as orders,
    cast(coalesce(sum(paid) filter (where line_kind = 'goods'), 0) as bigint) as goods,
    cast(coalesce(sum(paid) filter (where line_kind = 'fee'), 0) as bigint) as fees,
    cast(coalesce(sum(paid) filter (where line_kind = 'adjustment'), 0) as bigint) as adjustments,
    cast(sum(paid) as bigint) as total,
    cast(coalesce(sum(paid) filter (where is_return), 0) as bigint) as credit_notes,
    count(*) filter (where record = $nobody) as lines_without_customer,
    cast(coalesce(sum(paid) filter (where record = $nobody), 0) as bigint) as total_without_customer
from order_lines group by currency order by lines desc

-- name: rejected
-- Rows that were refused and not replayed since.
select count(*) from rejects where replayed_by is null
