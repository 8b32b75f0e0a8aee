-- The parse tree of a query as JSON; an error in it for what is no SELECT.
-- Grain: one row.
select json_serialize_sql($query) as tree;
