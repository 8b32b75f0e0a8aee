-- One person as far as the key tells: name, body, province.
-- Grain: person.
select * from people where person = $person;
