-- name: sample
-- The first pairs in an order by chance that is always the same.
select joined.*
from joined
anti join settled on settled.record_a = joined.record_a and settled.record_b = joined.record_b
order by md5($seed || ' ' || joined.record_a || ' ' || joined.record_b), joined.record_a, joined.record_b
limit $most
