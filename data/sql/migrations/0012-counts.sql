-- counts: numbers of people, bodies and awards.
-- grain: one row a number in an article.
create table counts (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    value bigint not null,
    comparator varchar,
    units varchar[],
    award struct(type varchar, level varchar, class varchar),
    year integer,
    award_row integer,
    part_of integer,
    rule varchar,
    confidence double
);
