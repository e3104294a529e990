-- name: rules
-- The rules that make a key of a text: what it must lose to stand as its own system writes it.
nullif(concat_ws(',',
    case when trim($text) <> $text then '"spaces"' end,
    case when trim($text) like '''%' then '"apostrophe"' end,
    case when regexp_full_match(ltrim(trim($text), ''''), '\d+\.0+') then '"decimals"' end
), '')
