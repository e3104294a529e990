-- name: wholes
-- Which text of a row holds a whole name, and which its address, before either is read into parts; and what the row
-- calls somebody, as a part of the key that is made of it.
select
    *,
    $called as called,
    $whole as whole,
    coalesce(case when house_number is null then street end, case when street is null then address_line end) as address
from people_found

-- name: parts
-- The row with its whole name and its address line read into parts; a part that has a column of its own keeps that.
-- Titles before a given name and suffixes behind a family name, or in its place, move to columns of their own.
select
    f.* exclude (
        raw, name_prefix, given_name, middle_name, family_name, name_suffix, house_number, unit, street, city, region, postcode, country,
        given, family, family_name_alone, given_title, family_title, title, suffix, n_prefix, n_middle, n_suffix
    ),
    coalesce(f.name_prefix, n_prefix, title) as name_prefix,
    case when given_title is null then given else regexp_replace(given, '^\s*\S+\s+', '') end as given_name,
    coalesce(f.middle_name, n_middle) as middle_name,
    case when suffix is null then family_name_alone else nullif(regexp_replace(family_name_alone, '(,?\s+|^\s*)\S+\s*$', ''), '') end as family_name,
    coalesce(f.name_suffix, n_suffix, suffix) as name_suffix,
    title is not null as title_moved,
    suffix is not null as suffix_moved,
    coalesce(f.house_number, a.house_number) as house_number,
    coalesce(f.unit, a.unit) as unit,
    case when f.house_number is null then coalesce(a.street, f.street) else coalesce(f.street, f.address_line) end as street,
    coalesce(f.city, a.city) as city,
    coalesce(f.region, a.region) as region_found,
    coalesce(f.postcode, a.postcode) as postcode_found,
    coalesce(f.country, a.country) as country_found,
    f.house_number is null and a.house_number is not null as number_read,
    f.unit is null and a.unit is not null as unit_read,
    f.street is null or (f.house_number is null and a.street <> f.street) as street_read,
    f.city is null and a.city is not null as city_read,
    f.region is null and a.region is not null as region_read,
    f.postcode is null and a.postcode is not null as postcode_read,
    f.country is null and a.country is not null as country_read_off
from (
    select
        w.*,
        coalesce(n.given_name, n.family_name) is not null as split,
        case when split then n.given_name else w.given_name end as given,
        case when split then n.family_name else w.family_name end as family,
        n.name_prefix as n_prefix,
        n.middle_name as n_middle,
        n.name_suffix as n_suffix,
        case when w.name_prefix is null and n.name_prefix is null
            then nullif(regexp_extract(w.given_name, '^\s*(mme|mlle|mrs|mr|ms|miss|monsieur|madame|dre?)\.?\s+\S', 1, 'i'), '') end as given_title,
        nullif(regexp_extract(w.family_name, '^\s*(mme|mlle|mrs|mr|ms|miss|monsieur|madame|dre?|prof)\.?\s+\S', 1, 'i'), '') as family_title,
        case when split or family_title is null then family else regexp_replace(family, '^\s*\S+\s+', '') end as family_name_alone,
        case when w.name_prefix is null and n.name_prefix is null then coalesce(given_title, family_title) end as title,
        case when w.name_suffix is null and n.name_suffix is null
            then coalesce(
                nullif(regexp_extract(family, '\S,?\s+(jr|sr|junior|senior|ii|iii|iv|fils|p[èe]re)\.?\s*$', 1, 'i'), ''),
                nullif(regexp_extract(family, '^\s*(jr|sr|ii|iii|iv|fils)\.?\s*$', 1, 'i'), '')) end as suffix
    from people_wholes w left join settled_full_names n on n.found = w.whole
) f
left join settled_addresses a on a.found = f.address

-- name: placed
-- Where each row's telephones are read: in its own country, else the shop's.
select r.* , case when length(p.country) = 2 then p.country else $home end as country_read,
    p.country as country, p.country_rules, p.region, p.region_rules, p.postcode, p.postcode_rules
from people_parts r
left join settled_places p on p.country_found is not distinct from r.country_found
    and p.region_found is not distinct from r.region_found and p.postcode_found is not distinct from r.postcode_found

