-- name: mark
-- How far the store has come: the last import, how many were taken back, and the last word that somebody said.
select
    (select coalesce(max(import_id), 0) from imports),
    (select count(*) from imports where state = 'undone'),
    (select coalesce(max(verdict_id), 0) from verdicts)

-- name: changed
-- The records that imports told something of, and those about which somebody said something (`spoken`), after one mark
-- and up to another.
select r.record, max(c.spoken), r.source, r.source_key
from (
    select record, 0 as spoken from record_versions where import_id > ? and import_id <= ?
    union
    select record, 0 from identifiers where import_id > ? and import_id <= ?
    union
    select record_a, 1 from verdicts
    where verdict_id > ? and verdict_id <= ?
        or withdrawn_us >= ? and withdrawn_us <= ?
    union
    select record_b, 1 from verdicts
    where verdict_id > ? and verdict_id <= ?
        or withdrawn_us >= ? and withdrawn_us <= ?
) as c
join records as r on r.record = c.record
where r.record > 0
group by r.record, r.source, r.source_key
