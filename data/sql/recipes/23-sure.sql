-- vi: Bao nhiêu phần bản ghi có độ tin cậy trên 0,9?
-- en: What share of the records has a confidence above 0.9?
-- `confidence` is the share of right records among those on the same evidence (docs/accuracy.md): 0.8 means that one of five is wrong.
-- grain: one row a kind of record.
with records as (
    select 'dates' as kind, confidence from dates
    union all select 'officials', confidence from officials
    union all select 'awards', confidence from awards
    union all select 'counts', confidence from counts
    union all select 'events', confidence from events
    union all select 'documents', confidence from documents
    union all select 'campaigns', confidence from campaigns
)
select kind, count(*) as records, round(avg(confidence), 2) as mean, round(count(*) filter (where confidence > 0.9) / count(*), 2) as above_0_9
from records
group by kind
order by kind;
