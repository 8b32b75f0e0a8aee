-- Awards of an article with those who got them.
-- Grain: award.
select
    w.*,
    (select list({"row": r."row", name: r.name, kind: r.kind, start: r.start, "end": r."end"} order by r."row") from recipients as r where r.article = w.article and r.award_row = w."row") as recipients
from awards as w
where w.article = $article
order by w."row";
