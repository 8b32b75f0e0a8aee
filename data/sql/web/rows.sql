-- All rows of {table}.
-- Grain: as in the table.
select * from {table};
