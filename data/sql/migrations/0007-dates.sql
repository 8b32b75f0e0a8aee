-- dates: expressions of time that fix a point or a span on the calendar.
-- grain: one row a mention in an article.
create table dates (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    edtf varchar not null,
    first_day date,
    last_day date,
    role varchar,
    anchor varchar,
    rule varchar,
    confidence double
);
