-- name: spans
-- Who some records were and are, whom these people were merged into, and whether nobody was the person any longer.
select i.record, i.since_us, i.until_us, i.person, p.merged_into,
    case when i.until_us is null or exists (
        select 1 from identity as later
        where later.person = i.person and (later.until_us is null or later.until_us > i.until_us)
    ) then 0 else 1 end
from identity as i join persons as p on p.person = i.person
where i.record in ({some})

-- name: into
select person, merged_into from persons where person in ({some})
