-- Spellings made equal: without case, accents and the bar of đ. Texts are NFC.
-- grain: one text.
create temp macro folded(words) as replace(lower(strip_accents(words)), 'đ', 'd');
