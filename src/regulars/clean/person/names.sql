-- name: names
-- Names that need nothing, or one word in one case, are settled here; they are nine in ten.
-- A word with a capital inside, a mark, a digit or a particle goes to `names.py`.
select
    found,
    case when proper then found else upper(found[1]) || lower(found[2:]) end as standard,
    case when not proper then '"case"' end as rules,
    proper or one_word as settled
from (
    select
        found,
        regexp_full_match(found, '\p{Lu}\p{Ll}+([ ''’-]\p{Lu}\p{Ll}+)*|\p{Lu}\.?')
            and found not in ('X', 'Xx', 'Xxx', 'None', 'Unknown', 'Inconnu', 'Inconnue', 'Aucun', 'Aucune') as proper,
        regexp_full_match(found, '\p{Lu}{3,}|\p{Ll}{3,}')
            and not regexp_matches(lower(found), '^(ma?c|i{1,3}$|iv$|nan$|nil$|null$|none$|xxx|unknown$|inconnue?$|aucune?$)')
            and lower(found) not in ('des', 'van', 'von', 'der', 'den', 'ter', 'ten', 'dos', 'das', 'della', 'del') as one_word
    from found_names
)
where found is not null
