-- Which rules read which page.
-- grain: one row a page.
select page, rules
from pages;
