-- Words as they are compared, of a text in NFC: `web.spelt` in small letters without signs, one space around each; `web.bare` of that also without accents;
-- `web.folded` both; `web.slug` the same as a key for addresses. What is common goes by `translate` and `replace`, which are quick; the expressions are for what is left.
-- Grain: none.
create macro web.plain(words) as
    replace(replace(replace(translate(
        lower(words),
        '.,;:!?()[]{}<>"''“”‘’«»–—-_/\|…•*+=&%#@~^`$' || chr(9) || chr(10) || chr(13) || chr(160),
        repeat(' ', 60)
    ), '   ', ' '), '  ', ' '), '  ', ' ');
create macro web.spelt(words) as
    ' ' || trim(case
        when regexp_matches(web.plain(words), '[^\p{L}\p{N} ]|  ') then regexp_replace(regexp_replace(web.plain(words), '\p{M}+', '', 'g'), '[^\p{L}\p{N}]+', ' ', 'g')
        else web.plain(words)
    end) || ' ';
create macro web.ascii(words) as
    translate(
        words,
        'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ',
        'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd'
    );
create macro web.bare(words) as
    case when regexp_matches(web.ascii(words), '[^ -~]') then replace(strip_accents(words), 'đ', 'd') else web.ascii(words) end;
create macro web.folded(words) as web.bare(web.spelt(words));
create macro web.slug(words) as replace(trim(web.folded(words)), ' ', '-');
