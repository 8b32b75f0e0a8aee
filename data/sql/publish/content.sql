-- How many different rows a table has, and the sum of the first halves of their MD5.
-- grain: one row.
select count(*), coalesce(sum(md5_number_lower(row_text)), 0)
from (
    select distinct to_json(t)::varchar as row_text
    from (select * {excluded} from {table}) as t
);
