-- Provinces that the names of grantors, organizers and recipients tell: "UBND tỉnh Hà Nam", "Sở Y tế Hà Nam"; a commune, a school or a firm that is only called like a province tells none.
-- grain: one row a name.
create view body_provinces as
with bodies as (
    select grantor as body from awards where grantor is not null
    union
    select unnest(organizers) from events
    union
    select name from recipients where kind <> 'individual'
),
found as (
    select
        b.body, s.province, s.spelling,
        trim(substr(b.body, 1, strpos(b.body, s.spelling) - 1)) as before,
        substr(b.body, strpos(b.body, s.spelling) + length(s.spelling)) as after
    from bodies as b
    join province_spellings as s on contains(b.body, s.spelling)
)
select body, arg_max(province, length(spelling)) as province
from found
where
    not regexp_matches(after, '^[\p{L}\d]')
    and not regexp_matches(before, '(?i)(^|\s)(xã|phường|thị trấn|thôn|ấp|khóm|bản|làng|huyện|quận|đường|cầu|sông|công ty|tnhh|cổ phần|doanh nghiệp|hợp tác xã|trường|chi nhánh)$')
    and (after = '' or regexp_matches(before, '(?i)(^|\s)(tỉnh|thành phố|tp\.?|ủy|uỷ|tỉnh đoàn|thành đoàn)$'))
group by body;
