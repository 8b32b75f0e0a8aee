-- What a crawl remembers from run to run, the way of a page that moved, and which version of an article is another article.
-- grain: none; the checksums of the tables that it changes are reckoned anew.
alter table fetches add column in_a_row integer;
alter table fetches add column whole_bytes bigint;
alter table pages add column redirects varchar[];
alter table article_versions add column title varchar;
alter table article_versions add column sketch uinteger[];
alter table article_versions add column replaced boolean;

delete from table_checks where "table" in ('fetches', 'pages');
insert into table_checks
select 'fetches', run, count(*), sum(md5_number_lower(to_json(t)::varchar)) from fetches as t group by run;
insert into table_checks
select 'pages', site, count(*), sum(md5_number_lower(to_json(t)::varchar)) from pages as t group by site;
delete from article_checks where "table" = 'article_versions';
insert into article_checks
select article, 'article_versions', count(*), sum(md5_number_lower(to_json(t)::varchar)) from article_versions as t group by article;
