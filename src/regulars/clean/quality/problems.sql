-- name: people
-- Who each record is: the person that matching found, else the record itself. A postal address makes a record mailable.
-- A customer of whom only orders are known has no card, and no way to be reached. A card that names nobody ("Walk-in"), or
-- that has no name and nothing hangs on it, is nobody.
select
    coalesce(w.person, -r.record) as person,
    r.record,
    r.source,
    r.email is not null or r.phone is not null as has_wire,
    coalesce(r.has_address, false) as has_address,
    r.source is not null and {nobody} and (
        nullif(concat_ws('', r.full_name, r.given_name, r.family_name), '') is not null
        or r.record not in (select record from order_lines union all select record from happenings)
    ) as nobody,
    coalesce(r.full_name, nullif(concat_ws(' ', r.given_name, r.family_name), ''), k.source || ':' || k.source_key) as shown,
    case when r.has_address then coalesce(cast(w.person as varchar), md5(lower(strip_accents(concat_ws('|',
        coalesce(r.given_name, ''), coalesce(r.family_name, r.full_name, cast(r.record as varchar)),
        coalesce(r.house_number, ''), coalesce(r.street, r.address_line), coalesce(r.postcode, r.city)
    ))))) end as mailed_as
from (
    select * from quality_records
    union all by name
    select distinct record from order_lines where record <> 0 and record not in (select record from quality_records)
) r
inner join records k on k.record = r.record
left join (select record, person from identity where until_us is null) w on w.record = r.record

-- name: crowd
-- People on whom so many facts hang that they are an account of many: walk-in customers, a staff card.
select w.person, count(*) as facts, min(k.source || ':' || k.source_key) as shown
from (select record from order_lines union all select record from happenings) f
inner join (select record, person from identity where until_us is null) w on w.record = f.record
inner join records k on k.record = f.record
group by w.person having count(*) > {crowd}

-- name: crowds
-- How many they are.
select count(*) as people, arg_max(shown, facts, 3) as examples from quality_crowd

-- name: unreachable
-- Somebody, none of whose records has an e-mail, a telephone or an address.
select count(*) as people, arg_min(shown, person, 3) as examples
from (
    select person, min(shown) as shown from quality_people
    where person not in (select person from quality_crowd)
    group by person having not bool_or(has_wire or has_address) and not bool_and(nobody)
)

-- name: duplicates
-- Records of one source beyond the first that would get the same letter: the same person, or before matching the same
-- name at the same address.
select cast(coalesce(sum(records - 1), 0) as bigint) as extra, arg_max(shown, records, 3) as examples
from (
    select source, mailed_as, count(*) as records, min(shown) as shown
    from quality_people where mailed_as is not null group by source, mailed_as having count(*) > 1
)

-- name: no_customer
-- Order lines that hang on nobody.
select count(*) as lines, count(*) filter (where record = $nobody) as nameless,
    list(distinct source) filter (where record = $nobody)[:3] as examples
from order_lines

-- name: rejected
-- Rows refused and not replayed, with the most frequent reasons.
select cast(coalesce(sum(rows), 0) as bigint) as rows, arg_max(reason, rows, 3) as examples
from (select $reason as reason, count(*) as rows from rejects where replayed_by is null group by all)

-- name: refused
-- Records in which one field was refused, and three of them to show, of those still kept as they were found.
select count(*) as rows, arg_min(raw, fact, 3) filter (where raw is not null) as raws,
    arg_min(import_id, fact, 3) filter (where raw is not null) as imports
from quality_records where refused is not null and regexp_matches(refused, $pattern)

-- name: domains
-- The domains of all e-mail addresses.
select split_part(email, '@', 2) as domain, count(*) as rows
from quality_records where email is not null group by 1 order by rows desc, domain

-- name: one_answer
-- Consent columns of one answer for all, of at least 20.
select source, channel, min(state) as state, count(*) as answers
from consents group by source, channel having count(distinct state) = 1 and count(*) >= 20 order by source, channel
