-- name: mark
-- How far the store has come: the last import, how many were taken back, and the last word that somebody said.
select
    (select coalesce(max(import_id), 0) from imports),
    (select count(*) from imports where state = 'undone'),
    (select coalesce(max(verdict_id), 0) from verdicts)

-- name: changed
-- The records that imports told something of since, and those about which somebody said something.
-- As a full run numbers them.
select r.record
from (
    select record from record_versions where import_id > {last_import}
    union
    select record from identifiers where import_id > {last_import}
    union
    select record_a from verdicts where verdict_id > {last_verdict} or withdrawn_us >= {at_us}
    union
    select record_b from verdicts where verdict_id > {last_verdict} or withdrawn_us >= {at_us}
) as c
join records as r on r.record = c.record
where r.record > 0
order by r.source, r.source_key
