-- How much was published, for the first page.
-- Grain: one row.
select * from web.summary;
