-- vi: Con số nào chỉ là "hơn", "gần", "không quá"?
-- en: Which numbers are bounds only: more than, nearly, at most?
-- gt more than (hơn, trên), lt less than (gần, dưới), ge at least, le at most, approx about. A sum over such numbers is itself only a bound.
-- grain: one row a number in an article.
select province, year, award_vi, status, comparator, value, quote, article
from award_counts
where comparator <> 'eq' and published_on >= date '2022-01-01'
order by published_on, article, "row";
