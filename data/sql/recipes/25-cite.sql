-- vi: Trích dẫn thế nào: dữ liệu này là bản nào, đến ngày nào?
-- en: How is it cited: which release is this, and up to which day?
-- grain: one row a fact.
select key, value
from meta
where key in ('release', 'schema')
union all
select 'articles', count(*)::varchar from articles
union all
select 'newest', max(published_on)::varchar from articles
order by key;
