-- Pairs of articles that tell of one event, the later one first, and how that is known. `words`: the same ones below the headline, at least 200
-- letters, but for case, signs and a credit in brackets at the end. `reprint`: most runs of words of the shorter one, on one day, with the same people
-- and places. `event`: enough in common on one day. `likeness`: the share of runs, or of the weight of features (cosine).
-- grain: one row a pair of articles.
create temp table story_pairs as
with paired as (
    select article, other, likeness, false as is_echo from story_meetings
    union all
    select article, other, 0, true from story_echoes
),
candidates as (
    select article, other, max(likeness) as likeness, bool_or(is_echo) as is_echo
    from paired
    group by article, other
),
apart as (
    select c.article, c.other, min(abs(a.day - b.day)) as days, bool_and(a.is_told and b.is_told) as told
    from candidates as c
    join story_days as a on a.article = c.article
    join story_days as b on b.article = c.other and b.ahead = a.ahead
    group by c.article, c.other
),
reached as (    -- as far as both samples reach
    select
        c.article, c.other, a.sketch as one, b.sketch as two,
        least(if(len(a.sketch) < 64, 4294967295, a.sketch[-1]), if(len(b.sketch) < 64, 4294967295, b.sketch[-1])) as reach
    from candidates as c
    join story_heads as a on a.article = c.article
    join story_heads as b on b.article = c.other
    where c.is_echo
),
sampled as (
    select
        article, other,
        len(list_intersect(one, two)) as common,
        len(list_filter(one, lambda run: run <= reach)) as ones,
        len(list_filter(two, lambda run: run <= reach)) as twos
    from reached
),
echoed as (
    select article, other, common / least(ones, twos) as runs, common / (ones + twos - common) as alike
    from sampled
    where least(ones, twos) >= 16
),
measured as (
    select
        c.article, c.other, c.likeness, d.days, d.told, coalesce(e.runs, 0) as runs, coalesce(e.alike, 0) as alike,
        list_has_any(p.districts, q.districts) or list_has_any(p.communes, q.communes) as same_place,
        (len(p.districts) > 0 and len(q.districts) > 0) or (len(p.communes) > 0 and len(q.communes) > 0) as both_placed,
        len(p.people) > 0 and len(q.people) > 0 and not list_has_any(p.people, q.people) as strangers,
        coalesce(p.about_province <> q.about_province, false) as abroad
    from candidates as c
    left join echoed as e on e.article = c.article and e.other = c.other
    left join apart as d on d.article = c.article and d.other = c.other
    join story_places as p on p.article = c.article
    join story_places as q on q.article = c.other
),
close as (
    select distinct unnest([article, other]) as article
    from measured
    where alike >= 0.8
),
folds as (
    select
        a.article,
        translate(
            lower(regexp_replace(
                if(starts_with(a.text, a.title), a.text[length(a.title) + 1:], a.text), '\s*\([^()\n]{2,40}\)[\s./]*$', ''
            )),
            E' \n.,;:!?…()[]/|-–—_''’‘"“”«»*', ''
        ) as letters
    from articles as a
    semi join close using (article)
),
judged as (
    select
        m.*,
        abroad or (both_placed and not same_place) as far,
        a.letters = b.letters and length(a.letters) >= 200 as same_letters
    from measured as m
    left join folds as a on a.article = m.article
    left join folds as b on b.article = m.other
)
select
    article, other,
    case
        when same_letters then 'words'
        when runs >= 0.6 and if(days is null, alike >= 0.6, days <= 1) and not far and (not strangers or runs >= 0.85) then 'reprint'
        when likeness >= 0.23 + if(strangers, 0.1, 0) + if(told, 0, 0.05) + if(days = 0, 0, 0.15) + if(far, 0.3, 0) - if(same_place, 0.05, 0) then 'event'
    end as basis,
    round(if(basis = 'event', likeness, runs), 2) as likeness
from judged
where basis is not null;
