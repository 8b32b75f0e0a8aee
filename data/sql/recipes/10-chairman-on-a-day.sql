-- vi: Ai là Chủ tịch UBND tỉnh vào ngày 1/6/2024?
-- en: Who was chairman of each province's People's Committee on 2024-06-01?
-- Of those who were named before that day the one who came last. `still`: an article after that day names the same one; where it is false, nobody says until when.
-- grain: one row a province.
select organization, name, first_day, last_day, last_day >= date '2024-06-01' as still, last_article
from officials_over_time
where title = 'Chủ tịch' and organization like 'UBND tỉnh %' and first_day <= date '2024-06-01'
qualify row_number() over (partition by organization order by first_day desc, name) = 1
order by organization;
