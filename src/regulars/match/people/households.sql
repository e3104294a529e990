-- name: at_blocked_doors
-- The cards at a door that the shop blocked, and the value by which it did. A blocked door that tells a flat, a postcode
-- or a town is blocked there alone.
select cards.card, b.value
from cards
join blocked_doors as b on b.door = cards.door and b.street = cards.street
    and coalesce(b.unit = cards.unit, b.unit is null)
    and coalesce(b.postcode = cards.postcode, b.city = cards.city, b.postcode is null and b.city is null)

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
        and cards.card not in (select card from at_blocked_doors)
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

-- name: again
-- The household that a group (relation `living`) was when all its people stood together last (relation `stays`), if
-- nobody else did, or nobody lives there now: what parted or joined them was taken back. Who is one now, is one still.
-- One group only has it: one that is whole, then one that was it later, then a larger one.
with told as (
    select person, household, since_us, coalesce(until_us, 9223372036854775807) as until_us from stays
),
moments as (
    select distinct household, until_us as at_us from told where person in (select person from living)
),
there as (
    select household, at_us, person, count(*) over (partition by household, at_us) as people
    from moments
    join told using (household)
    where since_us < at_us and at_us <= until_us
),
sizes as (select label, count(*) as size from living group by label),
together as (
    select label, household, at_us, size, any_value(people) = size as whole
    from there
    join living using (person)
    join sizes using (label)
    group by label, household, at_us, size
    having count(*) = size
    qualify row_number() over (partition by label order by at_us desc, household) = 1
)
select label, household
from together
where whole or household not in (select household from stays where until_us is null)
qualify row_number() over (partition by household order by whole desc, at_us desc, size desc, label) = 1
order by label

-- name: homes
-- Where some people live.
select household, person, since_us from household_members where person in ({some}) and until_us is null

-- name: alone
-- Who is the only one left of some households.
select min(person), min(since_us) from household_members
where household in ({some}) and until_us is null
group by household having count(*) = 1

-- name: lived_together
-- Where some people who live nowhere now lived last, and who of those that lived there then, and are somebody still and
-- never lived elsewhere since, lives there now (1) or nowhere (0).
select distinct lived.household, fellow.person, case when home.person is null then 0 else 1 end
from household_members as lived
join households on households.household = lived.household and households.merged_into is null
join household_members as fellow on fellow.household = lived.household and fellow.since_us < lived.until_us
    and coalesce(fellow.until_us, lived.until_us) >= lived.until_us
left join household_members as home on home.person = fellow.person and home.until_us is null
where lived.person in ({some})
    and not exists (
        select 1 from household_members as later
        where later.person = lived.person and (later.until_us is null or later.since_us > lived.since_us)
    )
    and not exists (
        select 1 from household_members as elsewhere
        where elsewhere.person = fellow.person and elsewhere.since_us > fellow.since_us
            and elsewhere.household <> lived.household
    )
    and exists (select 1 from identity where identity.person = fellow.person and identity.until_us is null)
order by lived.household, fellow.person
