-- Awards of some articles.
-- Grain: award of an article.
select * from web.awards where article in (select unnest($articles::varchar[])) order by article, "row";
