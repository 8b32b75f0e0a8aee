"""What the words between a number and an award tell: that it is given to those, that they get it, or that somebody else does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.award_words import Name, groups
from extract.numbers import parse
from extract.quantities import Quantity
from extract.words import any_of, lexicon
from schemas.vocabulary import Unit

LEXICON = lexicon("binding")["binding"]
WORD = {key: rf"(?<!\w)(?:{any_of(words)})(?!\w)" for key, words in LEXICON.items() if key not in ("personal", "of_bodies")}
JOIN = re.compile(
    rf"\"?(?: (?:{any_of(LEXICON['merits'])}))* *(?:,|;|và|, và|cùng|cùng với|\+|&|-) *(?:có |cho |tặng )?(?:các |tập thể |cá nhân |(?:đại diện )?(?:gia đình|thân nhân)(?:,? (?:và )?(?:gia đình|thân nhân))? (?:của )?)?"
)
_WITH_NAMES = re.compile(
    r",? (?:gồm|là|thuộc|trực thuộc|của|ngành|khối|nhân dân|lớp|ở|tại)(?::| )(?P<names>[^.;]{1,150}?)(?:,| và|, và|, cùng| cùng) "
)
# "11 tập thể được Chính phủ, 40 tập thể được Bộ Xây dựng tặng Cờ thi đua"
_BY_ANOTHER = re.compile(
    r" được (?P<names>(?:(?!(?:tặng|trao|khen|công nhận|nhận|đề nghị|phong|cấp|xét)(?!\w))[^,;.:\d]){1,60}?)(?:,| và) "
)
_ASIDE = re.compile(r"^ \([^()\d]{1,60}\)")  # "1 tập thể (Cục Thuế tỉnh) và 1 cá nhân"
_OF_WHOM = re.compile(r" (?:tham gia )?đăng kí(?:,| và|, có| và có) ")  # "96 hộ đăng ký và 89 hộ được công nhận"
_GIVEN = re.compile(rf"(?:{WORD['gives_to']}|:)[ :]*(?:(?:{any_of(LEXICON['then'])}) |[-–+] )*$")
_COMMA = re.compile(r" ?, ?| và ")
_BY_LEVEL = re.compile(r" ?\((?:ở |trong đó,? )?cấp ")  # "danh hiệu … các cấp (cấp tỉnh 12 hộ, cấp huyện 90 hộ)"
_DONE = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['done'])})(?: (?:được|cho|thêm|mới|tổng số|tổng cộng)){{0,2}} $")
_HAS = re.compile(rf"(?<!\w)(?:{any_of(LEXICON['has'])}) $")
_PRAISED = frozenset((Unit.COLLECTIVE, Unit.INDIVIDUAL))
_FEW_WORDS = 4
_MANY_TIMES = 5  # so many times as many are those of whom some get an award
_PLAIN_WORDS = re.compile(rf"(?:(?:,| và)? (?!(?:{any_of(LEXICON['no_plain'])})(?!\w))[^\W\d_]+){{1,5}}(?:,| và|, và|, cùng| cùng) ")
# "Bằng khen cho Đội A và 3 cá nhân", "Giấy khen của Giám đốc Sở tặng Đội A và 3 cá nhân"
TO = re.compile(r"(?<!\w)(?:cho|đối với)(?!\w)|^(?: của [^,;.:\d]{1,60}?)?,? (?:tặng|truy tặng|gửi|gửi tới)(?: tới)? (?!quà|tiền|thêm|hoa)")
_OF_A_YEAR = re.compile(r"^ năm \d{4}(?= )")  # "Giải thưởng Sao Mai năm 2022 cùng 9 cá nhân"
# "danh hiệu NSND mỗi năm là 80 người"
_COUNTED_AS = re.compile(
    r"(?: trở lên)?(?: của [^,;.:\d]{1,60}?)?(?: (?:trong |hằng |hàng |mỗi )?(?:năm|đợt)(?: này| nay| qua| \d{4})?)? là "
)
# "nâng tổng số đề nghị tặng Bằng khen lên 15 tập thể"
_RAISES = re.compile(r"(?<!\w)(?:nâng|đưa)(?: tổng)? số(?!\w)[^.;:]*$")
_RAISED = re.compile(r"(?: (?:[^\W\d_]+|(?:19|20)\d\d)){0,10}? lên(?: tới| đến| thành)?(?: hơn| gần| trên)? ")
_DECIDED_ON = re.compile(
    r"[^,;.:\d]{0,40}(?: (?:năm )?\d{4}[^,;.:\d]{0,40}){0,2} với "
)  # "ban hành quyết định khen thưởng năm 2015 với 19 tập thể"
# "khen thưởng ban huấn luyện và 9 cầu thủ"
_WITH_THEM = re.compile(
    rf" (?:nóng |đột xuất |kịp thời )?(?:cho )?(?:(?:các|tập thể) )?(?:{any_of(LEXICON['also'])})(?!\w)(?: (?!(?:{any_of(LEXICON['no_plain'])})(?!\w))[^\W_]+){{0,8}}(?:,| và|, và| cùng) "
)
_GETS = re.compile(WORD["gets"])
AMONG = re.compile(WORD["among"])
_ELSE = re.compile(WORD["other_matter"])
_NO_MATTER = re.compile(rf"{WORD['no_other_matter']}(?! *$)")  # "Đội Cứu hộ và 5 cá nhân", but "cứu nạn 22 ngư dân"
# "vì nợ bảo hiểm của 400 công nhân": theirs, not the award
_OF_OTHERS = re.compile(
    r"(?:(?<!\w)(?:(?<!chiến sĩ )(?<!nhân viên )của|nợ|(?:gia đình|hộ|công ti|đơn vị|trường|người|nơi)(?: đang| đã)? có)|, người (?:đã |từng )?[^,]*)(?: cả)? *$"
)
_MERITS = re.compile(r"(?<!\w)(?:thành tích|vì|phát hiện|tố cáo)(?!\w)")
_ANEW = re.compile(r"(?<!\w)(?:đồng thời|phê bình|hỗ trợ|giúp|trả|nhường|chở|trợ vốn|cho vay|giải ngân)(?!\w)")
_BY_WAY_OF = re.compile(r"[^;.\d]{0,60}?(?<!\w)(?:với|bằng|kèm|gồm|hình thức|nhận|được tặng)(?!\w)[^;.\d]{0,40}$")
_GIVING = re.compile(r"(?<!\w)(?:tặng|trao|khen|thưởng|phong|công nhận|gửi)(?!\w)")
# "khen thưởng các cô giáo đã đỡ đẻ cho 2 sản phụ": for whom those did something who get it
_DID_FOR = re.compile(
    r"^(?: cho)? (?:các|những|nhóm|ông|bà|anh|chị|em|cô|thầy|người)(?!\w)[^;.:]{1,60} (?:đã|từng|vì|dạy|giúp|hỗ trợ|chữa|khám|nấu|góp|quyên góp|hiến|vận động|tạo|mở|dành|xây|trao)(?!\w)(?! có)[^;.:]{1,60}(?<!\w)cho $"
)
_IS_FOR = re.compile(
    rf"(?<!\w)(?:{any_of(LEXICON['gains'])})(?: [^\W\d_]+){{0,2}} cho(?: cả| các| hơn)? $"
)  # "làm động lực cho cả hai mẹ con"
_ALIKE = re.compile(r"(?: còn lại)? (?:cùng |đều |đồng )(?:hạng |đạt |đoạt |nhận )?")  # "hai đội đồng giải Ba"
_TO_GIVE = re.compile(r"(?<!\w)để (?:(?:tuyên dương|biểu dương|tôn vinh), )?[^,;.:\d]{0,50}?(?<!\w)(?:tặng|khen|trao|công nhận)(?!\w)")
_NOT_GOT = re.compile(r"(?<!\w)(?:không|chưa)(?!\w)|, (?:do|vì|nhờ)(?!\w)")  # "200 học sinh không có giấy khen"
# "500 đại biểu dự lễ và đón nhận", "200 đại biểu, các tập thể được khen", "14 đề tài dự thi, trong đó máy A đoạt giải": others get it
_OTHERS_GET = re.compile(
    r"(?<!\w)dự (?:buổi |chương trình )?(?:lễ|hội nghị|buổi)(?!\w)[^;]{0,200} và (?:đón nhận|đón|nhận|trao)(?!\w)"
    r"|(?<!\w)(?<!^ và )(?:các|những) (?:tập thể|cá nhân|tổ chức|điển hình|gương|gia đình)(?!\w)"
    r"|, (?:trong đó|riêng|đặc biệt|nhất là|còn)(?! có)[^,\d]*$"
    r"|^(?: (?:dự thi|tham gia|tham dự|tranh tài|thi đấu)(?!\w)[^,;]{0,60})?, (?:đội|em|thí sinh|tác giả|ông|bà|anh|chị|cô|thầy|trường|đơn vị|xã|thôn|tác phẩm|tiết mục) [^,;]{2,60} (?:đạt|đoạt|giành)(?!\w)"
    r"|^(?: hội đồng)?(?: có mặt| dự họp)?(?: đã| đều)? (?:đồng ý|nhất trí|thống nhất|biểu quyết|tán thành|bỏ phiếu)(?!\w)"
)
# "14 xã đạt chuẩn nông thôn mới, 95% số hộ đạt …": what they get is told already
# "250 đại biểu là lãnh đạo, …, Mẹ Việt Nam anh hùng"
_ARE_MANY = re.compile(r"(?: [^\W\d_]+){0,3} là (?!(?:các |những )?(?:tập thể|cá nhân)(?!\w))")
# "3 cá nhân là ông A, bà B được tặng", "5 chị là cán bộ hội, được tặng"
_WHO_GET = re.compile(r"(?P<they>, (?:(?:đã|vừa|đều|cùng|vinh dự) ){0,2})?(?<!\w)(?:được|nhận)(?!\w)[^,;.:\d]{0,60}$")
# "6/6 thôn giữ vững danh hiệu Thôn văn hóa"
_KEEPS = re.compile(
    rf"(?<!\w)(?:{any_of(LEXICON['keeps'])})(?:(?:,| và) (?:{any_of(LEXICON['keeps'])}))?(?: các| những| được)?(?: danh hiệu| lá)?(?: thi đua)?:? ?[\"“']?$"
)
_ANOTHER_GOAL = re.compile(
    r"(?<!\w)(?:đạt|công nhận)(?: là)?(?: xã| huyện| thôn)? (?:chuẩn|nông thôn mới)(?!\w)[^,;]{0,60}, (?!(?:đã |vừa |vinh dự |và )*được )|,[^,;\d]{0,20}\d[\d.,]{0,6} ?%"
)
_EACH = r"(?:cho )?(?:mỗi|từng) (?:em|người|cá nhân|tập thể|học sinh|sinh viên|gia đình|hộ|anh|chị|đồng chí|đơn vị|bạn|thí sinh)(?!\w)"
_EACH_GETS = re.compile(
    rf"[^.;:\d]{{0,80}}[,;:] {_EACH}(?: [^\W\d_]+){{0,3}}? (?:được|nhận)(?: [^\W\d_]+){{0,4}} (?:(?:một|1|tấm|tờ|chiếc) ){{0,2}}"
)
# "tuyên dương 100 học sinh; các em được tặng bằng khen"
_THEY_GET = re.compile(
    r"[^.;:\d]{0,80}[,;] (?:các (?:em|cháu|bạn|anh|chị|cụ|mẹ)|họ|tất cả|những người này)(?: [^\W\d_]+){0,2}? (?:được|nhận)(?: [^\W\d_]+){0,4} "
)
# "biểu dương 70 học sinh, tặng mỗi em một giấy khen", "…, tặng Giấy khen cho mỗi em"
_GIVEN_EACH = re.compile(rf"[^.;:\d]{{0,80}}(?:,| và) (?:tặng|trao|trao tặng) (?:{_EACH} )?(?:(?:một|1|tấm|tờ|chiếc) ){{0,2}}")
_TO_EACH = re.compile(rf"(?: của [^,;.:]{{1,40}}?)? {_EACH}")
# "công nhận 5 xã đạt chuẩn và tặng Bằng khen cho 3 xã": others get it
_GIVEN_TO_OTHERS = re.compile(r"(?:,|,? và|,? đồng thời) (?:tặng|trao|trao tặng|khen tặng) $")
_TO_SOME = re.compile(r"(?: của [^,;.:\d]{1,60}?)? cho \d")
# "tặng 45 cá nhân trong số 300 cá nhân được bình chọn"
_OUT_OF = re.compile(r"(?:^|\w) (?:trong|trên) (?:tổng )?số $|(?<!\w)chọn (?:lọc |ra )?từ $")
_ALONG = re.compile(r" *(?:,|và|kèm|kèm theo|cùng)(?: tiền| trao| tặng)? *")
_PASSED = re.compile(r"(?<!\w)(?:được|nhận|vinh dự)(?!\w)(?:[^,;]{0,150}|.{0,40})$")
PERSONAL = frozenset(LEXICON["personal"])
TITLES = PERSONAL | frozenset(LEXICON["of_bodies"])
# "khen thưởng, biểu dương 5 em"
_PRAISES = re.compile(
    r"(?:(?:,| và)? (?:khen thưởng|biểu dương|tuyên dương|tôn vinh|vinh danh|động viên|khen ngợi|ghi nhận)(?: kịp thời)?){1,3}"
    r"(?: (?:trong|trước|tại|dưới) [^,;.:\d]{1,40})? (?:các |cho |đối với )?"
)
# "khen thưởng hành động dũng cảm của 2 thợ lặn"
_DEEDS_OF = re.compile(
    r"(?:(?:,| và)? (?:tuyên dương|biểu dương|khen ngợi|ghi nhận|tôn vinh|động viên|cảm ơn)){0,3}(?: các| những)?"
    r" (?:hành động|nghĩa cử|thành tích|tinh thần|việc làm|chiến công|đóng góp|nỗ lực|lòng dũng cảm)"
    r"(?! được)[^,;.:\d]{0,40}? của(?: cả)? "
)
_RECEIVE = re.compile(
    r" (?:đã |vinh dự )?(?:(?:được )?(?:nhận|đón nhận|tặng|trao|trao tặng|tặng thưởng)|được (?:[^\W\d_]+,? ){1,10}?(?:tặng|trao tặng|tặng thưởng|khen thưởng))(?: tổng cộng)? "
)
_AND_NUMBER = re.compile(r"[^;.\d]{0,60}(?:,| và|, và) \d[\d.]* (?:tấm |lượt |chiếc )?")
CASES = re.compile(r"(?:trường hợp|đồng chí|đ/c|cán bộ|cá nhân|giáo viên|đảng viên|hội viên|quân nhân)(?!\w)")
_FILES = re.compile(r" (?:bộ hồ sơ|hồ sơ|trường hợp|lượt)$")
_FILED = re.compile(r" (?:(?:đề nghị|xét|trình|khen|tặng|phong tặng|truy tặng|công nhận|về)(?: thưởng)? ){0,3}(?:danh hiệu )?[\"“]?")
# "Bằng khen của UBND tỉnh | 40 đơn vị", "Bằng khen Thủ tướng Chính phủ | 10 trường hợp"
_CONFERRED_BY = re.compile(
    rf" (?:của (?=[^\W\d_])|(?=(?:{any_of(LEXICON['conferring'])}) ))(?:(?!(?:{any_of(LEXICON['no_conferring'])}) )[^\W\d_]+,? ){{1,12}}(?<!cụm )(?<!khối )(?<!đua )(?<!, )"
)
# "1 Mẹ Việt Nam anh hùng được phong tặng, | 5 mẹ được truy tặng", "…; truy tặng cho | 6 đồng chí"
_GOT_ALIKE = re.compile(
    r"(?: [^\W\d_]+){0,3}? (?:đã |vừa |cũng )?được (?:đề nghị )?(?:xét )?(?:phong tặng|truy tặng|truy phong)(?:(?:,| và| hoặc|/) (?:phong tặng|truy tặng))?(?= ?(?:,(?! (?:phong|truy))|[;.)])| và \d|$)"
)
_VERB = 30  # code points of such a verb before a number
_GIVEN_ALIKE = re.compile(r"(?:[;,]|(?<!\w)và) (?:đã )?(?:phong tặng|truy tặng|truy phong) (?:cho )?(?:các )?$")
_OPENED = re.compile(
    r" của [^,;.:()\d]{1,60} (?:\(|(?:đối )?với )"
)  # "BẰNG KHEN CỦA CHỦ TỊCH UBND TỈNH (03 cá nhân)", "… của Thủ tướng với 6 tập thể"
# "Bằng khen của UBND tỉnh không quá 3 tập thể", "Giấy khen: mỗi phòng xét chọn tối đa 2 cá nhân": how many may get it
_LIMITED = re.compile(
    r"(?: của [^,;.:()\d]{1,60}?)?(?:(?: ?:)?(?:(?: cho)? (?:mỗi|từng) [^,;.:\d]{1,30}?)?| ?[,;] (?:mỗi|từng) [^,;.:\d]{1,30}?)(?: được)?(?: (?:đề nghị|xét|chọn|xét chọn|bình chọn|lựa chọn|giới thiệu|trình))? "
)
_BY_WHOM = re.compile(
    r" của (?:(?!(?:các|những|và|cùng|có|với|cho|được|trong|do|vì|khi|tại|hơn|gần|trên|đã|là|ở|năm)(?!\w))[^\W\d_]+ ){1,10}"
)
_LIMITS = ("không quá", "tối đa", "không vượt quá", "nhiều nhất")
_HANDED = ("certificate_of_merit", "certificate_of_commendation", "commemorative_medal", "letter_of_commendation")
# "khen thưởng 20 cá nhân ngoài ngành Kỷ niệm chương"
_NEXT_TO = re.compile(r"(?:(?!(?<!\w)(?:được|đạt|đã|có|từ|tại|nhận|của|và|cùng)(?!\w))[^,;.:\d]){1,50}")


# "…, tặng quà | cho 20 hộ", "… và trao 30 suất học bổng | cho 30 em", "…; thăng quân hàm | cho 2 đồng chí"
_GIVES_ELSE = re.compile(
    rf"(?:[,;]|(?<!\w)(?:và|đồng thời|ngoài ra|còn|rồi))(?: [^\W\d_]+,?){{0,8}}? (?:(?:{any_of(LEXICON['hands'])}) (?:thêm |hơn |gần |trên )?(?:\d[\d.,]* (?:[^\W\d_]+ ){{0,2}}?)?(?:{any_of(LEXICON['things'])})|{any_of(LEXICON['promotes'])})(?! (?:công nhận|tặng|khen|phong)(?!\w))(?!\w)[^;.:]{{0,80}}$"
)
_TOLD = re.compile(r"\d|(?<!\w)(?:cho|tập thể|cá nhân)(?!\w)")


def without_title(quantity: Quantity, names: Sequence[Name], folded: str) -> Quantity:
    """The cases alone, of a phrase that goes on with what they are proposed for: "15 trường hợp | Chiến sĩ thi đua"."""
    case = CASES.match(folded, quantity.number_end + 1, quantity.end)
    titled = case and any(name.start == case.end() + 1 < quantity.end for name in names)
    if not case or not titled:
        return quantity
    return quantity._replace(end=case.end(), units=(Unit.OTHER,) if case[0] == "trường hợp" else quantity.units)


def of_them(before: Quantity, quantity: Quantity, folded: str) -> bool:
    """Whether a number tells anew what some do of those before: "có 35 học sinh giỏi, 5 em đạt giải", "850 công nhân, 35 công nhân được"."""
    noun = folded[quantity.number_end : quantity.end]
    alone = noun in (" em", " cháu", " bạn") or (
        bool(noun) and not noun.startswith((" tập thể", " cá nhân")) and folded.startswith(noun, before.number_end)
    )
    return alone and before.units == quantity.units and folded[before.end : quantity.start].strip() in (",", ";")


def gives_else(gap: str, told: bool) -> bool:
    """Whether, after those who get the award, a new verb gives others another thing: "cho 5 tập thể, tặng quà cho 20 hộ".

    `told`: whether those who get it stand before the award, and not behind it.
    """
    given = _GIVES_ELSE.search(gap, max(0, len(gap) - 200))
    if given is None or given[0].startswith(", được "):
        return False  # "…, được nhà trường trao học bổng": of the same one
    return told or _TOLD.search(gap, 0, given.start()) is not None


def listed(gap: str) -> bool:
    """Whether the words between two numbers make one list of them: "3 tập thể gồm Đội A, Đội B và 9 cá nhân"."""
    gap = _ASIDE.sub("", gap, count=1)
    named = _WITH_NAMES.fullmatch(gap) or _BY_ANOTHER.fullmatch(gap)
    return bool(JOIN.fullmatch(gap) or _OF_WHOM.fullmatch(gap)) or (
        named is not None and not _GETS.search(named["names"]) and not tells_else(named["names"])
    )


def listed_bodies(first: Quantity, gap: str) -> bool:
    """Whether plain words more of what the bodies are stand before those who are told with them: "3 tập thể khoa và 7 cá nhân"."""
    bodies = set(first.units) <= {Unit.COLLECTIVE, Unit.UNIT, Unit.ENTERPRISE} and bool(first.units)
    few = bodies or (bool(first.units) and gap.endswith(" và ") and len(gap.split()) < _FEW_WORDS)  # "3 binh sĩ Hàn Quốc và 2 lính Mỹ"
    return few and bool(_PLAIN_WORDS.fullmatch(gap)) and not _GETS.search(gap) and not tells_else(gap)


def told_apart(quantities: Sequence[Quantity], folded: str, start: int) -> set[int]:
    """The numbers that tell what somebody did or has, and end a list: "đã đào tạo 900 học sinh; | 12 học sinh đạt giải"."""
    found: set[int] = set()
    head = 0
    for at, quantity in enumerate(quantities[:-1]):
        praised = set(quantity.units) <= _PRAISED
        if not at or praised or not _COMMA.fullmatch(folded, quantities[at - 1].end, quantity.start):
            head = at
        following = quantities[at + 1]
        before = folded[max(start, quantities[head].start - 40) : quantities[head].start]
        if not praised and _DONE.search(before):
            found.add(at)
        elif ";" in folded[quantity.end : following.start] and _HAS.search(before):
            many, few = (parse(folded[other.number : other.number_end]) or 0 for other in (quantity, following))
            if many > few * _MANY_TIMES:
                found.add(at)
    return found


def given(name: Name, folded: str, at: int) -> bool:
    """Whether "cho", a colon or nothing at all leads from the award to the number."""
    gap = _OF_A_YEAR.sub("", folded[name.end : at])
    if folded.startswith(_LIMITS, at) and not name.bare and _LIMITED.fullmatch(gap):
        return True
    if folded[at].isdigit() and name.type in _HANDED and _BY_WHOM.fullmatch(gap):
        return True  # "Giấy khen của Giám đốc Sở 15 tập thể"
    if (
        gap.strip(" \"'") in ("", "(", "cùng", "cùng với", "với", "chúc mừng", "đột xuất", "nóng", "kịp thời")
        or _DEEDS_OF.fullmatch(gap)
        or _PRAISES.fullmatch(gap)
        or _OPENED.fullmatch(gap)
        or _CONFERRED_BY.fullmatch(gap)
        or _COUNTED_AS.fullmatch(gap)
        or (_RAISED.fullmatch(gap) and _RAISES.search(folded, max(0, name.start - 80), name.start))
        or (name.bare and (_DECIDED_ON.fullmatch(gap) or _WITH_THEM.fullmatch(gap)))
    ):
        return True
    given = _GIVEN.search(gap)
    return bool(given) and ";" not in gap and not (_ANEW.search(gap) or _DID_FOR.search(gap) or _IS_FOR.search(gap))


def gets_alike(name: Name, folded: str, quantity: Quantity, end: int) -> bool:
    """Whether those who are counted get what was named before, by a verb that is used of honours alone: "5 mẹ được truy tặng"."""
    return not name.bare and bool(
        honoured(folded, quantity.end, end) or _GIVEN_ALIKE.search(folded, max(name.end, quantity.start - _VERB), quantity.start)
    )


def honoured(folded: str, at: int, end: int) -> bool:
    """Whether "được phong tặng", "được truy tặng" follow with no word of what."""
    return _GOT_ALIKE.match(folded, at, end) is not None


def by_way_of(left: int, index: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str) -> int:
    """ "khen thưởng 5 tập thể với hình thức Bằng khen": the award that "khen thưởng" stands for."""
    if not names[left].bare:
        return left
    if left and not names[left - 1].bare and _ALONG.fullmatch(folded, names[left - 1].end, names[left].start):
        return left - 1  # "trao thư khen, thưởng cho 14 đơn vị": the money comes with the letter
    following = next((at for at, name in enumerate(names) if name.start >= quantities[index].end and not name.bare), None)
    if (
        following is not None
        and (names[following].type in _HANDED or names[following].start == quantities[index].end + 1)
        and _NEXT_TO.fullmatch(folded, quantities[index].end, names[following].start)
    ):
        return following
    if following is not None and _BY_WAY_OF.fullmatch(folded, quantities[index].end, names[following].start):
        return following
    return left


def gets(last: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str) -> int | None:
    """The award on the right of the last number of a list that a verb says it gets: "12 tập thể và 30 cá nhân được tặng Bằng khen"."""
    right = next((at for at, name in enumerate(names) if name.start >= quantities[last].end), None)
    if right is None:
        return None
    if _counted_apart(last, quantities, names[right:], folded):
        return right
    between = [
        other
        for other in quantities[last + 1 :]
        if other.end <= names[right].start and other.units and not _in_brackets(folded, quantities[last].end, other, names[right].start)
    ]
    head = folded[quantities[last].end : names[right].end]
    gap = folded[quantities[last].end : names[right].start]
    if names[right].type == "contest_prize" and _ALIKE.fullmatch(gap):
        return right
    file = _FILED.fullmatch(gap) and _FILES.search(folded, quantities[last].number_end, quantities[last].end)
    called = names[right].type in TITLES or (gap == " " and (names[right].type == "contest_prize" or names[right].elliptic))
    if file or (gap.rstrip("\"'“‘") == " " and called):
        return right  # "15 thí sinh giải Nhì", "60 giáo viên Lao động tiên tiến", "8 tập thể “Đơn vị tiên tiến”", "2 hồ sơ Huân chương Lao động"
    if "," in gap and _ARE_MANY.match(gap) and not _are_named(quantities[last], gap, folded):
        return None
    gets = (
        _GETS.search(head if names[right].bare or names[right].won else gap)
        or _TO_GIVE.search(head if names[right].bare else gap)
        or _KEEPS.search(gap)
    )
    if between or ";" in gap or not gets:
        return None
    if "được" not in gap and _GIVEN_TO_OTHERS.search(gap) and _TO_SOME.match(folded, names[right].end):
        return None
    if names[right].bare and len(gap) > 60 and not _PASSED.search(gap + folded[names[right].start : names[right].end]):
        return None
    if any(other.number_end <= names[right].start <= other.number_end + 2 for other in quantities[last + 1 :]):
        return None  # "78 em dự thi, đạt 52 giải": the prizes are counted themselves
    if re.search(r"(?<!\w)(?:trao|tặng) cho(?!\w)", gap) or _NOT_GOT.search(gap) or _ANOTHER_GOAL.search(gap) or _OTHERS_GET.search(gap):
        return None
    return right


def _counted_apart(last: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str) -> bool:
    """Whether those get what is counted itself, and no other kind beside it: "7 tập thể và 15 cá nhân nhận 22 Bằng khen"."""
    after, name = quantities[last + 1 : last + 2], names[0]
    if any(other.type != name.type and _AND_NUMBER.fullmatch(folded, name.end, other.start) for other in names[1:2]):
        return False
    return name.type in _HANDED and any(
        other.number_end <= name.start <= other.number_end + 2 and _RECEIVE.fullmatch(folded, quantities[last].end, other.start)
        for other in after
    )


def _are_named(quantity: Quantity, gap: str, folded: str) -> bool:
    """ "3 cá nhân là ông A, bà B và ông C được tặng": as many as are counted are named before what they get, or nobody else is."""
    got = _WHO_GET.search(gap)
    return got is not None and (bool(got["they"]) or len(_COMMA.split(gap)) >= (parse(folded[quantity.number : quantity.number_end]) or 0))


def _in_brackets(folded: str, start: int, quantity: Quantity, end: int) -> bool:
    """ "30 cá nhân (trong đó có 5 nữ) được tặng": an aside between those who get it and what they get."""
    opened = folded.rfind("(", start, quantity.start)
    return opened >= 0 and folded.rfind(")", opened, quantity.start) < 0 and folded.find(")", quantity.end, end) >= 0


def each_gets(quantity: Quantity, names: Sequence[Name], folded: str) -> int | None:
    """ "tuyên dương 70 học sinh; mỗi em được tặng giấy khen": the award that a later clause gives to each of them."""
    right = next((at for at, name in enumerate(names) if name.start >= quantity.end), None)
    near = right is not None and names[right].start - quantity.end < 200
    if right is None or not near:
        return None
    given = _GIVEN_EACH.fullmatch(folded, quantity.end, names[right].start)
    each = given and ("mỗi" in given[0] or "từng" in given[0] or _TO_EACH.match(folded, names[right].end))
    gets = _EACH_GETS.fullmatch(folded, quantity.end, names[right].start) or _THEY_GET.fullmatch(folded, quantity.end, names[right].start)
    return right if each or gets else None


def loosely(
    index: int, left: int, quantities: Sequence[Quantity], names: Sequence[Name], folded: str, taken: dict[int, int | None]
) -> bool:
    """Whether the award on the left still holds: in a list of recipients with their merits, or after "trong đó"."""
    quantity, gap = quantities[index], folded[names[left].end : quantities[index].start]
    if _DID_FOR.search(gap) or _IS_FOR.search(gap) or _OF_OTHERS.search(gap) or (quantity.units == (Unit.OTHER,) and _MERITS.search(gap)):
        return False
    previous = next((other for other in range(index - 1, -1, -1) if quantities[other].units or taken.get(other) is not None), -1)
    if previous in taken and quantities[previous].start >= names[left].end:
        since = folded[quantities[previous].end : quantity.start]
        if _OUT_OF.search(since) and quantity.units in (quantities[previous].units, (Unit.OTHER,)):
            return False
        return taken[previous] == left and (bool(AMONG.search(since)) or (not tells_else(since) and "." not in since.replace("...", "")))
    return bool(AMONG.search(gap) or _BY_LEVEL.match(gap)) or (bool(TO.search(gap)) and not tells_else(gap) and ";" not in gap)


def tells_else(words: str) -> bool:
    """Whether words behind an award tell another matter: "hỗ trợ 5 hộ", but not "Trung tâm Cấp cứu và 5 cá nhân"."""
    return bool(_ELSE.search(_NO_MATTER.sub(" ", words)))


# "trao học bổng cho 50 em và tặng Giấy khen"
_GIVEN_ANEW = re.compile(r"[;.\d]|, |(?<!\w)(?:và|đồng thời|cùng) (?:trao|tặng|trao tặng|khen)(?!\w)")


def given_later(quantity: Quantity, last: Quantity, names: Sequence[Name], folded: str, start: int) -> int | None:
    """ "trao cho 5 tập thể, 9 cá nhân Bằng khen": a verb of giving before the number, the award right after the last of the list."""
    right = next((at for at, name in enumerate(names) if name.start >= last.end and not name.bare), None)
    if right is None or not _GIVING.search(folded, max(start, quantity.start - 40), quantity.start):
        return None
    gap = folded[last.end : names[right].start]
    if gap in (" và ", ", ", ", và ") and _TO_SOME.match(folded, names[right].end):
        return None  # "trao Giấy chứng nhận cho 60 học viên và Giấy khen cho 6 học viên"
    return right if len(gap) < 80 and not _GIVEN_ANEW.search(gap) else None


def _parted(other: Name, name: Name, folded: str) -> bool:
    """Whether a semicolon stands between two names: "công nhận 310 Tập thể lao động xuất sắc; Chiến sĩ thi đua cho 88 cá nhân"."""
    return ";" in folded[min(other.end, name.end) : max(other.start, name.start)]


def _is_counted(name: Name, folded: str) -> bool:
    return re.search(r"\d (?:danh hiệu )?$", folded[max(0, name.start - 12) : name.start]) is not None


def shared(award: int, names: Sequence[Name], folded: str, quantity: Quantity) -> tuple[bool, bool]:
    """Whether the recipients get several kinds at once, "Cờ thi đua và Bằng khen cho 5 tập thể", or one in several classes."""
    name = names[award]
    group = next((group for group in groups(names, folded) if name in group), (name,))
    if name.end <= quantity.start:
        others = [other for other in group if other.end <= quantity.start or other.start == name.start]
    else:
        others = [other for other in group if not re.search(r"\d", folded[name.end : other.start])]
    counted = _is_counted(name, folded)  # "5 Huân chương, Cờ thi đua cho 3 đơn vị": they get the flag alone
    others = [other for other in others if other.type == name.type or _is_counted(other, folded) == counted]
    others = [other for other in others if not other.bare and other != name and not _parted(other, name, folded)]
    kinds = any((other.type, other.level) != (name.type, name.level) for other in others)
    return kinds, bool(others) and not kinds
