"""Time of every component on hostile text against as much news, and when the text doubles: `python -m benchmarks.hostile`.

Prints a table and judges nothing, but with `--check` exits with 1 when a shape takes LIMIT times the news or doubling it GROWTH times.
`--size 100` makes it 100 kB, `--only dates` one component, `--shapes "1.|digits"` those shapes. The news is read in articles of
PIECE code points: in one of a megabyte the caps on records would make it cheap. What seems broken is measured once more, and the
better of the two counts, for the machine may be shared.
"""

from __future__ import annotations

import argparse
import gc
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from types import FrameType

from benchmarks.quick import texts
from extract.mending import mend
from extract.pipeline import ORDER, pipeline, prepared, reading_of
from schemas.article import Article
from schemas.normal import nfc
from thidua.demo.portals import all_portals

LIMIT = 5.0  # times the news
GROWTH = 2.6  # times its half
PIECE = 100_000  # code points of an article of news
LEAST = 0.3  # seconds a megabyte: below, a clock tells nothing; so much is allowed to everything
PATIENCE = 90  # seconds for one component on one shape
STAGES = ("nfc", "mend", "tokenizer", *ORDER, "reading")
NAMES = ("Nguyễn Văn An", "Lò Thị Bình", "Trần Quốc Cường", "Hoàng Minh Đức", "Vàng A Dơ", "Lê Thị Thu Hà", "Phạm Hồng Nam")
SYLLABLES = ("ba", "an", "minh", "hà", "thị", "lò", "văn", "đức", "cường", "hùng", "sơn", "thu")

