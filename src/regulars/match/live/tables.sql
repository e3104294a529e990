-- name: versions
-- What some records say now.
select v.record, r.source, v.fact, {columns}
from record_versions as v
join records as r on r.record = v.record
where v.superseded_by is null and v.record in ({some})
order by v.fact

-- name: identifiers
select record, type, value, fact from identifiers where record in ({some})

-- name: persons_with
-- Some records with the person of each, and all others of these people.
select i.record, i.person
from identity as i
where i.until_us is null
    and i.person in (select person from identity where record in ({some}) and until_us is null)

-- name: said
-- What people said of some records among each other, as it stands.
select record_a, record_b, verdict, who, verdict_id
from verdicts
where withdrawn_us is null and record_a in ({some}) and record_b in ({some})
order by verdict_id

-- name: said_of
-- What people said of some records and whomever, as it stands.
select record_a, record_b, verdict, who, verdict_id
from verdicts
where withdrawn_us is null and (record_a in ({some}) or record_b in ({some}))
order by verdict_id

-- name: in_order
select record, source, source_key from records where record in ({some})

-- name: links
-- Why some records are one person, as far as it is written down.
select record_a, record_b, kind, rule, model_version
from links where record_a in ({some})

-- name: asked
-- The questions that wait about some people, with whom each is about.
select q.record_a, q.record_b, q.probability, l.person, r.person
from identity as l
join review_pairs as q on q.record_a = l.record
join identity as r on r.record = q.record_b and r.until_us is null
where l.until_us is null and l.person in ({some})
union
select q.record_a, q.record_b, q.probability, l.person, r.person
from identity as r
join review_pairs as q on q.record_b = r.record
join identity as l on l.record = q.record_a and l.until_us is null
where r.until_us is null and r.person in ({some})
