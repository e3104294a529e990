-- name: judged
-- What two cards (relation `pairs`: a, b) say for and against each other as a *person*, whatever their household shares.
select a, b, {answers}
from (
    select * {said}
    from (
        select pairs.a, pairs.b {sides}
        from pairs
        join cards as l on l.card = pairs.a
        join cards as r on r.card = pairs.b
    )
)
