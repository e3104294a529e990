-- name: read
-- What each row says: a currency, a day and a rate, or which of them is wrong.
select line, currency, day, rate, day_found, rate_found,
    case
        when currency is null or not regexp_full_match(currency, '[A-Z]{{3}}') then 'currency'
        when day is null then 'day'
        when rate is null or not rate > 0 or not isfinite(rate) then 'rate'
    end as wrong
from (
    select
        line, upper(trim({currency})) as currency, {day} as day_found, {rate} as rate_found,
        date_diff('day', date '1970-01-01', {read_day}) as day, try_cast({read_rate} as double) as rate
    from found
)

-- name: rates
-- Rows of `reference`: a rate is known by its currency and its day.
select
    line,
    concat_ws(' ', currency, day) as key,
    md5(concat_ws(' ', currency, day, rate)) as content_hash,
    cast(json_object('currency', currency, 'day', day, 'rate', rate) as varchar) as attributes,
    'rates' as kind,
    $source as source
from read
where wrong is null
order by line
