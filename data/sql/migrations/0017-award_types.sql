-- award_types: codes of awards.
-- grain: one row a code.
create table award_types (
    code varchar not null,
    vi varchar,
    en varchar,
    fixed_level varchar,
    legal_source varchar
);
