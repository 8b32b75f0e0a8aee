-- vi: Các bài về một sự kiện nói khác nhau ở con số nào, bài nào nói gì?
-- en: On which numbers do the articles of a story disagree, and which says what?
-- `value` in `story_counts` is what most articles say.
-- grain: one row a number that some article of a story tells.
with said as (
    select story, award_vi, class, recipient_kind, value as most_say, unnest(told) as one
    from story_counts
    where not agree
),
told as (
    select story, award_vi, class, recipient_kind, most_say, one.value as said, unnest(one.articles) as article
    from said
)
select t.award_vi, t.class, t.recipient_kind, t.most_say, t.said, a.site, a.title
from told as t
join articles as a using (article)
order by t.story, t.award_vi, t.class, t.recipient_kind, t.said, a.published_at;
