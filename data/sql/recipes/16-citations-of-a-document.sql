-- vi: Những bài nào viện dẫn Nghị định 98/2023/NĐ-CP?
-- en: Which articles cite Decree 98/2023/NĐ-CP?
-- grain: one row an article.
select a.published_on, coalesce(a.about_province, a.province) as province, a.title, d.quote, d.issued
from documents as d
join articles as a using (article)
where d.number = '98/2023/NĐ-CP'
order by a.published_on, a.article, d."row";
