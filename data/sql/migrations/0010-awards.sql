-- awards: awards by kind, level, class and status.
-- grain: one row a kind of award in an article.
create table awards (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    quotes struct(start integer, "end" integer, quote varchar)[],
    type varchar not null,
    level varchar,
    class varchar,
    grantor varchar,
    status varchar,
    year integer,
    rule varchar,
    confidence double
);
