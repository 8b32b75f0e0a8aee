-- vi: Phong trào nào được phát động, ngày nào, do ai, theo văn bản nào?
-- en: Which movements were launched, when, by whom, under which documents?
-- A movement of the whole country has a row in each province that tells of it; one of which no article tells the launch is in the view too.
-- grain: one row a movement in a province.
select name, province, launched_on, documents, organizers
from movements
where launched_on is not null
order by launched_on, name, province;
