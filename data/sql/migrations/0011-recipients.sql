-- recipients: who is named as getting an award.
-- grain: one row a recipient of an award.
create table recipients (
    article varchar not null,
    award_row integer not null,
    "row" integer not null,
    name varchar not null,
    kind varchar,
    start integer,
    "end" integer
);
