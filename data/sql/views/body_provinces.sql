-- Bodies as articles name them, grantors, organizers, recipients and those of offices, and the province that the name tells: "UBND tỉnh Hà Nam", "Sở Y tế Hà Nam"; a commune, a school or a firm that is only called like a province tells none.
-- `is_national`: it is one of the whole country (Quốc hội, Bộ Y tế, Hội Nông dân Việt Nam, Thủ tướng) and belongs to no province, wherever it is written of. `key` is the name without case, accents and signs, and without the province at its end: "Sở Nội vụ tỉnh Sơn La" and "Sở Nội vụ Sơn La" are so-noi-vu. Kept as a table.
-- grain: one row a name.
-- key: body.
create table body_provinces as
with names as (
    select grantor as body from awards where grantor is not null
    union
    select unnest(organizers) from events
    union
    select name from recipients where kind <> 'individual'
    union
    select coalesce(organization, title) from positions where organization is not null or regexp_matches(title, '(?i)^(phó )?(thủ tướng|chủ tịch nước|tổng bí thư|chủ tịch quốc hội)$')
),
found as (
    select
        b.body, s.province, s.spelling,
        trim(substr(b.body, 1, strpos(b.body, s.spelling) - 1)) as before,
        substr(b.body, strpos(b.body, s.spelling) + length(s.spelling)) as after
    from names as b
    join province_spellings as s on contains(b.body, s.spelling)
),
told as (
    select body, arg_max(province, length(spelling)) as province, arg_max(spelling, length(spelling)) as spelling
    from found
    where
        not regexp_matches(after, '^[\p{L}\d]')
        and not regexp_matches(before, '(?i)(^|\s)(xã|phường|thị trấn|thôn|ấp|khóm|bản|làng|huyện|quận|đường|cầu|sông|công ty|tnhh|cổ phần|doanh nghiệp|hợp tác xã|trường|chi nhánh)$')
        and (after = '' or regexp_matches(before, '(?i)(^|\s)(tỉnh|thành phố|tp\.?|ủy|uỷ|tỉnh đoàn|thành đoàn)$'))
    group by body
),
short as (
    select
        b.body,
        t.province,
        if(ends_with(b.body, t.spelling), regexp_replace(b.body[:-length(t.spelling) - 1], '(?i)( (tỉnh|thành phố|tp\.?)|[ -])+$', ''), b.body) as name
    from names as b
    left join told as t using (body)
)
select
    body,
    province,
    province is null and regexp_matches(
        body,
        '(?i)(^|[ ,])(trung ương|tw|quốc hội|chính phủ|tối cao|thủ tướng|chủ tịch nước|tổng bí thư|bộ chính trị|nhà nước|quân ủy|quân uỷ)( |,|$)|(việt nam|toàn quốc)$|^bộ (y tế|nội vụ|công an|quốc phòng|tài chính|công thương|tư pháp|xây dựng|ngoại giao|giáo dục|giao thông|nông nghiệp|tài nguyên|thông tin|văn hóa|văn hoá|khoa học|lao động|kế hoạch|dân tộc|trưởng)'
    ) as is_national,
    slug(if(coalesce(name, '') = '', body, name)) as key
from short;
