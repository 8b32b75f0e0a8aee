-- Pages that need not be read again: this version of the rules has read them.
-- grain: one row a page.
select page
from pages
where rules = $rules;
