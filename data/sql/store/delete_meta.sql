-- Forget a fact about the file.
-- grain: one row.
delete from meta
where key = $key;
