-- Note a fact about the file.
-- grain: one row.
insert into meta values ($key, $value);
