-- Two words that stand side by side, without accents, as one number; each with the places of the articles that have them, once for each time: what tells which articles have words in their order.
-- Grain: pair of words.
create table web.pairs as
with told as (
    select place, string_split(trim(web.bare(spelt)), ' ') as words
    from web.articles
),
beside as (
    select place, unnest(words[:-2]) as one, unnest(words[2:]) as two
    from told
)
select hash(one, two) as pair, list(place) as places
from beside
group by pair
order by pair;
alter table web.articles drop column spelt;
