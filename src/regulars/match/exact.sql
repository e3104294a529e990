-- name: sharing
-- Pairs of cards that share an identifier. A mailbox of a role, `info@`, is everybody's at work.
select l.card as a, r.card as b, type, value, l.strong
from usable as l
join usable as r using (type, value)
where l.card < r.card and not l.role

-- name: rivals
-- Pairs of one source that hold different numbers of one kind: two accounts, not one.
select sharing.a, sharing.b
from (select distinct a, b from sharing) as sharing
join cards as l on l.card = sharing.a
join cards as r on r.card = sharing.b
join usable as i on i.card = sharing.a and i.strong
join usable as j on j.card = sharing.b and j.strong and j.type = i.type
where l.source = r.source
group by sharing.a, sharing.b, i.type
having not bool_or(i.value = j.value)

-- name: sharing_judged
-- A value is contested when two of its holders contradict each other: a household's e-mail, a couple's card. It is
-- doubled when one of them is a junior and of another it is not said: his father, perhaps.
select sharing.*, judged.contradicted, judged.given_agrees, judged.birth_agrees,
    judged.suffix_alone,
    rivals.a is not null as rival,
    bool_or(judged.contradicted) over (partition by type, value) as contested,
    bool_or(judged.suffix_alone) over (partition by type, value) and not sharing.strong as doubled
from sharing
join judged using (a, b)
left join (select distinct a, b from rivals) as rivals using (a, b)

-- name: exact_links
-- Joined without a model. Of a contested value only holders with the same name are joined: whose the nameless ones
-- are, the value alone cannot tell.
select a, b, string_agg(distinct type, '+' order by type) as rule, bool_or(strong) as strong, count(distinct type) as types
from sharing_judged
where not contradicted and not rival and (given_agrees or not contested) and (birth_agrees or not doubled)
group by a, b

-- name: refused
-- Pairs that share an identifier and are not joined by it, and why; `strong`: a number of their own is among them.
select s.a, s.b,
    case
        when bool_or(s.contradicted) then 'contradicted'
        when bool_or(s.rival) then 'two accounts'
        when bool_or(s.suffix_alone) then 'one suffix'
        when bool_or(s.doubled) then 'of two'
        else 'contested' end as reason,
    bool_or(s.strong) as strong
from sharing_judged as s
anti join exact_links using (a, b)
group by s.a, s.b

-- name: of_two
-- Cards that hold an e-mail or a telephone which a junior and his namesake both have: whose each is cannot be told.
select a as card from sharing_judged where doubled
union
select b from sharing_judged where doubled
