-- Those who share a name, told apart by body and province; those in most articles first.
-- Grain: person as far as the key tells.
select person, name, organization, province, province_now, titles, may_be_several, articles, awards, first_day, last_day
from people
where name_key = $person
order by articles desc, person;
