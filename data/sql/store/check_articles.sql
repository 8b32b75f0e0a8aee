-- Checksums of rows by article: how many, and the sum of the first halves of their MD5.
-- grain: one row an article.
insert into article_checks
select article, $table, count(*), sum(md5_number_lower(to_json(t)::varchar))
from (from {source} where article in (select article from batch)) as t
group by article;
