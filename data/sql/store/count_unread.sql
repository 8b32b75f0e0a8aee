-- How many pages of these $kinds, but of the sites $without, are to be read: those that this version of the $rules has not read; all of them where it is null.
-- grain: one row.
select count(*)
from fetches as f
where
    f.warc is not null
    and list_contains($kinds::varchar[], f.kind)
    and not list_contains($without::varchar[], f.site)
    and ($rules is null or f.page not in (select p.page from pages as p where p.rules = $rules));
