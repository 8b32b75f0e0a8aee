-- Pairs of articles that have runs of words in common, the later one first: candidates for reprints. What more than a hundredth of all articles
-- have (and more than 200) is a formula. Of more than 16 with one run each meets the 16 published first and those next to it.
-- grain: one row a pair of articles.
create temp table story_echoes as
with runs as (
    select place, unnest(sketch[:16]) as run
    from story_heads
),
shared as (
    select run
    from runs
    group by run
    having count(*) between 2 and (select greatest(200, count(*) / 100) from story_heads)
),
ranked as (
    select *, row_number() over (partition by run order by place) - 1 as nth
    from runs
    semi join shared using (run)
),
met as (
    select later.place, earlier.place as other
    from ranked as later
    join ranked as earlier using (run)
    where earlier.nth < 16 and later.nth > earlier.nth
    union all
    select later.place, earlier.place
    from (select *, nth // 16 as sixteenth from ranked where nth >= 16) as later
    join (select *, nth // 16 as sixteenth from ranked where nth >= 16) as earlier using (run, sixteenth)
    where later.nth > earlier.nth
)
select later.article, earlier.article as other
from (select place, other from met group by place, other having count(*) >= 3) as m
join story_heads as later on later.place = m.place
join story_heads as earlier on earlier.place = m.other;
