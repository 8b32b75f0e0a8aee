-- Who is named as getting which award: people (`person` is their key in `people`) and bodies (`body`, in `bodies`), each award once a story, whatever the number of its articles. An article that does
-- not tell the level means the one that the others of its story tell. Where `status` is not awarded the award was proposed, registered or only mentioned. Those who are only counted ("12 tập thể") are in `award_counts`. Kept as a table.
-- grain: one row a recipient, story, award, level, class and status.
-- key: person, body, story, award, level, class, status.
create table award_recipients as
with received as (
    select person, null as body, name, 'individual' as kind, province, article, unnest(award_rows) as award_row
    from person_mentions
    union all
    select null, body, name, kind, province, article, "row"
    from body_mentions
    where role = 'recipient'
),
placed as (
    select article, row_number() over (order by published_on nulls last, article) as place
    from article_facts
),
told as (
    select r.*, s.story, w.award, w.level, w.class, w.status, w.year, w.grantor, p.place, p.place * 1000 + r.award_row as nth
    from received as r
    join story_articles as s using (article)
    join award_facts as w on w.article = r.article and w."row" = r.award_row
    join placed as p on p.article = r.article
),
levels as (
    select story, award, min(level) as level
    from told
    group by story, award
    having count(distinct level) = 1
),
merged as (
    select
        t.person, t.body, t.story, t.award, coalesce(t.level, l.level) as level, t.class, t.status,
        arg_min(t.name, t.nth) as name,
        arg_min(t.kind, t.nth) as recipient_kind,
        min(t.province) as province,
        mode(t.year order by t.year) as year,
        mode(t.grantor order by t.grantor) as grantor,
        count(distinct t.article) as articles,
        min(t.nth) as nth
    from told as t
    left join levels as l using (story, award)
    group by all
)
select
    m.person,
    m.body,
    m.name,
    m.recipient_kind,
    m.province,
    p.province_now,
    m.year,
    m.award,
    a.vi as award_vi,
    m.level,
    m.class,
    m.status,
    m.grantor,
    m.story,
    m.articles,
    f.article,
    w."row" as award_row,
    w.quote,
    f.url,
    f.published_on
from merged as m
join placed as o on o.place = m.nth // 1000
join article_facts as f on f.article = o.article
join award_facts as w on w.article = o.article and w."row" = m.nth % 1000
left join province_spellings as p on p.spelling = m.province
left join award_types as a on a.code = m.award;