# What is repeated to fill the size.
REPEATED = {
    "1.": "1.",
    "1. ": "1. ",
    "(": "(",
    ") ": ") ",
    "nested brackets": "(((a) (b",
    "digits": "1",
    "grouped digits": "1.000.",
    "digits, spaces": "123 ",
    "years": "2019 ",
    "years, commas": "2019, ",
    "year spans": "2016 - 2020 - ",
    "days": "1, ",
    "months": "tháng 1, ",
    "quarters": "quý I, ",
    "slashes": "1/1/",
    "weekdays": "thứ hai ",
    "dates": "ngày 12/4/2019, ",
    "dates, sentences": "Ngày 12/4/2019. ",
    "yearless dates": "ngày 12/4, ",
    "today": "hôm nay, ",
    "same day": "cùng ngày. ",
    "same period": "so với cùng kỳ. ",
    "năm ": "năm ",
    "cùng năm": "tháng 5 cùng năm. ",
    "một ": "một ",
    "number words": "hai mươi lăm nghìn ba trăm linh ",
    "signed numbers": "hơn 5, ",
    "feasts": "tết (1/5), ",
    "tập thể": "12 tập thể, ",
    "tập thể, sentences": "12 tập thể. ",
    "trong đó": "12 tập thể, trong đó có ",
    "trong đó, sentences": "12 tập thể, trong đó có 5 hộ. ",
    "cá nhân alone": "cá nhân, ",
    "số": "cho 5, ",
    "award words": "Bằng khen, ",
    "award words, sentences": "Tặng Bằng khen. ",
    "award words, no comma": "Bằng khen ",
    "awards of a body": "Bằng khen của UBND tỉnh Hà Nam. ",
    "titles": "Chiến sĩ thi đua cấp tỉnh, ",
    "classes": "Huân chương Lao động hạng Nhất, ",
    "class after class": "Huân chương Lao động hạng Nhất, Nhì, Ba, ",
    "prizes": "giải Nhất, 2 giải Nhì, ",
    "tặng": "tặng ",
    "khen thưởng": "khen thưởng ",
    "được": "được ",
    "cho": "cho ",
    "awards bound": "tặng Bằng khen cho 12 tập thể và 30 cá nhân; ",
    "awards in lines": "Tặng Bằng khen cho:\n- Ông Lò Văn An\n",
    "recipients": "Bằng khen cho ông Lò Văn An, bà Lê Thị Hà, ",
    "Chủ tịch ": "Chủ tịch ",
    "Phó Trưởng": "Phó Trưởng Ban ",
    "offices": "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, ",
    "offices and names": "ông Lò Văn An, Chủ tịch UBND tỉnh, ",
    "offices, unknown words": "Giám đốc xưởng may mặc của ",
    "honorifics": "đồng chí ",
    "ông Lò": "ông Lò ",
    "ranks": "Đại tá, TS. ",
    "one name": "Nguyễn Văn An, ",
    "one name in lines": "Nguyễn Văn An\n",
    "one name, spaces": "Nguyễn Văn An ",
    "Nguyễn": "Nguyễn ",
    "UBND ": "UBND ",
    "UBND tỉnh": "UBND tỉnh Hà Nam, ",
    "Ủy ban": "Ủy ban nhân dân tỉnh ",
    "Sở": "Sở Nội vụ và ",
    "Ban": "Ban ",
    "Văn phòng": "Văn phòng Ban Chấp hành ",
    "Hội": "Hội Nông dân - Hội Phụ nữ - ",
    "enterprises": "Công ty Cổ phần ABC ",
    "provinces": "Hà Nam ",
    "hội đồng": "Chủ tịch Hội đồng, ",
    "documents": "Kế hoạch số 99/KH-UBND, ",
    "document numbers": "1/A-B",
    "opened quotes": "“a ",
    "closed quotes": "a” ",
    "plain quotes": '" ',
    "quoted movements": "phong trào “Dân vận khéo”, ",
    "phong trào": "phong trào ",
    "và": "và ",
    "commas": ", ",
    "commas alone": ",",
    "semicolons": "; ",
    "dashes": " - ",
    "bullets": "- a\n",
    "full stops": ".",
    "ellipses": "… ",
    "abbreviations": "TP. ",
    "table": "1 | Lường Thị Ví | Trường Mầm non | 12 | 2019 |\n",
    "bars": " | ",
    "table in a row": "Lò Văn An | Chủ tịch | ",
    "capitals": "UBND TỈNH TẶNG BẰNG KHEN CHO ÔNG LÒ VĂN AN ",
    "capitals, one line each": "LÒ VĂN AN\n",
    "capital letters": "A",
    "single capitals": "A ",
    "letters": "x",
    "no spaces": "tỉnhHàNam12/4/2019tặng",
    "joined": "cánhân",
    "joined, spaces": "cánhân ",
    "joined, marks": "tỉnh,Chủ.tịch",
    "joined, digits": "năm2019 12tập ",
    "joined capitals": "tỉnhHà Namtỉnh ",
    "mail": "a.b@",
    "addresses": "http://www.",
    "invisible": "\u200b",
    "invisible, letters": "a\u200b",
    "directions": "\u202etỉnh ",
    "marks": "\u0302",
    "marks, two classes": "\u0302\u0323",
    "marks on letters": "a\u0302\u0301 ",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "newlines": "\n",
    "lines of one letter": "a\n",
    "tabs": "\t",
    "NUL": "\u0000",
    "TCVN3": "UBND tØnh tÆng B»ng khen cho 12 tËp thÓ vµ 30 c¸ nh©n n¨m 2019. ",
    "TCVN3 letters": "µ¸¶",
    "VNI": "Uûy ban nhaân daân tænh taëng Baèng khen cho caùc taäp theå. ",
    "emoji": "😀",
    "Chinese": "越南新闻",
    "syllables without marks": "ubnd tinh tang bang khen cho ",
    "events": "tổ chức Hội nghị tổng kết, ",
    "events in lines": "Ngày 12/4/2019, UBND tỉnh tổ chức Hội nghị tổng kết.\n",
    "phát biểu": "phát biểu ",
    "tham dự": "Tham dự hội nghị có ",
    "gaps of a role": "tặng a cho b ",
    "recipients one by one": "tặng cho ông Lò Văn An ",
    "chaired by one after another": "chủ trì của ông Lò Văn An, ",
    "acronyms": "ABC VTV BTC ",
    "acronyms and names": "ABC VTV Lò ",
    "family names": "em An, anh Lò Văn An, ",
    "names in quotes": "“Lò Văn An” ",
    "names in brackets": "(Lò Văn An) ",
    "names and dashes": "- Lò Văn An - ",
    "titles of one and another": "Giám đốc xưởng may mặc ông Lò Văn An, ",
    "days with and without years": "ngày 3/4/2019, ngày 4/5, ",
    "movements in a list": "phong trào “Dân vận”, “Dân vận” và ",
    "groups of marks": ".)",
    "question marks": "?! ",
    "letters and marks": "x. ",
}


