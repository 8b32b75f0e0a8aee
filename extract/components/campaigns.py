"""Emulation movements named in quotation marks: phong trào "Dân vận khéo"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from extract.language import MOST, leave, sentence_at
from schemas.documents import Campaign

# “…”, "…", “…" (pages mix them); no nested marks, within a paragraph
QUOTED = re.compile(r"[“\"«„]\s*([^“”\"«»„\n]{3,250}?)\s*[”\"»]")
# What stands before the mark, in folded text: "phong trào thi đua (theo chuyên đề) (:)"
HEAD = re.compile(r"(?:phong trào|cuộc vận động|đợt thi đua|hội thi đua|phát động thi đua|thi đua(?= $))(?P<between>[^\".;]{0,60})$")
# A theme, a spirit, a slogan, a model, a title is no movement.
OTHER = re.compile(
    r"chủ đề|khẩu hiệu|tinh thần|phương châm|tiêu đề|thông điệp|danh hiệu|mô hình|câu lạc bộ|mục tiêu|giải thưởng|kỉ niệm chương|kế hoạch|đề án|quỹ|chương trình|hội thi|cuộc thi|công trình|\d{4}|(?<!\w)(?:còn|bị|đang|mà|để)(?!\w)"
)
# Between two names of one list: ", ", "; phong trào ", " và cuộc vận động "
LIST = re.compile(r"[\s,;.]*(?:và|cùng|với|các|phong trào|cuộc vận động|thi đua|\s|,|;|:)*")


@Language.factory("campaigns", assigns=["doc.spans"])
def make_campaigns(nlp: Language, name: str) -> CampaignFinder:
    """Build the finder of movements."""
    return CampaignFinder()


class CampaignFinder:
    """Leave one record for each mention of a movement by name."""

    def __call__(self, doc: Doc) -> Doc:
        """Add doc.spans["campaigns"] and the records."""
        leave(doc, "campaigns", list(islice(self.find(doc), MOST + 1)))
        return doc

    def find(self, doc: Doc) -> Iterator[Campaign]:
        """Quoted names whose head is a movement, or that go on a list of such names."""
        text, folded = doc._.text, doc._.folded
        last = -1  # end of the previous movement's quotation
        for match in QUOTED.finditer(text):
            sentence = sentence_at(doc, match.start())
            if match.end() > sentence.end:
                continue
            begin = max(sentence.start, match.start() - 100)
            listed = last > sentence.start and LIST.fullmatch(folded, last, match.start())
            head = HEAD.search(folded[begin : match.start()])
            if listed or (head and not OTHER.search(head["between"])):
                last = match.end()
                yield Campaign(
                    start=match.start(1),
                    end=match.end(1),
                    quote=match[1],
                    name=match[1],
                    rule="campaigns/list" if listed else "campaigns/head",
                )
