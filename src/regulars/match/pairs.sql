-- name: likely
-- The pairs that may be likely enough for a human to see, by what pairs that look so can say at most.
select patterned.a, patterned.b from patterned join hopeful on hopeful.a = patterned.pattern where probability >= $review

-- name: scored
select * from ({weighed}) where probability >= $review

-- name: found
-- Some candidate pairs by the keys that found them, and how many of them a human should see.
select found_by, count(*) as pairs, count(*) filter (where probability >= $review) as likely
from some_candidates join ({weighed}) using (a, b)
group by found_by order by found_by

-- name: every_two
select l.card as a, r.card as b from cards as l join cards as r on l.card < r.card

-- name: answered
-- The pairs that people were asked about, and what they said; not those that no threshold would join, nor those that somebody named of their own: nobody names what is easy.
-- Of the sample, those whom an identifier joins meanwhile tell nothing of what likeness joins.
select least(l.card, r.card) as a, greatest(l.card, r.card) as b, verdict = 'same' as same,
    asked = 'sample' and not joinable.exact as sampled
from standing
join numbered as l on l.record = standing.record_a
join numbered as r on r.record = standing.record_b
join joinable on joinable.a = least(l.card, r.card) and joinable.b = greatest(l.card, r.card)
where asked in ('review', 'sample') and zone in ('review', 'automatic')

-- name: answers
select weight, probability, same, sampled
from answered join answered_weighed using (a, b)
order by a, b

-- name: anyones
-- Cards that agree with several people of different names in what a household shares, and in nothing of their own: a
-- parcel for a family. Whose they are cannot be told.
select alike.card
from (
    select a as card, b as other from scored where not personal
    union all
    select b, a from scored where not personal
) as alike
join cards on cards.card = alike.other
group by alike.card
having count(distinct given) > 1

-- name: joinable
-- What the model may join where it is sure enough: nobody who can never be one person, and nobody's parcel. A junior and
-- a namesake of whom it is not said are not; who holds an e-mail of both is joined by a birth date or a number of one's
-- own alone. An identifier that others hold too, who contradict one of its holders, does not tell whose a record is, and
-- a birth date does. Twins share a birth date and a mailbox, father and son of one name a mailbox and a door: who share an
-- e-mail or a telephone, and no number, and have other first names and one birth date, or birth dates a generation apart,
-- are two. Of whom nothing of their own joins, names that are not alike are taken for two names, though the alphabet of one
-- tells nothing of it. (`refused` knows of nobody who shares nothing, nor of whom rules join.) `exact`: joined without the model.
select a, b, scored.weight, scored.probability, scored.fields, exact_links.a is not null as exact
from scored join scored_judged as judged using (a, b)
left join exact_links using (a, b)
left join refused using (a, b)
where not never and not suffix_alone
    and (coalesce(refused.strong, true) or not (generation_differs or given_differs and birth_agrees))
    and (exact or birth_agrees or not (refused.reason is not distinct from 'contested'
        or a in (from of_two) or b in (from of_two)))
    and (personal or not (a in (from anyones) or b in (from anyones) or two_scripts))

-- name: model_links
-- Joined by the model.
select a, b, weight, probability, fields from joinable where probability >= $threshold

-- name: dropped_unseen
-- The pairs whose shared identifier was dropped, and that were not likely enough to be weighed by themselves. Of a value
-- that very many hold, each holder with some of the others.
select a, b, reason
from (select a, b, min(reason) as reason from dropped group by a, b)
semi join exact_links using (a, b)
anti join scored using (a, b)
qualify row_number() over (partition by a order by b) <= $largest or row_number() over (partition by b order by a) <= $largest

