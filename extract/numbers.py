"""Numbers of Vietnamese, in digits and in words: "4.000", "1,5 triệu", "hai mươi lăm", "nghìn hai", "ba (03)".

All functions read folded text (extract.fold); a value is a whole number.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mốt": 1,
    "lăm": 5,
    "nhăm": 5,
}
_LATE = ("mốt", "lăm", "nhăm", "tư")  # digits that follow tens: "hai lăm" is 25
_SCALES = {"chục": 10, "tá": 12, "trăm": 100, "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỉ": 10**9}
_BOUND = ("tư", "mốt", "lăm", "nhăm")  # digits only behind others: "đầu tư" is no number
_GREAT = ("nghìn", "ngàn", "vạn", "triệu")
_HALVES = ("rưỡi", "rưởi", "rưỡi")
_WORD = "|".join(sorted({*_DIGITS, *_SCALES, *_HALVES, "mười", "mươi", "hăm", "linh", "lẻ", "nửa"}, key=len, reverse=True))

# Words of one number, "hai trăm linh ba": what they mean, and whether anything, is for parse() to say.
# No number has more than sixteen words: an endless row of them costs no more than its length.
WORDS = rf"(?:{_WORD})(?:[ ](?!không (?!trăm))(?:{_WORD})){{0,15}}(?!\w)"  # "mỗi năm không quá 10": no "năm không"
# Digits: groups of three with points or spaces, one group after a comma, else plain with a decimal part, then a scale: "1,5 triệu".
DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ ]\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,15}(?:[.,]\d{1,2})?)(?![\d%]|[.,]\d)"
    r"(?:[ ](?:chục|trăm|nghìn|ngàn|vạn|triệu|tỉ)(?!\w))?"
)
ROMAN = r"(?:x{1,3}(?:ix|iv|v?i{0,3})|ix|iv|vi{0,3}|i{2,3})(?!\w)"

_GROUPED = re.compile(r"\d{1,3}(?:(?:\.\d{3})+|(?: \d{3})+|(?:,\d{3})+)")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10}


def parse(number: str) -> int | None:
    """The value of one folded number, written in digits, in words or as a Roman numeral; None when it is none."""
    number = number.strip()
    if number in _BOUND:
        return None
    if number[:1].isdigit():
        return _digits(number)
    if re.fullmatch(ROMAN, number):
        return _roman(number)
    return _Words(number.split()).value()


def is_scale(number: str) -> bool:
    """Whether the number is a scale without a digit before it: "nghìn" in "ngót nghìn người"."""
    return number.split(" ", 1)[0] in _SCALES


def _digits(number: str) -> int | None:
    figure, _, scale = number.partition(" ") if not re.fullmatch(r"[\d ]+", number) else (number, "", "")
    if scale and not _SCALES.get(scale):  # "12 345 nghìn": the spaces group, the last word is the scale
        figure, _, scale = number.rpartition(" ")
    factor = _SCALES.get(scale, 1)
    grouped = _GROUPED.fullmatch(figure)
    if grouped and not (factor > 1 and "," in figure):
        return int(re.sub(r"\D", "", figure)) * factor
    if not _PLAIN.fullmatch(figure):
        return None
    value = Decimal(figure.replace(",", ".")) * factor
    return int(value) if value == int(value) else None


def _roman(number: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in number]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


class _Words:
    """A reader of number words from left to right."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.at = 0

    def value(self) -> int | None:
        """The number that all the words make; None when some are left over or they make none."""
        if not self.words:
            return None
        total = self._half() if self.words[0] == "nửa" else self._number()
        return total if self.at == len(self.words) else None

    def _next(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.words[place] if place < len(self.words) else ""

    def _half(self) -> int | None:
        """ "nửa triệu" """
        self.at += 2
        scale = _SCALES.get(self.words[1], 0) if len(self.words) > 1 else 0
        return scale // 2 or None

    def _number(self) -> int | None:
        """Groups below a thousand with falling scales; milliards multiply all that stands before them."""
        total = group_sum = 0
        last = 10**12  # the scale of the group before
        while self.at < len(self.words):
            if self._next() in ("linh", "lẻ") and (total or group_sum):
                self.at += 1
                small = self._below_hundred()
                return None if small is None else total + group_sum + small
            if self._next() in _HALVES and (total or group_sum):
                self.at += 1
                return total + group_sum + last // 2
            if self._next() == "tỉ" and group_sum:
                group = 0
            else:
                bare = self._next() in _GREAT or self._next() == "tỉ"
                single = len(self.words) - self.at == 1 and self._next() in _DIGITS
                read = 1 if bare and not (total or group_sum) else self._below_thousand()
                if read is None:
                    return None
                if single and last < 10**12:
                    return total + group_sum + read * last // 10  # "nghìn hai" is 1200
                group = read
            scale = self._next()
            if scale == "tỉ":
                self.at += 1
                total, group_sum, last = (total + group_sum + group) * 10**9, 0, 10**9
            elif scale in _GREAT and _SCALES[scale] < last:
                self.at += 1
                last = _SCALES[scale]
                group_sum += group * last
            else:
                return total + group_sum + group if self.at == len(self.words) else None
        return total + group_sum

    def _below_thousand(self) -> int | None:
        """ "hai trăm linh ba", "trăm hai" (120), "trăm rưỡi", or a number below a hundred."""
        if self._next() == "trăm":
            hundreds = 1
        elif self._next() in _DIGITS and self._next(1) == "trăm":
            hundreds = _DIGITS[self._next()]
            self.at += 1
        else:
            return self._below_hundred()
        self.at += 1
        word = self._next()
        if word in ("linh", "lẻ"):
            self.at += 1
            small = self._below_hundred()
            return None if small is None else hundreds * 100 + small
        if word in _HALVES:
            self.at += 1
            return hundreds * 100 + 50
        if word in ("mười", "hăm") or (word in _DIGITS and (self._next(1) in ("mươi", "chục", *_LATE))):
            tens = self._below_hundred()
            return None if tens is None else hundreds * 100 + tens
        if word in _DIGITS:
            self.at += 1
            return hundreds * 100 + _DIGITS[word] * 10
        return hundreds * 100

    def _below_hundred(self) -> int | None:
        word = self._next()
        if word == "mười":
            self.at += 1
            return 10 + self._unit()
        if word == "hăm":
            self.at += 1
            return 20 + self._unit()
        if word in ("chục", "tá"):
            self.at += 1
            return _SCALES[word]
        if word not in _DIGITS:
            return None
        self.at += 1
        digit = _DIGITS[word]
        if self._next() == "mươi":
            self.at += 1
            return digit * 10 + self._unit()
        if self._next() in ("chục", "tá"):
            scale = _SCALES[self._next()]
            self.at += 1
            if self._next() in _HALVES:
                self.at += 1
                return digit * scale + scale // 2
            return digit * scale
        if self._next() in _LATE and digit:
            return digit * 10 + self._unit()
        return digit

    def _unit(self) -> int:
        """The digit after tens, if there is one and it is not the digit of the next scale."""
        if self._next() in _DIGITS:
            self.at += 1
            return _DIGITS[self._next(-1)]
        return 0
