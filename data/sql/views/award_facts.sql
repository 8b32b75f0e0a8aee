-- Awards with province and year: the province is the grantor's, else the recipients' where it is one, else the article's; the year is the award's, else the article's. Kept as a table.
-- grain: one row an award of an article.
-- key: article, row.
create table award_facts as
with receivers as (
    select
        r.article, r.award_row,
        case when min(b.province) = max(b.province) then min(b.province) end as province,
        string_agg(distinct r.kind, ', ' order by r.kind) as kinds,
        count(*) as named
    from recipients as r
    left join body_provinces as b on b.body = r.name and r.kind <> 'individual'
    group by r.article, r.award_row
)
select
    w.article,
    w."row",
    coalesce(g.province, r.province, f.province) as province,
    case when g.province is not null then 'grantor' when r.province is not null then 'recipient' else f.province_basis end as province_basis,
    coalesce(w.year, f.year) as year,
    case when w.year is not null then 'award' else f.year_basis end as year_basis,
    w.type as award,
    w.level,
    w.class,
    w.status,
    w.grantor,
    r.kinds as recipient_kind,
    coalesce(r.named, 0) as named,
    w.quote
from awards as w
join article_facts as f on f.article = w.article
left join body_provinces as g on g.body = w.grantor
left join receivers as r on r.article = w.article and r.award_row = w."row";