-- name: review_pairs
-- What a human should look at: pairs in doubt, sure pairs that others contradict, and shared identifiers that could not be
-- told apart (relation `refused_weighed`) or were dropped (`dropped_weighed`), however unlikely. Not those that are one
-- person by other links, nor those judged before; nor members of a household whose given names differ and who are not half
-- as likely as others that are asked; nor, unless it is likely enough, whom nothing but a name joins: a human has no more
-- to go by. Two groups are one question: their likeliest pair asks it. Of too many for one person, each is asked about with
-- the likeliest other only: what is answered brings the next. Who look like a household and share neither a home nor an
-- identifier are asked about for their family name.
with gone as (
    select dropped.a, dropped.b, min(dropped.reason) as reason, exact_links.a is not null as exact
    from dropped left join exact_links using (a, b)
    group by all
),
doubtful as (
    select a, b, scored.weight, scored.probability, scored.fields,
        case
            when gone.exact or gone.reason in ('too many', 'others told apart') then gone.reason
            when suffix_differs then 'suffixes differ'
            when suffix_alone then 'one suffix'
            when other_name then 'other names'
            when gender_differs then 'genders differ'
            when probability >= $threshold and personal then coalesce(
                gone.reason,
                case when refused.reason in ('contested', 'contradicted') then refused.reason else 'of two' end)
            when rival = 'household' or probability >= $threshold then 'same household'
            when rival = 'namesake' then 'same name'
            else 'undecided' end as reason
    from scored join scored_judged as judged using (a, b)
    left join gone using (a, b)
    left join refused using (a, b)
    where gone.exact or probability >= $by_name or regexp_matches(
        regexp_replace(scored.fields, $names, '', 'g'),
        ': (0[.]0*[1-9]|[1-9])')
    union all
    select a, b, refused_weighed.weight, refused_weighed.probability, refused_weighed.fields, reason
    from refused join refused_weighed using (a, b) join judged using (a, b)
    where not judged.given_differs or probability >= $other_names
    union all
    select a, b, weight, probability, fields, reason
    from dropped_unseen join dropped_weighed using (a, b)
),
asked as (
    select least(l.record, r.record) as record_a, greatest(l.record, r.record) as record_b,
        cast(weight as double) as weight, probability, fields, reason, l.person as one, r.person as other
    from doubtful
    join grouped as l on l.card = a
    join grouped as r on r.card = b
    anti join told_apart using (a, b)
    where l.person <> r.person
    qualify row_number() over (
        partition by least(l.person, r.person), greatest(l.person, r.person) order by probability desc, record_a, record_b) = 1
),
likeliest as (
    select record_a, record_b
    from (
        select one as person, record_a, record_b, probability from asked where reason = 'too many'
        union all
        select other, record_a, record_b, probability from asked where reason = 'too many'
    )
    qualify row_number() over (partition by person order by probability desc, record_a, record_b) = 1
)
select record_a, record_b, weight, probability, fields,
    case
        when reason <> 'same household' or shared.a is not null or {one_home} then reason
        when family_l = family_r then 'same family name'
        else 'undecided' end as reason
from asked
join (
    select record as record_a, card as card_l, door as door_l, street as street_l,
        postcode as postcode_l, family as family_l
    from cards
) using (record_a)
join (
    select record as record_b, card as card_r, door as door_r, street as street_r,
        postcode as postcode_r, family as family_r
    from cards
) using (record_b)
left join (select distinct a, b from sharing) as shared
    on shared.a = least(card_l, card_r) and shared.b = greatest(card_l, card_r)
where reason <> 'too many' or (record_a, record_b) in (from likeliest)
order by record_a, record_b

-- name: pairs_in_groups
-- Every pair inside the groups that are neither two cards nor too many to look at.
select l.card as a, r.card as b
from grouped as l
join grouped as r on l.person = r.person and l.card < r.card
where l.members between 3 and $largest

-- name: unseen_inside
-- Those of them that were not likely enough to be weighed by themselves.
select a, b from inside anti join scored using (a, b)

-- name: evidence_by_model
-- What the pairs inside groups say by the model. A senior and his junior are never one person; a card or an account that
-- joined two is theirs, however little else is known; a junior's namesake does not speak for him; who has nothing to
-- compare says nothing, and who has no name and no birth date says nothing against: an address of somebody's that is not
-- the other one is no contradiction.
with said as (
    select a, b, evidence, comparable, named, never, suffix_alone
    from inside join scored using (a, b) join scored_judged using (a, b)
    union all
    select a, b, evidence, comparable, named, never, suffix_alone
    from unseen_weighed join unseen_judged using (a, b)
)
select said.a, said.b,
    case
        when never then '-inf'::double
        when strong then greatest(evidence, $number)
        when suffix_alone then least(evidence, 0)
        else evidence end as bits,
    strong, suffix_alone
from (select said.*, coalesce(exact_links.strong, false) as strong from said left join exact_links using (a, b)) as said
where never or (comparable and (evidence > 0 or named))

-- name: in_doubt
-- How near they are in each field, of those pairs that are looked at again field by field.
select inside, strong, suffix_alone, {levels} {shares}
from in_doubt join in_doubt_compared using (a, b)
order by n

-- name: evidence_by_rules
-- The same where there are too few records for a model: cards that contradict each other are not one person, and
-- others may be.
select a, b, case when contradicted then '-inf'::double else 1.0::double end as bits, false as strong, false as suffix_alone
from unseen_judged
