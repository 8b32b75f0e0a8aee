-- positions: offices of the people that articles name.
-- grain: one row an office of an official.
create table positions (
    article varchar not null,
    official_row integer not null,
    "row" integer not null,
    title varchar not null,
    organization varchar,
    start integer,
    "end" integer
);
