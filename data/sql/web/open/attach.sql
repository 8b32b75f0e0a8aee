-- The published file beside a database in memory.
-- Grain: none.
attach {path} as news (read_only);
attach ':memory:' as web;
