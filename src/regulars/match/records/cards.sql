-- name: filled
-- How many cards hold each kind of identifier, for the choice of what the model compares.
select type, count(distinct card) as cards, count(distinct value) as distinct_values
from usable where strong group by type order by type

-- name: foreign_names
-- Names with letters that the Latin alphabets of Europe have not.
select distinct name
from (
    select unnest([given_name, middle_name, family_name, full_name]) as name from current_versions
    where strlen(concat_ws('', given_name, middle_name, family_name, full_name))
        > length(concat_ws('', given_name, middle_name, family_name, full_name))
)
where regexp_matches(name, '{beyond_latin}')

-- name: in_latin_letters
-- What records say, their names in Latin letters, and what the letters told in which they were written.
select c.* replace (
        coalesce(given.latin, given_name) as given_name, coalesce(middle.latin, middle_name) as middle_name,
        coalesce(family.latin, family_name) as family_name, coalesce(whole.latin, full_name) as full_name),
    coalesce(
        given.script, family.script, case when given_name is null and family_name is null then whole.script end) as script
from current_versions as c
left join romanised as given on given.name = given_name
left join romanised as middle on middle.name = middle_name
left join romanised as family on family.name = family_name
left join romanised as whole on whole.name = full_name

-- name: folded
-- What each record says of a person, without accents, case or punctuation. `year_by_age`: the year of birth that an age
-- tells, where no birth date does. A title before the name tells a gender where nothing else does.
with in_plain_words as (
    select record,
        nullif(trim(regexp_replace(lower(strip_accents(given_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as given,
        nullif(trim(regexp_replace(lower(strip_accents(family_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as family,
        nullif(trim(regexp_replace(lower(strip_accents(middle_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as middle,
        nullif(trim(regexp_replace(lower(strip_accents(full_name)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as whole,
        map($suffix_words, $suffixes)[regexp_replace(lower(strip_accents(name_suffix)), '[^a-z0-9]', '', 'g')] as suffix,
        case when regexp_full_match(birth_date, '\d{4}-\d{2}-\d{2}') and birth_date not in (select value from no_births)
            then birth_date end as birth,
        case when regexp_full_match(age, '\d{1,3}')
            then cast(year(make_timestamp(seen_us)) - cast(age as bigint) as varchar) end as year_by_age,
        nullif(trim(regexp_replace(lower(strip_accents(birth_place)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as birth_place,
        nullif(trim(regexp_replace(lower(strip_accents(occupation)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as occupation,
        lower(coalesce(nullif(gender, ''), $title_gender)) as gender,
        nullif(regexp_replace(lower(house_number), '[^a-z0-9]+', '', 'g'), '') as door,
        nullif(regexp_replace(lower(unit), '[^a-z0-9]+', '', 'g'), '') as unit,
        nullif(trim(regexp_replace(lower(strip_accents(street)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as street,
        nullif(trim(regexp_replace(lower(strip_accents(city)), '[^\p{L}\p{N}]+', ' ', 'g')), '') as city,
        nullif(regexp_replace(lower(postcode), '[^a-z0-9]+', '', 'g'), '') as postcode,
        script
    from in_latin_letters
),
told as (
    select * replace (
        case when not list_contains($no_given_names, given) then regexp_replace(given, $only_initials, '\1\2') end as given,
        case when list_contains($no_family_names, family) then null
            else regexp_replace(family, $two_families, '\1') end as family),
        nullif(regexp_extract(family, $two_families, 2), '') as other_family
    from in_plain_words
)
select * replace (
        case when birth is null then year_by_age end as year_by_age,
        coalesce(
            regexp_replace(given, '(\S\S) (?:[a-z]|' || $behind_given || ')$', '\1'),
            case when family is null then nullif(regexp_extract(whole, '^(\S+) ', 1), '') end) as given,
        coalesce(middle, nullif(regexp_extract(given, '\S\S ([a-z])$', 1), '')) as middle,
        coalesce(
            suffix,
            nullif(regexp_extract(given, '\S\S (i|' || $behind_given || ')$', 1), ''),
            map($suffix_words, $suffixes)[regexp_extract(family, '\S\S (' || $behind_family || ')$', 1)]) as suffix,
        coalesce(
            regexp_replace(family, '(\S\S) (?:' || $behind_family || ')$', '\1'),
            case when given is null then nullif(regexp_extract(whole, '(\S+)$', 1), '') end) as family)
    from told

-- name: reached
-- The identifiers of each card: the newest e-mail and telephone, and those that the model compares (`id_columns`).
select card,
    arg_max(value, row(fact, value)) filter (where type = 'email' and not role) as email,
    arg_max(value, row(fact, value)) filter (where type = 'phone') as phone
    {id_columns}
from usable left join slots using (type) group by card

-- name: spelt
-- The family name that a mailbox spells beside the given name, of records that tell none: adam.hargate@, roydenise77@,
-- d.roy@. Words that are nobody's name are none.
select record, replace(word, '-', ' ') as family
from (
    select record, given,
        regexp_replace(split_part(lower(email), '@', 1), '[._-]*[0-9]*$', '') as letters,
        case
            when starts_with(letters, given) then substr(letters, length(given) + 1)
            when ends_with(letters, given) then left(letters, length(letters) - length(given))
            when regexp_matches(letters, '^[a-z][._-]') and left(letters, 1) = left(given, 1) then substr(letters, 2)
        end as beside,
        trim(beside, '._-') as word
    from folded join numbered using (record) join reached using (card)
    where family is null and regexp_full_match(given, '[a-z]{3,}') and email is not null
)
where regexp_full_match(word, '[a-z]{3,}(-[a-z]{2,})?') and (word <> beside or length(word) >= 4)
    and not list_contains($no_family_names, word)

-- name: cards
-- One row a record, as it is compared. `given_formal` are the formal names a given name may be short for; `family_parts` the longer words of
-- the family names and the short names whole; `given_first` and `given_last` what a compound one is made of; `given_listed` it, or the last of these, where it is a common name.
select numbered.card, numbered.record, numbered.source, folded.* exclude (record, whole),
    cast(coalesce(left(folded.birth, 4), folded.year_by_age) as bigint) as birth_year,
    left(list_reduce(string_split(street, ' '), lambda a, b: case when length(b) > length(a) then b else a end), 6)
        as street_word,
    string_split(given, ' ') as given_parts,
    case when len(given_parts) > 1 then given_parts[1] end as given_first,
    case when len(given_parts) > 1 then given_parts[-1] end as given_last, given_names.name as given_listed,
    case when family is not null then list_concat(
        list_filter(string_split(concat_ws(' ', family, other_family), ' '), lambda part: length(part) > 3),
        list_filter([family, other_family], lambda name: length(name) <= 3)) end as family_parts,
    case when given is not null then list_concat([given], coalesce(nick.roots, []), coalesce(first_nick.roots, [])) end as given_formal,
    list_transform(given_formal, lambda name: left(name, 1)) as initials,
    other_names.others as other_names,
    lower(reached.email) as email, split_part(lower(reached.email), '@', 1) as mailbox,
    regexp_replace(split_part(reached.email, '@', 1), '[^0-9]', '', 'g') as digits, reached.phone,
    reached.* exclude (card, email, phone)
from numbered
left join (
    select folded.* replace (coalesce(folded.family, spelt.family) as family) from folded left join spelt using (record)
) as folded using (record)
left join reached using (card)
left join nicknames as nick on nick.name = folded.given
left join given_names on given_names.name = string_split(folded.given, ' ')[-1]
left join other_names on other_names.name = split_part(folded.given, ' ', 1)
left join nicknames as first_nick on first_nick.name = split_part(folded.given, ' ', 1) and first_nick.name <> folded.given
order by card
