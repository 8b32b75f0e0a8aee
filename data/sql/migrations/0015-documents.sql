-- documents: documents that articles cite by number.
-- grain: one row a mention in an article.
create table documents (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    number varchar not null,
    kind varchar,
    issued varchar,
    field varchar,
    rule varchar,
    confidence double
);
