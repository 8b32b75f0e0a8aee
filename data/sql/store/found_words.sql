-- Articles whose words, without case and accents, have one in them: those that may name a person. An empty word: all articles.
-- grain: one row an article.
select article, title, published_on, url, concat_ws(chr(10), text, title, lead, author, source_credit, array_to_string(list_transform(captions, lambda c: concat_ws(' ', c.text, c.credit)), chr(10))) as words
from articles
where $word = '' or contains(translate(strip_accents(lower(concat_ws(chr(10), words, url))), 'đðɖy', 'dddi'), $word)
order by published_on, article;
