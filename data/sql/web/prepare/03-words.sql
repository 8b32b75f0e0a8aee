-- Words of articles, as they are spelt in small letters and without accents, each with the places of the articles that have it: what a search begins with.
-- Grain: word.
create table web.words as
with told as (
    select place, unnest(list_distinct(string_split(trim(spelt), ' '))) as word
    from web.articles
)
select word, web.bare(word) as folded, list(place) as places
from told
where word <> ''
group by word
order by folded, word;
