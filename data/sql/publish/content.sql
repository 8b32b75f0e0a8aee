-- How many different rows a table has, and the sums of both halves of their MD5.
-- grain: one row.
select count(*), coalesce(sum(md5_number_upper(row_text)), 0), coalesce(sum(md5_number_lower(row_text)), 0)
from (
    select distinct to_json(t)::varchar as row_text
    from (select * {excluded} from {table}) as t
);
