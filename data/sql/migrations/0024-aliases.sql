-- aliases: further addresses of articles: links, redirects and canonical addresses that led to one that is known under another address.
-- grain: one row an address of an article.
create table aliases (
    article varchar not null,
    site varchar,
    url varchar not null,
    how varchar not null,
    found_on varchar,
    since timestamp
);
