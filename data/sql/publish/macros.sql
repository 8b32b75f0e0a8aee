-- Names made equal, for views and those who ask them: `unaccented`, without case and accents; `slug`, the same as a key with hyphens, '' for null. Texts are NFC.
-- grain: one text.
create or replace macro unaccented(words) as replace(lower(strip_accents(words)), 'đ', 'd');
create or replace macro slug(words) as coalesce(trim(regexp_replace(unaccented(words), '[^\p{L}\p{N}]+', '-', 'g'), '-'), '');
