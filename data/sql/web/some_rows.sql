-- Some rows of {table}, to look at.
-- Grain: as in the table.
select * from {table} limit {size};
