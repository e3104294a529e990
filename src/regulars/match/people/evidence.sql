-- name: new_links
-- The links that hold and are not kept yet.
select record_a, record_b, kind, rule, weight, probability, fields, model_version
from every_link
semi join holding using (n)
anti join kept on kept.record_a = every_link.record_a and kept.record_b = every_link.record_b and kept.kind = every_link.kind
    and kept.rule = every_link.rule and kept.model_version is not distinct from every_link.model_version
order by record_a, record_b, kind, rule
