-- vi: Giấy khen: tập thể được bao nhiêu, cá nhân bao nhiêu?
-- en: Certificates of Commendation: how many went to collectives, how many to individuals?
-- null: the number counts certificates, and nobody says who got them. "106 tập thể, cá nhân" can't be parted and would stand in a row of its own.
-- grain: one row a kind of recipients.
select recipient_kind, sum(awards)::bigint as awards, round(100 * sum(awards) / sum(sum(awards)) over (), 1) as percent
from story_awards_by_province
where status = 'awarded' and award = 'certificate_of_commendation'
group by recipient_kind
order by awards desc, recipient_kind;
