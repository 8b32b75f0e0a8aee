-- vi: Con số nào chỉ là một phần của con số khác, nên không được cộng vào?
-- en: Which numbers are parts of others, and must not be added to them?
-- Here those of articles since 2025-07-01. `adds` in `award_counts` leaves them out of totals.
-- grain: one row a number that is part of another one.
select p.value as part, p.quote as part_says, w.value as whole, w.quote as whole_says, p.award_vi, p.article
from award_counts as p
join counts as w on w.article = p.article and w."row" = p.part_of
where p.published_on >= date '2025-07-01'
order by p.published_on, p.article, p."row";
