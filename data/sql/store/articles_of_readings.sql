-- The articles of a batch of readings, with what only the loader knows: page, run, number of the newest version.
-- grain: one row an article.
create or replace temp table rows_of_readings as
select a.* replace (page as page, run as run, version as version)
from (select unnest(articles) as a, page, run, version from readings);
