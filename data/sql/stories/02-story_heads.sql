-- What an article tells of its event first, its headline and the beginning below it, and the sample of its runs of three words
-- (data/likeness.py). `place` is its rank in the order of publication.
-- grain: one row an article.
create temp table story_heads as
select
    a.article,
    (row_number() over (order by a.published_at nulls last, a.article))::integer as place,
    a.published_on,
    a.title,
    case when starts_with(a.text, a.title) then a.text else concat_ws(chr(10), a.title, a.text) end[:1000] as head,
    v.sketch
from articles as a
left join article_versions as v on v.article = a.article and v.version = a.version;
