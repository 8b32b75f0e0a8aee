-- How many rows of a Parquet file are not in the published table, or the other way round.
-- grain: one row.
select count(*)
from (
    (select to_json(t)::varchar from {table} as t except all select to_json(t)::varchar from read_parquet({path}) as t)
    union all
    (select to_json(t)::varchar from read_parquet({path}) as t except all select to_json(t)::varchar from {table} as t)
);
