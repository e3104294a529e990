-- name: birth_dates
-- A day that no format reads, that fills a field (the first of 1900, a spreadsheet's day zero, the first of 1970),
-- lies ahead, or lies before the first year in which somebody can be born is nobody's. A two-digit year is the latest that does not lie ahead.
select
    found,
    case when problem is null then strftime(day, '%Y-%m-%d') end as standard,
    coalesce(
        problem,
        case when earlier then '"century"' when strftime(day, '%Y-%m-%d') <> found then '"format"' end
    ) as rules
from (
    select
        *,
        case
            when blank then '"invalid: placeholder"'
            when day is null then '"invalid: not a date"'
            when day in ('1900-01-01', '1901-01-01', '1899-12-30', '1899-12-31', '1970-01-01', '1111-11-11', '0001-01-01')
                or year(day) >= 9999 then '"invalid: placeholder"'
            when day > cast($today as date) then '"invalid: in the future"'
            when year(day) < $first_year then '"invalid: before 1900"'
        end as problem
    from (
        select
            found,
            regexp_full_match(found, '[0\s/.:''T-]*|(?i:n/a|null|none|nan|unknown|inconnue?)') as blank,
            short as earlier,
            case when not short then day when to_come then cast(recent - interval 100 year as date) else recent end as day
        from (
            select
                found,
                day,
                day is not null and (year(day) < 100 or not regexp_matches(found, '\d{4}')) as short,
                case when year(day) < 100 then cast(day + interval 2000 year as date) else day end as recent,
                recent > cast($today as date) as to_come
            from found_birth_dates
        )
    )
)

-- name: long_ago
-- Whether most of the days of a column, and a hundred at least, lie before 1900: a register of people who are dead.
select count(*) filter (where year(day) between 1000 and 1898) > greatest(100, count(day) / 2) as most
from found_birth_dates

-- name: years_of_birth
-- Whether a column tells years of birth: most of what stands in it are years, and what is not is no age.
select count(*) filter (where years between $earliest and $latest) > count(*) / 2 as most
from (select try_cast(regexp_extract(trim(found), '^(\d{1,4})(?:\.0+)?$', 1) as bigint) as years from found_ages where trim(found) <> '')

-- name: ages
-- Whole years from 0 to 120; a spreadsheet's `25.0` and `25 ans` are 25. A year in which somebody of such an age was born
-- stays a year: how old they were depends on when the row was seen.
select
    found,
    case when years between 0 and $most or years between $earliest and $latest then cast(years as varchar) end as standard,
    case
        when standard is null then '"invalid: not an age"'
        when years > 120 then '"from birth year"'
        when cast(years as varchar) <> found then '"format"'
    end as rules
from (
    select found, try_cast(regexp_extract(trim(found), '^(\d{1,4})(?:\.0+)?(?:\s*(?:years?|yrs?|yo?|ans?)\.?)?$', 1) as bigint) as years
    from found_ages
)
