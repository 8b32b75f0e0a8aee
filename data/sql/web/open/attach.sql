-- The published file beside a database in memory; small row groups, so that all cores share the work of one search.
-- Grain: none.
attach {path} as news (read_only);
attach ':memory:' as web (row_group_size 10240);
