-- Pairs of articles of one day that share features, the later one first, with the weight that they share. Two days in a row meet too: one of
-- the two may be told wrong. Of more than 16 articles that share a feature on a day each meets the 16 published first and those next to it, so
-- that the work grows with the articles and not with their square.
-- grain: one row a pair of articles.
create temp table story_meetings as
with dated as (
    select distinct article, unnest(if(is_told, [day, day + 1], [day])) as day, ahead
    from story_days
),
ranked as (
    select
        h.place, f.feature, f.weight, d.day, d.ahead,
        row_number() over (partition by f.feature, d.day, d.ahead order by h.place) - 1 as nth
    from story_features as f
    join dated as d using (article)
    join story_heads as h using (article)
    where f.articles > 1
),
met as (
    select later.place, earlier.place as other, later.feature, sqrt(later.weight * earlier.weight) as weight
    from ranked as later
    join ranked as earlier using (feature, day, ahead)
    where earlier.nth < 16 and later.nth > earlier.nth
    union
    select later.place, earlier.place, later.feature, sqrt(later.weight * earlier.weight) as weight
    from (select *, nth // 16 as sixteenth from ranked where nth >= 16) as later
    join (select *, nth // 16 as sixteenth from ranked where nth >= 16) as earlier using (feature, day, ahead, sixteenth)
    where later.nth > earlier.nth
)
select later.article, earlier.article as other, m.weight
from (select place, other, sum(weight) as weight from met group by place, other) as m
join story_heads as later on later.place = m.place
join story_heads as earlier on earlier.place = m.other;
