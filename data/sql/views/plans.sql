-- Plans, directives and guidance that were issued, with the numbers of their documents and the movements that they launch: each document once in a province, whatever the number of articles; a plan of which no number is told once a story.
-- What only cites a document is in `documents`.
-- grain: one row a document's number and province, or a story where no number is told.
-- key: plan.
create view plans as
with issued as (
    select article, "row", title, quote, first_day, organizers, campaigns, unnest(case when len(documents) = 0 then [null] else documents end) as number
    from events
    where type = 'plan_issued'
),
placed as (
    select
        i.*, f.province, f.published_on, f.url, s.story, d.kind, d.issued,
        coalesce(upper(replace(i.number, ' ', '')) || '.' || coalesce(f.province, ''), s.story) as plan
    from issued as i
    join article_facts as f using (article)
    join story_articles as s using (article)
    left join (select article, number, min(kind) as kind, min(issued) as issued from documents group by all) as d
        on d.article = i.article and d.number = i.number
),
told as (
    select
        plan,
        mode(number order by number) as number,
        mode(kind order by kind) as kind,
        mode(issued order by issued) as issued,
        mode(title order by title) as title,
        mode(first_day order by first_day) as day,
        min(province) as province,
        list_sort(list_distinct(flatten(list(organizers)))) as organizers,
        list_sort(list_distinct(flatten(list(campaigns)))) as movements,
        count(distinct article) as articles,
        count(distinct story) as stories,
        arg_min(
            struct_pack(article := article, "row" := "row", quote := quote, url := url, published_on := published_on),
            (coalesce(published_on, date '9999-12-31'), article, "row")
        ) as first_met
    from placed
    group by plan
)
select
    t.plan,
    t.number,
    t.kind,
    t.issued,
    t.title,
    t.day,
    t.organizers,
    t.movements,
    t.province,
    p.province_now,
    t.articles,
    t.stories,
    t.first_met.quote as quote,
    t.first_met.url as url,
    t.first_met.published_on as published_on,
    t.first_met.article as article,
    t.first_met."row" as "row"
from told as t
left join province_spellings as p on p.spelling = t.province;
