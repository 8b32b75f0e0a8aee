-- article_versions: what articles said over time.
-- grain: one row a version of an article.
create table article_versions (
    article varchar not null,
    version integer not null,
    page varchar,
    hash varchar not null,
    "from" timestamp,
    "to" timestamp
);
