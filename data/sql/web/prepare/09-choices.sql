-- What one can filter by, with the articles that each choice would leave; provinces by era and slug.
-- Grain: field, value.
create table web.choices as
with told as (
    select 'province' as field, 'new/' || p.slug as value, p.name as label, count(distinct a.article) as articles
    from web.articles as a
    inner join provinces as p on p.era = 'new' and p.name = a.province_now
    group by all
    union all
    select 'province', 'old/' || p.slug, p.name, count(distinct a.article)
    from web.articles as a
    inner join provinces as p on p.era = 'old' and p.name = a.province
    group by all
    union all
    select 'year', year::varchar, year::varchar, count(distinct article) from web.awards where year is not null group by all
    union all
    select 'award', w.award, null, count(distinct w.article) from web.awards as w group by all
    union all
    select 'level', level, null, count(distinct article) from web.awards where level is not null group by all
    union all
    select 'status', status, null, count(distinct article) from web.awards where status is not null group by all
    union all
    select 'kind', kind, null, count(distinct article) from (select article, unnest(kinds) as kind from web.awards) group by all
)
select *, row_number() over (order by field, case when field = 'year' then -try_cast(value as integer) end, case when field = 'province' then value else '' end, articles desc, value) as place
from told;
