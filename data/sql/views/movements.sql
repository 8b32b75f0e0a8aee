-- Emulation movements (phong trào) that articles name in quotation marks, each with its launch, the documents and organizers of the events that name it, and where it was first and last told of. `movement`, the key, is
-- the name and the province: a movement of the whole country has a row in each province that tells of it. Articles on one event count once in `stories`. Kept as a table.
-- grain: one row a movement: folded name and province.
-- key: movement.
create table movements as
with named as (
    select article, "row", name, quote, null::date as day, null as type, null::varchar[] as documents, null::varchar[] as organizers
    from campaigns
    union all
    select article, "row", unnest(campaigns), quote, first_day, type, documents, organizers
    from events
),
keyed as (
    select
        n.*, f.province, f.published_on, s.story,
        struct_pack(article := n.article, quote := n.quote, url := f.url) as met,
        concat_ws('.',
            slug(n.name),
            slug(f.province)
        ) as movement
    from named as n
    join article_facts as f using (article)
    join story_articles as s using (article)
),
told as (
    select
        movement,
        mode(name order by name desc) as name,
        min(province) as province,
        min(day) filter (where type = 'campaign_launch') as launched_on,
        list_sort(list_distinct(flatten(list(documents) filter (where documents is not null)))) as documents,
        list_sort(list_distinct(flatten(list(organizers) filter (where organizers is not null)))) as organizers,
        count(distinct article) as articles,
        count(distinct story) as stories,
        min(published_on) as first_day,
        max(published_on) as last_day,
        arg_min(met, (coalesce(published_on, date '9999-12-31'), article, "row")) as first_met,
        arg_max(met, (coalesce(published_on, date '0001-01-01'), article, "row")) as last_met
    from keyed
    group by movement
)
select
    t.movement,
    t.name,
    t.province,
    p.province_now,
    t.launched_on,
    coalesce(t.documents, []) as documents,
    coalesce(t.organizers, []) as organizers,
    t.articles,
    t.stories,
    t.first_day,
    t.last_day,
    t.first_met.article as first_article,
    t.first_met.quote as first_quote,
    t.first_met.url as first_url,
    t.last_met.article as last_article,
    t.last_met.quote as last_quote,
    t.last_met.url as last_url
from told as t
left join province_spellings as p on p.spelling = t.province;