-- name: named
-- Every field's standard value beside the rules that made it, and the key: the file's own, else made of what names
-- the person, so that the same person of the same source meets the same record again.
select *, nobody or rounded as left_out
from (
    select
        *,
        coalesce(file_key, $made_keys, 'row:' || left(content_hash, 16)) as source_key,
        coalesce(file_key, full_name, given_name, family_name, email, phone, loyalty_card, user_id) is null and not ($other_identifier) as nobody,
        $rounded as rounded,
        $changes as changes
    from (
        select
            p.* exclude (
                name_prefix, given_name, middle_name, family_name, name_suffix, full_name, email, phone, birth_date, age, birth_place, occupation, gender,
                language, address_line, house_number, street, unit, city, loyalty_card, user_id,
                region, region_rules, postcode, postcode_rules, country, country_rules
            ),
            $source_key as file_key,
            name_prefix.standard as name_prefix,
            concat_ws(',', case when p.title_moved then '"moved"' end, case when p.split and p.name_prefix is not null then '"split"' end, name_prefix.rules)
                as name_prefix_rules,
            given_name.standard as given_name,
            concat_ws(',', case when (p.split or p.title_moved) and p.given_name is not null then '"split"' end, given_name.rules) as given_name_rules,
            middle_name.standard as middle_name,
            concat_ws(',', case when p.split and p.middle_name is not null then '"split"' end, middle_name.rules) as middle_name_rules,
            family_name.standard as family_name,
            concat_ws(',', case when (p.split or p.suffix_moved) and p.family_name is not null then '"split"' end, family_name.rules) as family_name_rules,
            case rtrim(lower(trim(p.name_suffix)), '.')
                when 'jr' then 'Jr' when 'junior' then 'Jr' when 'fils' then 'Jr' when 'sr' then 'Sr' when 'senior' then 'Sr' when 'père' then 'Sr' when 'pere' then 'Sr'
                when 'ii' then 'II' when 'iii' then 'III' when 'iv' then 'IV' else trim(p.name_suffix)
            end as suffix_made,
            suffix_made as name_suffix,
            concat_ws(',', case when p.suffix_moved then '"moved"' when suffix_made is distinct from p.name_suffix then '"format"' end) as name_suffix_rules,
            full_name.standard as full_name,
            full_name.rules as full_name_rules,
            emails.standard as email,
            emails.rules as email_rules,
            phones.standard as phone,
            phones.rules as phone_rules,
            birth_dates.standard as birth_date,
            birth_dates.rules as birth_date_rules,
            ages.standard as age,
            ages.rules as age_rules,
            birth_place.standard as birth_place,
            birth_place.rules as birth_place_rules,
            occupation.standard as occupation,
            occupation.rules as occupation_rules,
            genders.standard as gender,
            genders.rules as gender_rules,
            languages.standard as language,
            languages.rules as language_rules,
            address_line.standard as address_line,
            address_line.rules as address_line_rules,
            coalesce(p.country_read = 'CA' and p.unit is null and regexp_full_match(p.house_number, '\d{1,5}[A-Za-z]?\s*[-–]\s*\d+[A-Za-z]?'), false) as hyphened,
            case when hyphened then regexp_extract(p.house_number, '(\d+[A-Za-z]?)$', 1)
                else $house_number end as house_number,
            concat_ws(',', case when p.number_read then '"address"' end, case when hyphened then '"format"' else $house_number_rules end)
                as house_number_rules,
            streets.standard as street,
            concat_ws(',', case when p.street_read and p.street is not null then '"address"' end, streets.rules) as street_rules,
            case when hyphened then regexp_extract(p.house_number, '^(\w+)', 1) else doors.standard end as unit,
            concat_ws(',', case when p.unit_read or hyphened then '"address"' end, doors.rules) as unit_rules,
            city.standard as city,
            concat_ws(',', case when p.city_read then '"address"' end, city.rules) as city_rules,
            p.region,
            concat_ws(',', case when p.region_read then '"address"' end, p.region_rules) as region_rules,
            p.postcode,
            concat_ws(',', case when p.postcode_read then '"address"' end, p.postcode_rules) as postcode_rules,
            p.country,
            concat_ws(',', case when p.country_read_off then '"address"' end, p.country_rules) as country_rules,
            $loyalty_card as loyalty_card,
            $loyalty_card_rules as loyalty_card_rules,
            $user_id as user_id,
            $user_id_rules as user_id_rules
        from people_placed p
        left join settled_names name_prefix on name_prefix.found = p.name_prefix
        left join settled_names given_name on given_name.found = p.given_name
        left join settled_names middle_name on middle_name.found = p.middle_name
        left join settled_names family_name on family_name.found = p.family_name
        left join settled_names full_name on full_name.found = p.full_name
        left join settled_names birth_place on birth_place.found = p.birth_place
        left join settled_names occupation on occupation.found = p.occupation
        left join settled_names city on city.found = p.city
        left join settled_lines address_line on address_line.found = p.address_line
        left join settled_emails emails on emails.found = p.email
        left join settled_phones phones on phones.found = p.phone and phones.country = p.country_read
        left join settled_birth_dates birth_dates on birth_dates.found = p.birth_date
        left join settled_ages ages on ages.found = p.age
        left join settled_genders genders on genders.found = p.gender
        left join settled_languages languages on languages.found = p.language
        left join settled_streets streets on streets.found = p.street
        left join settled_doors doors on doors.found = p.unit
    )
)

-- name: rows
-- The rows that name somebody, in the order of the file. A date that lies ahead of the load, or before 1970, is no date: a
-- typo must not make a row the newest word for ever.
-- Who was born in a year is as old as the year in which the row was seen says.
select n.line, n.source_key, n.content_hash, n.seen_us, $fields, f.raw, n.changes
from (
    select * exclude (age),
        case when updated_us between $earliest and $loaded_us then updated_us else cast($loaded_us as bigint) end as seen_us,
        year(make_timestamp(seen_us)) - try_cast(people_named.age as integer) as years,
        case when length(people_named.age) < 4 then people_named.age when years >= 0 then cast(years as varchar) end as age
    from people_named
) n join people_found f on f.line = n.line
where not n.left_out order by n.line

-- name: identifiers
-- What names the person, each value once a row.
select distinct line, source_key, type, value from ($identifiers) where value is not null order by line, type, value

-- name: consents
-- Consent facts under the key of their row.
select f.line, n.source_key, f.channel, f.purpose, f.state, f.basis, f.proof, f.at_us, f.expires_us
from $facts f join people_named n on n.line = f.line
where not n.left_out order by f.line, f.channel

-- name: rejects
-- Rows that nothing names, or by a number that is no longer itself.
select line, rounded from people_named where left_out order by line
