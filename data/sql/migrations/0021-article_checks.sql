-- article_checks: checksums by which `verify` finds rows that were changed or lost; not published.
-- grain: one row a table of an article.
create table article_checks (
    article varchar not null,
    "table" varchar not null,
    rows bigint not null,
    sum hugeint not null
);
