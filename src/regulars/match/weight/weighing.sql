-- name: weighed
-- For each pair the logarithm, to base 2, of how often a pair of each class looks so; then the odds. What is common says
-- little of two strangers or namesakes who share it, so its commonness is set against them.
with summed as (
    select *,
        {same} as same_bits,
        {household} as household_bits,
        {namesake} + {rarity} as namesake_bits,
        {stranger} + {rarity} as stranger_bits
    from {compared}
),
with_priors as (
    select *,
        same_bits + {same_prior} as same_sum,
        household_bits + {household_prior} as household_sum,
        namesake_bits + {namesake_prior} as namesake_sum,
        greatest(household_bits + {household_prior}, namesake_bits + {namesake_prior}, stranger_bits) as best_sum
    from summed
),
weighed as (
    select *,
        same_sum - best_sum
            - log2(pow(2.0, household_sum - best_sum) + pow(2.0, namesake_sum - best_sum) + pow(2.0, stranger_bits - best_sum))
            as weight
    from with_priors
)
select a, b, weight,
    1 / (1 + pow(2.0, -weight)) as probability,
    same_sum - greatest(household_sum, namesake_sum, stranger_bits + {same_prior}) as evidence,
    case best_sum when household_sum then 'household' when namesake_sum then 'namesake' else 'stranger' end as rival,
    {personal} as personal,
    coalesce({all_levels}) is not null as comparable,
    coalesce({own_levels}) is not null as named,
    '{{' || concat_ws(', ', {fields}) || '}}' as fields
from weighed
