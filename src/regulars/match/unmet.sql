-- name: unmet
-- The values of the settings (relation `written`: each in every form in which it may be kept) that are no identifier of
-- any card, no address where they are blocked, and no birth date where they are allowed.
with kept as (
    select lower(value) as form from held
    union
    select regexp_replace(lower(value), '[^\p{L}\p{N}]', '', 'g') from held
),
met as (
    select setting, value from written semi join kept using (form)
    union
    select setting, value from written
    where setting = 'allowed_values' and form in (select birth_date from current_versions)
    union
    select 'blocked_values', value from at_blocked_doors
)
select distinct setting, value, place from written anti join met using (setting, value) order by setting, place
