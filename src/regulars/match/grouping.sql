-- name: every_link
-- All reasons to join, a row each, numbered. Strength decides what gives way when two who must be apart are joined: a person's
-- word above a number, a number above an e-mail or a telephone, these above the model; the later word above the
-- earlier, more identifiers above fewer, more bits above fewer.
with found as (
    select least(l.card, r.card) as a, greatest(l.card, r.card) as b, 'human' as kind, who as rule,
        cast(null as double) as weight, cast(null as double) as probability, cast(null as varchar) as fields,
        cast(null as varchar) as model_version, $word + verdict_id as strength
    from standing
    join numbered as l on l.record = standing.record_a
    join numbered as r on r.record = standing.record_b
    where verdict = 'same'
    union all
    select a, b, 'exact', rule, null, null, null, null, case when strong then $number else $mailbox end + types
    from exact_links
    union all
    select a, b, 'model', 'model', weight, probability, fields, $version, weight
    from model_links
)
select cast(row_number() over (order by found.a, found.b, kind, rule) - 1 as bigint) as n,
    found.a, found.b, cast(found.strength as double) as strength,
    least(l.record, r.record) as record_a, greatest(l.record, r.record) as record_b,
    kind, rule, cast(weight as double) as weight, probability, fields, model_version
from found
join numbered as l on l.card = found.a
join numbered as r on r.card = found.b

-- name: claims
-- What the cards of a group call their own, of groups that hold several mailboxes and several telephones or numbers:
-- `$email`, `$phone`, `$birth`, and numbers from `$number` on. Extensions are of one telephone.
with said as (
    select card, case type when 'email' then $email when 'phone' then $phone else $number + dense_rank() over (order by type) end
        as kind,
        case type when 'email' then lower(value) when 'phone' then split_part(value, ';', 1) else value end as value
    from usable where not role
    union all
    select card, $birth, birth from cards where birth is not null
),
inside as (
    select card, person, cast(kind as bigint) as kind, value
    from said join grouped using (card)
    where members between 2 and $largest
),
several as (
    select person from inside group by person
    having count(distinct value) filter (where kind = $email) > 1
        and greatest(
            count(distinct value) filter (where kind = $phone),
            count(distinct value) filter (where kind >= $number)) > 1
)
select person as "group", card, kind, value from inside semi join several using (person)
order by all

-- name: told_apart
-- Pairs that people said are different.
select distinct least(l.card, r.card) as a, greatest(l.card, r.card) as b
from standing
join numbered as l on l.record = standing.record_a
join numbered as r on r.record = standing.record_b
where verdict = 'different'

-- name: grouped
-- Which group each card is in, and how many share it.
select labels.card, numbered.record, labels.person, count(*) over (partition by labels.person) as members
from labels join numbered using (card)
