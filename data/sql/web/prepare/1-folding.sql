-- Words without case, accents and signs, one space around each, of a text in NFC; and the same as a key for addresses. What is common goes by `translate`
-- and `replace`, which are three times as quick; the expression is for what is left.
-- Grain: none.
create macro web.plain(words) as
    replace(replace(replace(translate(
        replace(lower(strip_accents(words)), 'đ', 'd'),
        '.,;:!?()[]{}<>"''“”‘’«»–—-_/\|…•*+=&%#@~^`$' || chr(9) || chr(10) || chr(13) || chr(160),
        repeat(' ', 60)
    ), '   ', ' '), '  ', ' '), '  ', ' ');
create macro web.folded(words) as
    ' ' || trim(case
        when regexp_matches(web.plain(words), '[^\p{L}\p{N} ]|  ') then regexp_replace(web.plain(words), '[^\p{L}\p{N}]+', ' ', 'g')
        else web.plain(words)
    end) || ' ';
create macro web.slug(words) as replace(trim(web.folded(words)), ' ', '-');
