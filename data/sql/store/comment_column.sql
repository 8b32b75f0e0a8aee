-- What a column holds.
-- grain: one comment.
comment on column {table}.{column} is {comment};
