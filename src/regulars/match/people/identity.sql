-- name: spans
-- Who some records were and are, and whom these people were merged into.
select i.record, i.since_us, i.until_us, i.person, p.merged_into
from identity as i join persons as p on p.person = i.person
where i.record in ({some})

-- name: into
select person, merged_into from persons where person in ({some})
