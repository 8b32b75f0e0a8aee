"""A "khen thưởng" without a kind: whether somebody who is counted, named or known gets it, so that it is an award."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.award_givers import Grantor
from extract.award_mentions import PRAISED_BY, Mention
from extract.award_places import Places
from extract.award_words import SUM, Name
from extract.binding import Bound
from extract.frames import Verb, around
from extract.language import UPPER, Interval
from extract.words import any_of, lexicon
from schemas.vocabulary import AwardLevel

_PRAISE = lexicon("awards")["praise"]
_NEAR = 300  # code points before "khen thưởng" in which it is told who got it
# "khen thưởng đột xuất em", "thưởng nóng 10 triệu đồng": somebody who is known from before, or money
_PRAISED = re.compile(
    rf" *(?:đột xuất |nóng |kịp thời |xứng đáng )?(?:cho )?(?:(?:{any_of(_PRAISE['known'])})(?= ?[,.;]| vì| về| này| đã| do| sau| (?:số tiền )?\d|$)|(?:{any_of(_PRAISE['units'])})(?!\w)"
    rf"|(?:thêm )?(?:(?:cho )?mỗi (?:(?!(?:đạt|đoạt|giành|có)(?!\w))[^\W\d_]+ ){{1,3}}|với )?{SUM})"
)
_HONORIFIC = r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]ô|[Tt]hầy)"
_CALLED = re.compile(rf" (?:cho |đối với )?{_HONORIFIC} [{UPPER}]\w*")  # "khen thưởng bà Hoa"
# "khen thưởng Vinh trước toàn trường", "em Lê Văn Bình, lớp 10A8, được khen thưởng"
_PERSON_AFTER = re.compile(
    rf"(?: (?:kịp thời|đột xuất|xứng đáng|phù hợp|thích đáng|nóng))?(?: cho| đối với)? (?:[{UPPER}][^\W\d_{UPPER}]+(?= [^\W\d_{UPPER}]|[,.])"
    rf"|(?:(?!(?:{any_of(_PRAISE['no_person'])})(?!\w))[^\W\d_{UPPER}]+ ){{1,4}}[{UPPER}][^\W\d_{UPPER}]+ [{UPPER}][^\W\d_{UPPER}]+(?: [{UPPER}][^\W\d_{UPPER}]+)?(?= [^\W\d_{UPPER}]|[,.(]| \())"
)
_WHO = r"(?:, [^,.;]{1,60},?| ?\([^()]{1,60}\))? (?:(?:cũng|đã|vừa|từng|còn|luôn|đều|vinh dự|nhiều lần|nhiều năm|nhiều năm liền|liên tục) ){0,2}"
_PERSON_BEFORE = re.compile(rf"{_HONORIFIC} [{UPPER}]\w+(?: [{UPPER}]\w+){{0,4}}{_WHO}$")
# "chị Hoa được Công an quận khen thưởng", "hành động của Nam đã được nhà trường khen thưởng": with one who gives it
_PRAISED_BY = re.compile(
    rf"(?:{_HONORIFIC}(?= [{UPPER}])|(?<!\w){_HONORIFIC}(?= (?:cũng |đã |vừa |từng |còn )?được)|(?<!\w)của(?: {_HONORIFIC})?(?= [{UPPER}]))(?: [{UPPER}]\w+){{0,5}}{_WHO}được (?!tặng|trao|nhận|phong)[^.;:]{{0,200}}$"
)
# "tháng 9 vừa qua, Tổ được phường | thưởng nóng": a group that is known from before
_GROUP_BY = re.compile(
    rf"(?:^|[,;.] |[-–+] )(?:{any_of(_PRAISE['groups'])}){_WHO}được (?!tặng|trao|nhận|phong|đề nghị|xét)[^.;:,\d]{{3,60}}$"
)
# "trước việc làm của anh Nam, UBND xã đã khen thưởng"
# "95 em | đạt giải khuyến khích được Sở Giáo dục khen thưởng"
_GOT_BY = re.compile(
    r"[^.;:\d]{0,90}? (?:đạt|đoạt|giành) (?:giải|huy chương|danh hiệu) [^.;:\d]{1,90} (?:cũng |đã |đều |vừa )?được (?!tặng|trao|nhận|phong)[^.;:,\d]{3,90}"
    r"|(?: [^\W\d_]+){0,6}? (?:cũng |đã |đều |vừa )?được (?!tặng|trao|nhận|phong|đề nghị|xét)[^.;:\d]{3,90}"
)
_DEED = re.compile(
    rf"(?:[Vv]iệc làm|[Hh]ành động|[Nn]ghĩa cử|[Tt]ấm gương|[Ll]òng dũng cảm)(?: [^\W\d_]+){{0,6}}? của (?:{_HONORIFIC} )?[{UPPER}]\w+"
)
# "khen thưởng, biểu dương | anh Nam": two verbs of one object
_AND_PRAISED = re.compile(rf"(?:,| và) (?:{any_of(_PRAISE['honoured'])}|động viên|khích lệ)(?: (?:kịp thời|đột xuất|khích lệ))?(?= )")
_PRAISES = re.compile(r" của [^,.;:\d]{4,60} (?:để )?")
# "đề nghị | khen 5 cá nhân", "cấp trên khen": of nobody who is named
_HIGHER = re.compile(
    r"(?<!\w)(?:đề nghị|xét|xét duyệt|bình xét|trình|cấp trên|cấp có thẩm quyền|cấp thẩm quyền|các cấp)(?: (?:xét|biểu dương,))* $"
)
_ABOVE = 40  # code points before it in which they stand
_SHARED_OUT = re.compile(rf" *(?:cho )?(?:{any_of(_PRAISE['shared'])})(?!\w)")  # "thưởng nóng cho các đơn vị phá án"
_SUM = re.compile(r"(?<!khen )thưởng")
_WITH = re.compile(r"[^;.:\d]{0,40}?(?:,|và|kèm|cùng|đồng thời)(?: [^\W\d_]+){0,2}? *")
_MONEY = re.compile(rf" {SUM}")
_MONEY_ALONE = re.compile(rf"{_MONEY.pattern}(?:/\w+)?(?= ?[.;,]|$)")
_SUM_WITH = re.compile(rf" (?:nóng )?{SUM},? (?:và|cùng|kèm|kèm theo)(?: \w+)? (?:bằng|giấy|thư) khen")
_JUST_GIVES = re.compile(r" (?:cũng |đã |còn |quyết định ){0,2}")
_NEW_CLAUSE = re.compile(r"(?:[,;]|(?<!\w)và|(?<!\w)còn) (?:chủ tịch |giám đốc |lãnh đạo )?$")
# "tặng Bằng khen cho 6 tập thể, mỗi tập thể | được thưởng 10 triệu đồng"; "…. Trong đó, tổ 4 | được thưởng 30 triệu đồng"
_EACH = re.compile(r"[,;(] ?(?:mỗi|từng) [^.;:\d]{2,40}$")
_OF_THESE = re.compile(r"[-–+ ]*(?:trong đó|cụ thể|theo đó|kèm theo)(?!\w)")
_PAPER_BEFORE = re.compile(r"(?:bằng|giấy|thư) khen(?!\w)[^\n]*$")
# between those who are counted and what they get
_AS = re.compile(r"(?: (?!(?:đạt|đoạt|giành|có|là|được|từng|mang|của)(?!\w))[^\W\d_]+){0,8} *")
PAPERS = frozenset(("emulation_flag", "certificate_of_merit", "certificate_of_commendation", "commemorative_medal", "insignia"))
_GIVEN = frozenset({*PRAISED_BY, "commemorative_medal", "insignia"})
WINNERS = re.compile(r"[^.;:]{3,120} (?:đạt|đoạt|giành|nhận) ")


@dataclass(frozen=True)
class Praise:
    """The words of a sentence that praise somebody, among its awards and numbers."""

    places: Places
    sentence: Interval
    names: Sequence[Name]
    bound: Sequence[Bound]
    marks: Sequence[Verb]
    earlier: Sequence[Mention]  # of the awards before

    def of_nobody(self, name: Name, giver: Grantor, *, counted: bool, told: bool) -> bool:
        """Whether a "khen thưởng" is of nobody who is counted, named or known, so that it is no award."""
        folded, end = self.places.folded, self.sentence.end
        word = folded[name.start : name.end]
        if word.startswith("phần thưởng"):
            return not counted  # "trao phần thưởng cao quý cho ông A" speaks of an award that is named elsewhere
        another = word.endswith("khen thưởng") and giver.level and self.earlier and giver.level is not self.earlier[-1].level
        another = another or (bool(giver.level) and self._own_giver(name, giver))
        if (
            (word == "khen" and not giver.level and not giver.name and not (counted and self._from_above(name)))
            or self._tells_kind(name)
            or (not another and self._comes_with(name))
        ):
            return True
        also = _AND_PRAISED.match(folded, name.end, end)
        after = also.end() if also else name.end
        shared = _SUM.search(word) and _SHARED_OUT.match(folded, after, end)
        if word.startswith("nhận"):  # "nhận thưởng từ UBND tỉnh"
            return giver.level in (None, AwardLevel.GRASSROOTS)
        text, start = self.places.text, self.sentence.start
        near = max(start, name.start - _NEAR)
        asked = any(mark.frame == "propose" and near <= mark.start < name.start for mark in self.marks)
        if (giver.level or giver.name or asked) and _DEED.search(text, near, name.start):
            return False
        if (giver.level or giver.name) and (_PRAISED_BY.search(text, near, name.start) or _GROUP_BY.search(folded, near, name.start)):
            return False
        if giver.level and _PERSON_AFTER.match(text, after, end):
            return False
        counted_before = any(bond.end < name.start and _GOT_BY.fullmatch(folded, bond.end, name.start) for bond in self.bound)
        if (giver.level or giver.name) and counted_before:
            return False
        if word.startswith("được") and _PERSON_BEFORE.search(text, start, name.start):
            return False
        return not (told or shared or _PRAISED.match(folded, after, end) or _CALLED.match(text, after, end))

    def _own_giver(self, name: Name, giver: Grantor) -> bool:
        """Whether another one than who gave the award before stands right before it: "Bộ trưởng gửi Thư khen, UBND tỉnh thưởng 30 triệu đồng"."""
        if not self.earlier or self.earlier[-1].level in (None, giver.level):
            return False
        bodies = self.places.bodies_in(self.sentence)
        folded = self.places.folded
        return any(
            _JUST_GIVES.fullmatch(folded, body.end, name.start) and _NEW_CLAUSE.search(folded, max(0, body.start - 30), body.start)
            for body in bodies
            if body.end <= name.start
        )

    def _from_above(self, name: Name) -> bool:
        """Whether a bare "khen" is asked for, or of those above: "đề nghị cấp trên khen 38 tập thể"."""
        near = max(self.sentence.start, name.start - _ABOVE)
        return bool(_HIGHER.search(self.places.folded, near, name.start))

    def _comes_with(self, name: Name) -> bool:
        """Whether a sum comes with a certificate that the clause has named: "tặng Giấy khen và thưởng 2 triệu đồng"."""
        if _SUM_WITH.match(self.places.folded, name.end, self.sentence.end):
            return True
        if any(
            _PRAISES.fullmatch(self.places.folded, other.end, name.start)
            for other in self.names
            if other.type in PAPERS and other.end < name.start
        ):
            return True  # "trao Giấy khen của UBND huyện | khen thưởng đột xuất anh A"
        start, folded = self.sentence.start, self.places.folded
        alone = _SUM.search(folded, name.start, name.end) and _MONEY_ALONE.match(folded, name.end)
        if alone and any(mention.name.type in PAPERS and mention.sentence == self.sentence for mention in self.earlier):
            return True  # "tặng Giấy khen cho 3 cá nhân và | thưởng 5 triệu đồng."
        if _SUM.search(folded, name.start, name.end) and _MONEY.match(folded, name.end):
            if any(not mention.name.bare for mention in self.earlier) and _EACH.search(folded, max(start, name.start - 60), name.start):
                return True
            if _OF_THESE.match(folded, start, name.start) and _PAPER_BEFORE.search(folded, max(0, start - _NEAR), start):
                return True
        near = [
            mention.name for mention in self.earlier if mention.name.end <= name.start <= mention.name.end + 60 and not mention.name.bare
        ]
        with_it = near and (
            is_beside(self.places, self.sentence, near[-1]) or _WITH.fullmatch(self.places.folded, near[-1].end, name.start)
        )
        return bool(with_it)

    def _tells_kind(self, name: Name) -> bool:
        """Whether those who are counted after "khen thưởng" are told what they get: "khen thưởng 20 cá nhân Kỷ niệm chương"."""
        if self.places.folded.startswith(":", name.end) and any(other.start > name.end and not other.bare for other in self.names):
            return True  # "công bố quyết định khen thưởng: 5 tập thể được tặng Cờ …"
        counted = max((bond.end for bond in self.bound if bond.award is not None and self.names[bond.award] is name), default=name.start)
        following = next((other for other in self.names if other.start >= counted > name.start), None)
        if (
            following is not None
            and not following.bare
            and following.type == name.type
            and WINNERS.fullmatch(self.places.folded, name.end, following.start)
        ):
            return True  # "trao thưởng 12 tác giả đạt giải thưởng "…"": one award
        given = following is not None and not following.bare and following.type in _GIVEN
        return following is not None and given and bool(_AS.fullmatch(self.places.folded, counted, following.start))


def is_beside(places: Places, sentence: Interval, name: Name) -> bool:
    """Whether the sentence goes on to tell what was given besides: "Ngoài Bằng khen, …"."""
    return not name.bare and bool(around("besides").search(places.folded, max(sentence.start, name.start - 50), name.start))
