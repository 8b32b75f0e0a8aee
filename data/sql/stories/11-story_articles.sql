-- story_articles: which articles tell of one event. Each follows the earlier one that it is most like; `story` is the key of the first of them.
-- grain: one row an article.
create table story_articles as
with recursive linked as (
    select
        h.article,
        arg_min(p.other, struct_pack(
            basis := list_position(['words', 'reprint', 'event'], p.basis), unlike := 1 - p.likeness, place := o.place
        )) as follows,
        min(struct_pack(basis := list_position(['words', 'reprint', 'event'], p.basis), unlike := 1 - p.likeness, place := o.place)) as why
    from story_heads as h
    left join story_pairs as p using (article)
    left join story_heads as o on o.article = p.other
    group by h.article
),
rooted as (
    select article, article as story
    from linked
    where follows is null
    union all
    select l.article, r.story
    from linked as l
    join rooted as r on r.article = l.follows
)
select
    r.article,
    r.story,
    l.follows,
    coalesce(['words', 'reprint', 'event'][l.why.basis], 'first') as basis,
    1 - l.why.unlike as likeness
from rooted as r
join linked as l using (article)
order by r.article;
