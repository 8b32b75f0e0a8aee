-- What tells an event from others, each with its weight: neighbouring words of names, of the headline and of what events and campaigns are called,
-- numbers, documents, kinds of events and awards. The rarer in its province the heavier, as in tf-idf; what more than a hundredth of all articles
-- have (and more than 200) tells nothing and is left out. Weights of the kinds: set on tests/stories/dev, and flat there.
-- grain: one row an article and feature.
create temp table story_features as
with kinds (kind, weight) as (
    values ('name', 1.0), ('words', 0.5), ('count', 1.0), ('document', 3.0), ('type', 0.5)
),
phrases as (
    select article, 'name' as kind, folded(array_to_string(regexp_extract_all(head, '\p{Lu}[\p{L}'']*(?: \p{Lu}[\p{L}'']*)+'), chr(10))) as lines
    from story_heads
    union all
    select article, 'words', folded(title) from story_heads
    union all
    select article, 'words', folded(title) from events
    union all
    select article, 'words', folded(name) from campaigns
),
lines as (
    select article, kind, unnest(list_transform(string_split(lines, chr(10)), lambda line: regexp_extract_all(line, '[\p{L}\p{N}]+'))) as words
    from phrases
),
pairs as (
    select article, kind, unnest(list_zip(words[:-2], words[2:])) as pair
    from lines
    where len(words) > 1
),
marked as (
    select article, kind, hash(kind, pair) as feature from pairs
    union
    select article, 'count', hash('count', value) from counts where value >= 3
    union
    select article, 'document', hash('document', number) from documents
    union
    select article, 'type', hash('event', type) from events
    union
    select article, 'type', hash('award', type, level, class) from awards
),
known as (
    select feature, count(*) as articles
    from marked
    group by feature
    having count(*) <= (select greatest(200, count(*) / 100) from articles)
),
placed as (
    select m.article, m.kind, m.feature, k.articles, a.about_province as province
    from marked as m
    join known as k using (feature)
    join articles as a using (article)
),
provinces_of as (
    select about_province as province, count(*) as articles
    from articles
    group by about_province
),
spread as (    -- 50 more articles of each province are thought of, so that a province with few does not make everything common
    select p.feature, p.province, greatest(count(*) / (50 + any_value(o.articles)), 0.005) as share
    from placed as p
    join provinces_of as o on o.province is not distinct from p.province
    where p.articles > 1
    group by p.feature, p.province
)
select p.article, p.feature, p.articles, k.weight * ln(1 + 1 / coalesce(s.share, greatest(1 / (50 + o.articles), 0.005))) as weight
from placed as p
join kinds as k using (kind)
join provinces_of as o on o.province is not distinct from p.province
left join spread as s on s.feature = p.feature and s.province is not distinct from p.province and p.articles > 1;
