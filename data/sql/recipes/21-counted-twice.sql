-- vi: Nếu cộng theo bài mà không theo sự kiện thì thừa bao nhiêu?
-- en: How much is counted twice when articles are added up instead of stories?
-- grain: one row a province and year in which it makes a difference.
with by_article as (
    select province, year, sum(awards)::bigint as awards from awards_by_province where status = 'awarded' group by all
),
by_story as (
    select province, year, sum(awards)::bigint as awards from story_awards_by_province where status = 'awarded' group by all
)
select province, year, a.awards as by_article, s.awards as by_story, a.awards - s.awards as too_much
from by_article as a
join by_story as s using (province, year)
where a.awards <> s.awards
order by too_much desc, province, year;
