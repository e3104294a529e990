-- name: outside_told
-- What people are told to be by each source: of each trait the newest telling, of those told by the evening. A question
-- that is once written with a capital is the same.
select person, source, import_id, field, value
from (
    select
        i.person, u.source, u.import_id, u.value,
        min(u.field) over (partition by u.source, lower(u.field)) as field,
        row_number() over (
            partition by i.person, u.source, lower(u.field) order by u.at_us desc, u.fact desc
        ) as place
    from (
        select record, source, import_id, at_us, fact, trim(e.key) as field, case when lower(trim(e.value)) not in {nothing} then trim(e.value) end as value
        from (
            select
                record, source, import_id, at_us, fact,
                unnest(map_entries(from_json(attributes, '"MAP(VARCHAR, VARCHAR)"'))) as e
            from outside_traits
            where at_us < {until_us}
        ) as opened
    ) as u
    inner join identity as i on i.record = u.record
    where u.value is not null
) as tellings
where place = 1

-- name: outside_codes
-- The postal codes of people, as areas are looked up by them.
select person, coalesce(upper(country), '{home}') as country, nullif(regexp_replace(upper(postcode), '[^A-Z0-9]', '', 'g'), '') as code
from people
where postcode is not null

-- name: outside_places
-- The areas as they are looked up: a country (the shop's, where none is told), and a postal code or its beginning.
select
    source, import_id, attributes,
    coalesce(nullif(split_part(key, ':', -2), ''), '{home}') as country,
    regexp_replace(upper(split_part(key, ':', -1)), '[^A-Z0-9]', '', 'g') as code
from outside_areas

-- name: outside_lying
-- In which area of each source each postal code lies: the smallest that holds it.
select code, country, source, area_code, area_country
from (
    select
        p.code, p.country, a.source, a.code as area_code, a.country as area_country,
        row_number() over (
            partition by p.code, p.country, a.source
            order by length(a.code) desc
        ) as place
    from (
        select d.code, d.country, left(d.code, l.signs) as beginning
        from (select distinct code, country from outside_codes where code is not null) as d
        cross join (select distinct length(code) as signs from outside_places) as l
        where length(d.code) >= l.signs
    ) as p
    inner join outside_places as a
        on a.code = p.beginning and a.country = p.country
) as found
where place = 1

-- name: outside_figures
-- What is said of each area that somebody lives in, one row a figure.
select f.source, f.import_id, f.code, f.country, f.field, f.value
from (
    select
        source, code, country, import_id, e.key as field,
        case when lower(trim(e.value)) not in {nothing} then trim(e.value) end as value
    from (
        select
            source, code, country, import_id, unnest(map_entries(from_json(attributes, '"MAP(VARCHAR, VARCHAR)"'))) as e
        from (
            select a.*
            from outside_places as a
            inner join (select distinct source, area_code, area_country from outside_lying) as l
                on l.source = a.source and l.area_code = a.code and l.area_country is not distinct from a.country
        ) as lived_in
    ) as opened
) as f
left join outside_keys as k on k.import_id = f.import_id and k.column_name = f.field
where f.value is not null and k.column_name is null

-- name: outside_known
-- What is known of each person from outside, as text.
select person, source, import_id, 'person' as about, field, value from outside_told
union all
select c.person, l.source, f.import_id, 'area' as about, f.field, f.value
from outside_codes as c
inner join outside_lying as l on l.code = c.code and l.country is not distinct from c.country
inner join outside_figures as f
    on f.source = l.source and f.code = l.area_code and f.country is not distinct from l.area_country

-- name: outside_readings
-- Every different value, read as a number with a point and with a comma; null where it is none that way. A code such as
-- 054 is no number.
select
    source, field, value, said,
    case when regexp_full_match(bare, '[-+]?(0|[1-9]\d*|[1-9]\d{{0,2}}(,\d{{3}})+)(\.\d+)?')
        then try_cast(replace(bare, ',', '') as double) end as with_point,
    case when regexp_full_match(bare, '[-+]?(0|[1-9]\d*|[1-9]\d{{0,2}}(\.\d{{3}})+)(,\d+)?')
        then try_cast(replace(replace(bare, '.', ''), ',', '.') as double) end as with_comma
from (
    select
        source, field, value, count(*) as said,
        regexp_replace(value, '[\s\x{{A0}}\x{{202F}}''$€£%]', '', 'g') as bare
    from outside_known
    group by source, field, value
) as counted

-- name: outside_kinds
-- How the values of each field are read: as numbers where most are numbers, else as words; and those that are not like
-- the others: of numbers the words, which are left out, of words the numbers.
select
    k.source, k.field, k.kind,
    cast(coalesce(sum(case when (k.kind = 'words') = (r.number_too) then r.said end), 0) as bigint) as odd,
    min(case when (k.kind = 'words') = (r.number_too) then r.value end) as odd_value
from (
    select
        source, field,
        case
            when sum(case when with_point is not null then said else 0 end) >= {enough} * sum(said)
                and sum(case when with_point is not null then said else 0 end)
                    >= sum(case when with_comma is not null then said else 0 end) then 'point'
            when sum(case when with_comma is not null then said else 0 end) >= {enough} * sum(said) then 'comma'
            else 'words'
        end as kind
    from outside_readings
    group by source, field
) as k
inner join (
    select *, with_point is not null or with_comma is not null as number_too from outside_readings
) as r on r.source = k.source and r.field = k.field
group by k.source, k.field, k.kind

-- name: outside_kinds_known
-- The same, of fields that are known already as they are known.
select * from {known}
union all
select made.* from ({made}) as made anti join {known} as known on known.source = made.source and known.field = made.field

-- name: outside
-- What is known of each person from outside: a number, or a text.
select
    n.person, n.source, n.import_id, n.about, n.field,
    case k.kind when 'point' then r.with_point when 'comma' then r.with_comma end as number,
    case when k.kind = 'words' then n.value end as text
from outside_known as n
inner join outside_kinds as k on k.source = n.source and k.field = n.field
inner join outside_readings as r on r.source = n.source and r.field = n.field and r.value = n.value
where k.kind = 'words'
    or (k.kind = 'point' and r.with_point is not null)
    or (k.kind = 'comma' and r.with_comma is not null)
