-- name: at_home
-- Where each person lives now: of their records with an address, the door of the one told last. A door is a street, a
-- number, a flat, and a postcode or a town. Not those that the shop blocked, nor where more people live than a family
-- has: a large house whose flats nobody told, an office, a pick-up point.
with told as (
    select grouped.person, cards.street, cards.door, coalesce(cards.unit, '') as unit,
        coalesce(cards.postcode, cards.city) as place, cards.card
    from cards
    join grouped using (card)
    join current_versions on current_versions.record = cards.record
    where cards.street is not null and cards.door is not null and coalesce(cards.postcode, cards.city) is not null
        and regexp_replace(cards.door || cards.street, '[^\p{L}\p{N}]', '', 'g') not in (select value from blocked)
    qualify row_number() over (partition by grouped.person order by seen_us desc, current_versions.fact desc, cards.card) = 1
),
housed as (
    select *, count(*) over (partition by street, door, unit, place) as people from told
)
select person, street, door, unit, place from housed where people between 2 and $largest

-- name: names_and_numbers
-- The family names of those people, and the identifiers of theirs that name somebody.
select distinct grouped.person, 'name' as type, part as value
from grouped
join cards using (card)
cross join unnest(list_concat([cards.family], cards.family_parts)) as parts(part)
where part is not null and grouped.person in (select person from at_home)
union
select distinct grouped.person, usable.type, usable.value
from grouped
join usable using (card)
where grouped.person in (select person from at_home)

-- name: living_together
-- Pairs of people at one door who have a family name, or a part of a double one, or an identifier in common.
select distinct l.person as a, r.person as b
from at_home as l
join at_home as r on l.street = r.street and l.door = r.door and l.unit = r.unit and l.place = r.place
    and l.person < r.person
join names_and_numbers as of_l on of_l.person = l.person
join names_and_numbers as of_r on of_r.person = r.person and of_r.type = of_l.type and of_r.value = of_l.value
order by a, b

-- name: former
-- Where each person lived last who lives nowhere now, if nobody lives there and it has not become part of another.
select person, household
from (
    select person, household, until_us, row_number() over (partition by person order by since_us desc) as n
    from household_members
) as stays
where n = 1 and until_us is not null
    and household not in (select household from household_members where until_us is null)
    and household in (select household from households where merged_into is null)
order by person

-- name: homes
-- Where some people live.
select household, person, since_us from household_members where person in ({some}) and until_us is null

-- name: alone
-- Who is the only one left of some households.
select min(person), min(since_us) from household_members
where household in ({some}) and until_us is null
group by household having count(*) = 1
