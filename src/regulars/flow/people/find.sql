-- name: by_name
-- People whose name has these letters in it, whatever their accents and whichever name comes first.
select person from profiles
where contains(strip_accents(lower(concat_ws(' ', given_name, family_name))), strip_accents(lower($name)))
    or contains(strip_accents(lower(concat_ws(' ', family_name, given_name))), strip_accents(lower($name)))
order by person
limit 51
