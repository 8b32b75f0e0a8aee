-- officials: people that articles name.
-- grain: one row a person in an article.
create table officials (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    quotes struct(start integer, "end" integer, quote varchar)[],
    name varchar not null,
    honorific varchar,
    roles varchar[],
    rule varchar,
    confidence double
);
