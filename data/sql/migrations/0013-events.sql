-- events: what happened or was decided, as articles report it.
-- grain: one row an event of an article.
create table events (
    article varchar not null,
    "row" integer not null,
    start integer,
    "end" integer,
    quote varchar,
    type varchar not null,
    title varchar,
    edtf varchar,
    first_day date,
    last_day date,
    organizers varchar[],
    location varchar,
    documents varchar[],
    campaigns varchar[],
    rule varchar,
    confidence double
);
