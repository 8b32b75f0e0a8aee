-- vi: Ai được khen nhiều lần?
-- en: Who got several awards?
-- `may_be_several`: no body is told, so the row may be several people of one name in the province.
-- grain: one row an award of a person.
select p.name, p.province, p.may_be_several, r.year, r.award_vi, r.class, r.quote, r.article
from people as p
join award_recipients as r using (person)
where p.awards > 1 and r.status = 'awarded'
order by p.awards desc, p.person, r.year, r.award, r.class;
