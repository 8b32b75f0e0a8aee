-- A province by its key, with its neighbours in time: those it was made of, the one that it lies in today.
-- Grain: province of an era.
select
    p.era, p.slug, p.name, p.kind, p.region, p.valid_from, p.valid_to, p.newspaper,
    (select list({era: o.era, slug: o.slug, name: o.name} order by o.name) from provinces as o where p.era = 'new' and o.era = 'old' and o.successor = p.slug) as before,
    (select list({era: n.era, slug: n.slug, name: n.name}) from provinces as n where p.era = 'old' and n.era = 'new' and n.slug = p.successor) as today
from provinces as p
where p.era = $era and p.slug = $slug;
