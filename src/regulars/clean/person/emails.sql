-- name: emails
-- Addresses in plain letters are settled here, and those that stand in a field only to fill it.
-- What has a space, a bracket, no @, or a letter beyond ASCII goes to `emails.py`.
select
    found,
    case when not placeholder then small end as standard,
    case when placeholder then '"invalid: placeholder"' else nullif(
        concat_ws(',', case when trimmed <> found then '"spaces"' end, case when small <> trimmed then '"case"' end), ''
    ) end as rules,
    placeholder or plain as settled
from (
    select
        found,
        trimmed,
        small,
        regexp_full_match(
            small,
            '[a-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&''*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,63}'
        ) and not regexp_matches(small, '^[''<]|\.(local|localhost|invalid|onion)$')
            and length(small) <= 254 and strpos(small, '@') <= 65 as plain,
        regexp_full_match(small, $fillers) as placeholder
    from (select found, trim(found) as trimmed, lower(trim(found)) as small from found_emails)
)
