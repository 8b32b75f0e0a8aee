-- How many got which award, each story once, whatever the number of its articles. An article counts with the sum of its different numbers (one
-- that it repeats is one, parts of another are left out); `value` is what most articles say, of as many the first published; `agree` is false
-- where they differ, and `told` has each number with its articles. Totals: sum(value) where adds and status = 'awarded'; `adds` is false for
-- "113 tập thể, cá nhân" and "113 Bằng khen" where other numbers of the story tell how many collectives and how many people. Kept as a table.
-- grain: one row a story, award, level, class, status and kind of recipients.
-- key: story, award, level, class, status, recipient_kind.
create table story_counts as
with numbers as (
    select distinct
        s.story, s.article, s.published_at, c.province, c.year, c.award, c.level, c.class, c.status, coalesce(c.recipient_kind, 'award') as kind, c.value
    from award_counts as c
    join stories as s using (article)
    where c.part_of is null
),
levels as (    -- an article that does not tell the level means the one that the others tell
    select story, award, min(level) as level
    from numbers
    group by story, award
    having count(distinct level) = 1
),
sums as (
    select
        n.story, n.article, n.published_at, n.award, coalesce(n.level, l.level) as level, n.class, n.status, n.kind, sum(distinct n.value) as value
    from numbers as n
    left join levels as l using (story, award)
    group by all
),
places as (
    select n.story, n.award, coalesce(n.level, l.level) as level, n.class, n.status, mode(n.province order by n.province) as province, mode(n.year order by n.year) as year
    from numbers as n
    left join levels as l using (story, award)
    group by all
),
said as (
    select story, award, level, class, status, kind, value, list_sort(list(struct_pack(published_at := published_at, article := article))) as told
    from sums
    group by all
),
settled as (
    select
        story, award, level, class, status, kind,
        any_value(value) filter (where nth = 1) as value,
        min(value) as lowest,
        max(value) as highest,
        count(*) = 1 as agree,
        sum(len(told))::integer as articles,
        list_sort(list(struct_pack(value := value::bigint, articles := list_transform(told, lambda one: one.article)))) as told
    from (select *, row_number() over (partition by story, award, level, class, status, kind order by len(told) desc, told[1]) as nth from said)
    group by all
)
select
    s.story,
    w.province,
    p.province_now,
    w.year,
    s.award,
    t.vi as award_vi,
    s.level,
    s.class,
    s.status,
    s.kind as recipient_kind,
    s.value::bigint as value,
    s.lowest::bigint as lowest,
    s.highest::bigint as highest,
    s.agree,
    case
        when s.kind = 'award' then count(*) over same = 1
        when contains(s.kind, ', ') then not list_has_any(string_split(s.kind, ', '), list(s.kind) over same)
        else true
    end as adds,
    s.articles,
    s.told,
    a.title,
    a.url,
    a.published_on
from settled as s
join article_facts as a on a.article = s.story
join places as w
    on w.story = s.story and w.award = s.award and w.level is not distinct from s.level and w.class is not distinct from s.class and w.status is not distinct from s.status
left join province_spellings as p on p.spelling = w.province
left join award_types as t on t.code = s.award
window same as (partition by s.story, s.award, s.level, s.class, s.status);
