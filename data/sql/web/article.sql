-- An article, by its key, with where it came from: page, fetch, run and rules.
-- Grain: article.
select
    a.article, a.title, a.lead, a.text, a.author, a.source_credit, a.section, a.kind, a.published_at, a.published_on, a.published_precision,
    a.published_inferred, a.province, a.about_province, a.site, s.name as site_name, a.url, a.version, a.read_by, a.rules, a.run, a.warnings, a.truncated,
    a.captions, a.attachments,
    p.page, p.fetched_at, p.status, p.sha256, p.warc, p."offset", p.length, p.tls, p.final_url,
    r.started_at, r.version as release, r.command
from articles as a
left join sites as s using (site)
left join pages as p on p.page = a.page
left join runs as r on r.run = a.run
where a.article = $what
order by a.published_at desc
limit 1;
