-- vi: Những kế hoạch thi đua nào đã được ban hành, ngày nào, ai ban hành?
-- en: Which plans of emulation were issued, on which day, by whom?
-- Each document once in a province, whatever the number of articles. `quote`, `url` and `article` of the view lead to the words.
-- grain: one row a document's number and province.
select number, issued, province, organizers, title
from plans
where kind = 'KH'
order by issued, number, province;
