-- The 34 provinces of today, each with those that it is made of, and what is published of them.
-- Grain: province of today.
with told as (
    select province_now, count(*) as articles, min(published_on) as first_day, max(published_on) as last_day from web.articles group by all
),
awarded as (
    select province_now, sum(awards)::bigint as awards from story_awards_by_province where status is null or status = 'awarded' group by all
),
before as (
    select successor as slug, list({slug: slug, name: name} order by name) as old from provinces where era = 'old' group by successor
)
select p.slug, p.name, p.kind, p.region, b.old, coalesce(t.articles, 0) as articles, coalesce(w.awards, 0) as awards, t.first_day, t.last_day
from provinces as p
left join before as b using (slug)
left join told as t on t.province_now = p.name
left join awarded as w on w.province_now = p.name
where p.era = 'new'
order by articles desc, p.name;
