-- name: new_answers
-- How many answers about pairs that people were asked about came since the threshold was calibrated.
select count(*) as n from standing where asked in ('review', 'sample') and at_us >= $since

-- name: as_it_is
-- How many records are how many people, how many are nobody, how many pairs wait, and in how many households people
-- live.
select count(*), count(distinct person),
    (select count(*) from records as r
        where r.record > 0 and not exists (select 1 from identity as i where i.record = r.record and i.until_us is null)),
    (select count(*) from review_pairs),
    (select count(distinct household) from household_members where until_us is null)
from identity where until_us is null

-- name: checked
-- The joins by likeness alone that are of the sample and were checked, and how many of them were right.
select count(*), coalesce(sum(case verdict when 'same' then 1 else 0 end), 0)
from verdicts as v
where asked = 'sample' and zone in ('review', 'automatic') and probability >= ? and withdrawn_us is null
    and not exists (
        select 1 from links as l where l.record_a = v.record_a and l.record_b = v.record_b and l.kind = 'exact')

-- name: joined_by_hand
-- The people whom somebody joined.
select distinct i.person
from verdicts as v
join identity as i on i.record = v.record_a and i.until_us is null
join identity as j on j.record = v.record_b and j.until_us is null and j.person = i.person
where v.verdict = 'same' and v.withdrawn_us is null

-- name: named
-- Whether each card tells who it is of: by a name, an e-mail or a telephone. Others are anonymous.
select coalesce(given, family, email, phone) is not null as named from cards order by card
