-- event_officials: officials named in the paragraph of an event.
-- grain: one row an official of an event.
create table event_officials (
    article varchar not null,
    event_row integer not null,
    official_row integer not null
);
