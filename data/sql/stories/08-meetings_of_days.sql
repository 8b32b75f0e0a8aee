-- Fills story_meetings with the pairs that meet on some of the days, `part` of `parts`: all of them at once would take memory without an end.
-- Two days in a row meet too: one of the two may be told wrong. Of more than 16 articles that share a feature on a day each meets the 16 published
-- first and those next to it, so that the work grows with the articles and not with their square.
-- grain: one row a pair of articles.
insert into story_meetings
with dated as (
    select distinct article, day, ahead
    from (select article, unnest(if(is_told, [day, day + 1], [day])) as day, ahead from story_days)
    where hash(day) % $parts = $part
),
ranked as (
    select
        n.place, f.feature, f.weight, d.day, d.ahead,
        row_number() over (partition by f.feature, d.day, d.ahead order by n.place) - 1 as nth
    from story_features as f
    join dated as d using (article)
    join story_norms as n using (article)
    where f.articles > 1
    qualify count(*) over (partition by f.feature, d.day, d.ahead) > 1
),
met as (
    select later.day, later.ahead, later.place, earlier.place as other, sqrt(later.weight * earlier.weight) as weight
    from ranked as later
    join ranked as earlier using (feature, day, ahead)
    where earlier.nth < 16 and later.nth > earlier.nth
    union all
    select later.day, later.ahead, later.place, earlier.place, sqrt(later.weight * earlier.weight)
    from (select *, nth // 16 as sixteenth from ranked where nth >= 16) as later
    join (select *, nth // 16 as sixteenth from ranked where nth >= 16) as earlier using (feature, day, ahead, sixteenth)
    where later.nth > earlier.nth
),
daily as (
    select place, other, sum(weight) as weight
    from met
    group by place, other, day, ahead
),
shared as (
    select place, other, max(weight) as weight
    from daily
    group by place, other
)
select later.article, earlier.article, s.weight / (later.norm * earlier.norm)
from shared as s
join story_norms as later on later.place = s.place
join story_norms as earlier on earlier.place = s.other
where s.weight >= 0.18 * later.norm * earlier.norm;
