-- Stories: what is told once or by many, by the words of the article published first; how many articles and sites tell it, how many of them in
-- words of their own, and on how many numbers they disagree (`story_counts` says on which). Kept as a table.
-- grain: one row a story.
-- key: story.
create table story_facts as
with happened as (
    select s.story, mode(e.type order by e.type) as type, mode(e.first_day order by e.first_day) as day
    from story_articles as s
    join events as e using (article)
    group by s.story
),
disagreed as (
    select story, count(*) filter (where not agree) as disagreements
    from story_counts
    group by story
)
select
    s.story,
    any_value(s.title) filter (where s.is_first) as title,
    any_value(s.url) filter (where s.is_first) as url,
    any_value(s.site) filter (where s.is_first) as site,
    any_value(f.province) filter (where s.is_first) as province,
    any_value(p.province_now) filter (where s.is_first) as province_now,
    any_value(h.day) as day,
    any_value(h.type) as type,
    count(*) as articles,
    count(distinct s.site) as sites,
    count(*) filter (where s.basis in ('words', 'reprint')) as reprints,
    coalesce(any_value(d.disagreements), 0) as disagreements,
    min(s.published_at) as first_published,
    max(s.published_at) as last_published
from stories as s
join article_facts as f using (article)
left join province_spellings as p on p.spelling = f.province
left join happened as h using (story)
left join disagreed as d using (story)
group by s.story;
