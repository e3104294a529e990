-- name: new_links
-- The links that are not kept yet.
select used.*
from used
anti join kept on kept.record_a = used.record_a and kept.record_b = used.record_b and kept.kind = used.kind
    and kept.rule = used.rule and kept.model_version is not distinct from used.model_version
order by used.record_a, used.record_b, used.kind, used.rule
