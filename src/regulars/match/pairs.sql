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

-- name: vetoed_in_groups
-- Pairs of one group, linked only through others, that cannot be one person.
select l.card as a, r.card as b
from grouped as l
join grouped as r on l.person = r.person and l.card < r.card
where l.members between 3 and $largest
