-- name: from_lake
-- What records say, as the lake has it.
select record, fact, seen_us, {columns} from mirrored where superseded_by is null

-- name: current_versions
-- What each record says now, and whether its name is a word that stands for none.
select found.*, found.fact in (select fact from fillers) as placeholder
from found_versions as found
semi join (select record, max(fact) as fact from found_versions group by record) as newest using (record, fact)

-- name: nobodies
-- Records that are nobody: a till's account for whoever walks in. Nothing names them but such a word.
select record
from (
    select *, coalesce(nullif(concat_ws(' ', given_name, family_name), ''), full_name) as name
    from current_versions
) as c
where (name is null and placeholder or {nobody})
    and coalesce(email, phone, loyalty_card, user_id) is null
    and record not in (select record from found_identifiers)

-- name: numbered
-- A card is a record's place in the order of (source, source_key): the same records give the same cards, in whatever
-- order they came, and so the same model and the same groups.
select cast(row_number() over (order by source, source_key) - 1 as bigint) as card, record, source
from found_records
where record not in (select record from nobodies)

-- name: held
-- Every identifier of every card, whether its own table tells it or the person's row.
with told as (
    select record, type, value, fact from found_identifiers
    union all
    select record, 'email', email, fact from current_versions
    union all
    select record, 'phone', phone, fact from current_versions
    union all
    select record, 'loyalty_card', loyalty_card, fact from current_versions
    union all
    select record, 'user_id', user_id, fact from current_versions
)
select numbered.card, type, value, max(fact) as fact
from told
join numbered using (record)
where value is not null and trim(value) <> ''
group by numbered.card, type, value
