-- Events of an article, as lines for people.
-- Grain: event.
select concat_ws(' · ', type, edtf, title, nullif(array_to_string(organizers, '; '), '')) as told
from events where article = $article order by row;
