-- campaigns: emulation movements that articles name.
-- grain: one row a mention in an article.
create table campaigns (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    name varchar not null,
    rule varchar,
    confidence double
);
