-- name: frequencies
-- What Splink weighs a value's commonness with: every value of the cards, a rare one as if it were just common.
select distinct {column}, coalesce(shares.share, {rare}) as tf_{column}
from cards left join shares_of_{column} as shares on shares.value = cards.{column}
where {column} is not null

-- name: scored
-- The pairs that Splink scored, the bits of each field in one JSON text.
select card_l as a, card_r as b, match_weight as weight, match_probability as probability,
    '{{' || concat_ws(', ', {fields}) || '}}' as fields
from {predicted}

-- name: model_links
-- Joined by the model: sure enough, not vetoed, and agreeing in something that a household does not share.
select a, b, scored.weight, scored.probability, scored.fields
from scored join scored_judged as judged using (a, b)
where probability >= $threshold and not vetoed and personal

-- name: review_pairs
-- What a human should look at: pairs in doubt, sure pairs that contradict each other, and shared identifiers that
-- could not be told apart and were not scored. Not those that are one person by other links, nor those judged before.
with doubtful as (
    select a, b, scored.weight, scored.probability, scored.fields,
        case
            when suffix_differs then 'suffixes differ'
            when vetoed and given_differs and birth_differs then 'given names and birth dates differ'
            when vetoed and given_differs then 'given names differ'
            when vetoed then 'birth dates differ'
            when not personal then 'same household'
            else 'undecided' end as reason
    from scored join scored_judged as judged using (a, b)
    where probability >= case when vetoed or not personal then $threshold else $review end
    union all
    select a, b, 0.0, 0.5, '{}', reason
    from refused anti join scored using (a, b)
)
select least(l.record, r.record) as record_a, greatest(l.record, r.record) as record_b,
    cast(weight as double) as weight, probability, fields, reason
from doubtful
join grouped as l on l.card = a
join grouped as r on r.card = b
anti join told_apart using (a, b)
where l.person <> r.person
order by record_a, record_b

-- name: pairs_in_groups
-- Every pair inside the groups that are neither two cards nor too many to look at.
select l.card as a, r.card as b
from grouped as l
join grouped as r on l.person = r.person and l.card < r.card
where l.members between 3 and {largest}

-- name: torn
-- Pairs inside a group that no link vouches for. A link between two cards that differ in name was made for good reason
-- (the same birth date and number); so who is linked to a card that agrees with the other is not torn from it. What is
-- torn was brought together by cards that say nothing: an order without a name.
with known as (
    select a, b, given_agrees, birth_agrees from inside
    union all
    select b, a, given_agrees, birth_agrees from inside
),
vouched as (
    select a, b from every_link
    union
    select b, a from every_link
),
doubted as (
    select a, b, a as one, b as other, given_differs, birth_differs from inside where irreconcilable and not suffix_differs
    union all
    select a, b, b, a, given_differs, birth_differs from inside where irreconcilable and not suffix_differs
)
select distinct a, b from inside
anti join (
    select doubted.a, doubted.b
    from doubted
    join vouched on vouched.a = doubted.one
    join known on known.a = vouched.b and known.b = doubted.other
    where (known.given_agrees or not doubted.given_differs) and (known.birth_agrees or not doubted.birth_differs)
) as reconciled using (a, b)
where irreconcilable
