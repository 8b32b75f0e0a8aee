-- Pages that need not be read again: this version of the rules has read them, or they were taken down.
-- grain: one row a page.
select page
from pages
where rules = $rules or outcome = 'forgotten';
