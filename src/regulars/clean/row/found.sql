-- name: found
-- Every row as found: the row as JSON, and the texts that mean one of our fields under its name.
select
    line,
    {raw} as raw,
    md5({whole}) as content_hash,
    {source_key} as key_found,
    {updated_us} as updated_us,
    {unseen} as unseen,
    {fields}
from {relation}
