-- name: phones
-- Ten North American digits whose area code is in use, and French numbers of France's customers, are settled here.
-- Extensions, letters, other countries and everything doubtful go to `phones.py`.
select
    found,
    country,
    case when american then '+1' || right(digits, 10) else '+33' || right(digits, 9) end as standard,
    nullif(concat_ws(',',
        case when trim(found) like '''%' then '"apostrophe"' end,
        case when not plus then '"international"' end,
        case when plus and '+' || digits <> trim(trim(found), '''') then '"format"' end
    ), '') as rules,
    plain and (american or french) as settled
from (
    select
        found,
        country,
        digits,
        plus,
        regexp_full_match(trim(found), '''?\+?[\d\s().-]+') as plain,
        (case when plus then length(digits) = 11 and digits like '1%' else country in ('CA', 'US') end)
            and regexp_full_match(digits, '1?(' || $codes || ')[2-9]\d{6}')
            and varied as american,
        (case when plus then true else country = 'FR' end)
            and regexp_full_match(digits, case when plus then '33[1-9]\d{8}' else '0[1-9]\d{8}' end)
            and varied as french
    from (
        select
            found,
            country,
            regexp_replace(found, '\D', '', 'g') as digits,
            trim(trim(found), '''') like '+%' as plus,
            replace(right(regexp_replace(found, '\D', '', 'g'), 7), right(regexp_replace(found, '\D', '', 'g'), 1), '')
                <> '' as varied
        from found_phones
    )
)
