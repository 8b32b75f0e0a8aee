-- What a table or view holds.
-- grain: one comment.
comment on {kind} {table} is {comment};
