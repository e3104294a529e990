-- name: read
-- What a row tells, and the first thing wrong with it.
select
    *,
    case
        when attributes is null then 'nothing'
        when when_text is not null and at_us is null then 'date'
        when at_us > {latest} then 'future'
        when at_us < {earliest} then 'past'
    end as problem
from (
    select
        line,
        {when_text} as when_text,
        {at_us} as at_us,
        {topic} as topic,
        {attributes} as attributes
    from found
)

-- name: traits
-- The rows that are understood, with the key by which their file names somebody; a row that nothing names is nobody's.
select r.line, n.file_key as source_key, r.topic, coalesce(r.at_us, 0) as at_us, r.attributes, md5(r.attributes) as content_hash
from read as r
inner join people_named as n on n.line = r.line
where r.problem is null and not n.rounded
order by r.line

-- name: keys
-- The key by which the file names somebody on each row; one that is rounded names nobody.
select line, case when not rounded then file_key end as source_key from people_named order by line

-- name: rejects
-- The rows that cannot be understood.
select r.line, case when n.rounded then 'rounded' else r.problem end as problem, r.when_text as text
from read as r
inner join people_named as n on n.line = r.line
where r.problem is not null or n.rounded
order by r.line
