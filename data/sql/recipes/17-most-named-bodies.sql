-- vi: Cơ quan nào của Đắk Lắk được nhắc trong nhiều sự kiện nhất, từ bao giờ?
-- en: Which bodies of Đắk Lắk are named in most stories, and since when?
-- As getting or giving an award, holding an event, or as where somebody holds an office. Two schools of one name in a province are one row.
-- grain: one row a body.
select name, stories, articles, first_day, last_day, last_article
from bodies
where province = 'Đắk Lắk' and stories > 1
order by stories desc, name;
