-- Which articles tell of one event: reprints, with changed words too, and reports of several papers in their own words. All are kept; the one
-- published first stands for its story (`is_first`): `where is_first` counts each story once, and `story` is its key. `basis` says what made an
-- article part of its story: words (the same words), reprint (most runs of words), event (the same day, names, numbers). A preview
-- is another story than the report. To add up what stories tell, use `story_counts`.
-- grain: one row an article.
-- key: article.
create view stories as
select
    s.story,
    s.article,
    s.article = s.story as is_first,
    count(*) over (partition by s.story) as articles,
    a.site,
    a.province,
    p.province_now,
    a.title,
    a.url,
    a.published_at,
    s.basis,
    s.follows,
    s.likeness
from story_articles as s
join articles as a using (article)
left join province_spellings as p on p.spelling = a.province;