def news(size: int) -> str:
    """So many code points of the sample articles, in a shuffled order, as one article."""
    found = texts(sum(len(portal.articles) for portal in all_portals()))
    order = random.Random(1)
    parts: list[str] = []
    length = 0
    while length < size:
        order.shuffle(found)
        parts += found
        length += sum(map(len, found)) + len(found)
    return "\n".join(parts)[:size]


def shapes() -> Mapping[str, Callable[[int], str]]:
    """Every shape as a function of its size in code points."""
    made: dict[str, Callable[[int], str]] = {"news": news}
    made |= {name: partial(_repeated, unit) for name, unit in REPEATED.items()}
    return made | {
        "no end of a sentence": lambda size: news(size).translate(str.maketrans(".;!?:\n", ",,,,, ")),
        "one paragraph": lambda size: news(size).replace("\n", " "),
        "news in capitals": lambda size: news(size).upper(),
        "news without marks": lambda size: news(size).translate(str.maketrans("", "", ".,;:-()“”\"")),
        "news by words": lambda size: _mixed(news(size).split(), size),
        "news by lines": lambda size: _mixed(news(size).split("\n"), size, "\n"),
        "news of letters": lambda size: _mixed(list(news(size)), size, ""),
        "different names": lambda size: _names(size),
        "different names, offices": lambda size: _names(size, "ông {}, Giám đốc Sở Y tế. "),
        "different offices": lambda size: _names(size, "ông Lò Văn An, Giám đốc Trường {}. "),
        "different bodies": lambda size: _names(size, "Bằng khen của UBND huyện {}. "),
        "different days": lambda size: _counted(size, lambda at: f"Ngày {at % 28 + 1}/{at // 28 % 12 + 1}/{1900 + at // 336 % 200}. "),
        "different counts": lambda size: _counted(size, lambda at: f"{at} tập thể, "),
        "different movements": lambda size: _counted(size, lambda at: f"phong trào “Dân vận {at}”. "),
        "different documents": lambda size: _counted(size, lambda at: f"Ngày 1/2/2019, ban hành Kế hoạch số {at % 99999}/KH-UBND. "),
        "one office, then names": lambda size: "Chủ tịch UBND tỉnh " + "và ông Lò Văn An, " * (size // 18),
        "namesakes": lambda size: _names(size, "anh {} An, em An; "),
        "marks, then names": lambda size: "- " * (size // 4) + "ông Lò Văn An - " * (size // 32),
        "quote to the end": lambda size: "phong trào “" + "Dân vận " * (size // 8),
        "brackets closed": lambda size: "(" * (size // 2) + ")" * (size // 2),
    }  # fmt: skip


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _mixed(parts: list[str], size: int, glue: str = " ") -> str:
    random.Random(2).shuffle(parts)
    return glue.join(parts)[:size]


def _names(size: int, frame: str = "ông {}, ") -> str:
    order = random.Random(3)
    return _counted(size, lambda at: frame.format(" ".join(["Lò", *(order.choice(SYLLABLES).capitalize() for _ in range(3))])))


def _counted(size: int, one: Callable[[int], str]) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(one(len(parts)))
        length += len(parts[-1])
    return "".join(parts)[:size]


class TooLong(Exception):
    """A component was stopped."""


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Stop what takes longer."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def measure(text: str, *, only: str | None = None) -> dict[str, float]:
    """Seconds of every stage on one text; infinite when it was stopped, and then it leaves nothing to the next."""
    times: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], object]) -> object:
        if only not in (None, stage) and stage in ORDER and only in ORDER and ORDER.index(stage) > ORDER.index(only):
            return None
        gc.collect()
        start = time.process_time()
        try:
            with limited(PATIENCE):
                return work()
        except TooLong:
            start = -float("inf")
            return None
        finally:
            times[stage] = time.process_time() - start

    found = timed("nfc", lambda: nfc(text))
    article = Article(id="hostile", text=found if isinstance(found, str) else " ", published_at="2019-06-18", province="Hà Nam")
    timed("mend", lambda: mend(article.text))
    made = timed("tokenizer", lambda: prepared(article))  # mends once more: taken off below
    times["tokenizer"] = max(times["tokenizer"] - times["mend"], 0.0)
    if not isinstance(made, tuple):
        return times | {"whole": sum(times.values())}
    doc, mended = made
    for name, component in pipeline().pipeline:
        timed(name, partial(component, doc))
    timed("reading", lambda: reading_of(article, doc, mended))
    return times | {"whole": sum(times.values())}


def add(measured: Iterable[dict[str, float]]) -> dict[str, float]:
    """The sum of several measurements, stage by stage."""
    total: dict[str, float] = {}
    for times in measured:
        for stage, seconds in times.items():
            total[stage] = total.get(stage, 0.0) + seconds
    return total


def better(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """The lesser time of each stage."""
    return {stage: min(seconds, other[stage]) for stage, seconds in one.items()}


def breaks(full: float, base: float, half: float, least: float) -> bool:
    """Whether a time is LIMIT times that of the news, or GROWTH times that of its own half."""
    return full >= LIMIT * max(base, least) or full >= GROWTH * max(half, least)


def table(size: int, wanted: list[str], *, only: str | None = None) -> list[str]:
    """Measure, print a line for each shape, and return what breaks the promise."""
    least = LEAST * size / 1_000_000
    measure(news(2_000))  # load the models
    base = add(measure(news(size)[at : at + PIECE]) for at in range(0, size, PIECE))
    broken: list[str] = []
    print(f"{size} code points; s for the news, then times the news, and times its own half")
    print(f"{'':28}" + "".join(f"{stage[:9]:>12}" for stage in (*STAGES, "whole")))
    print(f"{'news, s':28}" + "".join(f"{base[stage]:12.2f}" for stage in (*STAGES, "whole")), flush=True)
    for name, make in shapes().items():
        if wanted and name not in wanted:
            continue
        half, full = measure(make(size // 2), only=only), measure(make(size), only=only)
        if any(breaks(full[stage], base[stage], half[stage], least) for stage in full):
            half, full = (better(times, measure(make(length), only=only)) for times, length in ((half, size // 2), (full, size)))
        cells = []
        for stage in (*STAGES, "whole"):
            if stage not in full:
                cells.append(f"{'-':>12}")
                continue
            ratio, growth = full[stage] / max(base[stage], least), full[stage] / max(half[stage], least)
            over = breaks(full[stage], base[stage], half[stage], least)
            if over:
                broken.append(f"{stage} on {name!r}: {full[stage]:.2f} s, {ratio:.1f} times the news, {growth:.1f} times its half")
            cells.append(f"{f'{ratio:.1f} {growth:.1f}' + ('!' if over else ''):>12}")
        print(f"{name:28}" + "".join(cells), flush=True)
    return broken


def main() -> int:
    """Print the table; with --check the exit status judges it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=1000, help="kB of each text")
    options.add_argument("--shapes", default="", help="names of shapes, with bars between them")
    options.add_argument("--only", choices=STAGES, help="stop after this component")
    options.add_argument("--check", action="store_true", help="exit with 1 when the promise is broken")
    given = options.parse_args()
    broken = table(given.size * 1000, [name for name in given.shapes.split("|") if name], only=given.only)
    for line in broken:
        print("BROKEN:", line)
    return 1 if given.check and broken else 0


if __name__ == "__main__":
    sys.exit(main())
