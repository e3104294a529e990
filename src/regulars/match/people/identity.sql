-- name: spans
-- Who some records were and are, whom these people were merged into, whether nobody else was the person any longer
-- then, and whether it was a new one.
select i.record, i.since_us, i.until_us, i.person, p.merged_into,
    case when i.until_us is null or exists (
        select 1 from identity as other
        where other.person = i.person and other.since_us <= i.until_us
            and (other.until_us is null or other.until_us > i.until_us)
    ) then 0 else 1 end,
    case when i.since_us = p.born_us then 1 else 0 end
from identity as i join persons as p on p.person = i.person
where i.record in ({some})

-- name: into
select person, merged_into from persons where person in ({some})
