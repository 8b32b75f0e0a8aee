"""How well articles of one event are told apart from others: the view `stories` against gold of our own writing, as B-cubed.

    python tests/stories/score.py dev|test       figures, and the clusters that differ

One file is one province, one split has its own provinces. A cluster is one event in all the articles that report it:

    province: Sơn La

    # key: what is hard about it
    @ site 2024-03-05T16:20          province of the publisher as the file's; `-` at the end: a national one
    Headline
    a paragraph a line
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import thidua
from data.publish import open_published, publish
from data.store import Kept, Store
from schemas.reading import Reading

HERE = Path(__file__).parent
SPLITS = ("dev", "test")


class Told(NamedTuple):
    """An article of the gold."""

    cluster: str
    site: str
    published_at: str
    province: str | None
    about: str  # province of the file
    title: str
    text: str


class Scores(NamedTuple):
    """B-cubed over articles."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def told(folder: Path) -> Iterator[Told]:
    """The articles of a folder, in the order of its files; ValueError for a file that is not in the notation."""
    for path in sorted(folder.glob("*.txt")):
        head, *clusters = path.read_text(encoding="utf-8").split("\n# ")
        name, _, home = head.strip().partition(": ")
        if name != "province" or not home:
            raise ValueError(f"{path}: the first line names no province")
        for cluster in clusters:
            heading, *articles = cluster.split("\n@ ")
            for article in articles:
                stamp, title, *body = article.strip().split("\n")
                site, published_at, *away = stamp.split()
                if not body:
                    raise ValueError(f"{path}: {stamp}: an article without a text")
                where = None if away == ["-"] else home
                yield Told(heading.partition(":")[0], site, f"{published_at}:00+07:00", where, home, title, "\n".join([title, *body]))


def readings(articles: Mapping[str, Told]) -> Iterator[Reading]:
    """What extraction gives on them; their keys are those of the mapping."""
    for key, one in articles.items():
        url = f"https://{one.site}.example/{key}.html"
        found = thidua.parse(one.text, id=key, url=url, title=one.title, published_at=one.published_at, province=one.province)
        yield found.model_copy(update={"site": one.site})


def clustered(found: Iterator[Reading], folder: Path) -> dict[str, str]:
    """Article -> story, as the published file tells it."""
    with Store.open(folder / "work.duckdb") as store:
        store.keep(Kept(one, None, "1", "stories") for one in found)
    publish(folder / "work.duckdb", folder / "news.duckdb")
    with open_published(folder / "news.duckdb") as con:
        return dict(con.execute("select article, story from stories").fetchall())


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> Scores:
    """Mean over articles of the share of its found cluster that is right (precision) and of its gold cluster that was found (recall)."""
    wanted, have = members(gold), members(found)
    both = [(len(wanted[gold[key]] & have[found[key]]), len(have[found[key]]), len(wanted[gold[key]])) for key in gold]
    return Scores(sum(hit / size for hit, size, _ in both) / len(both), sum(hit / size for hit, _, size in both) / len(both))


def members(clusters: Mapping[str, str]) -> dict[str, set[str]]:
    """Cluster -> its articles."""
    found: dict[str, set[str]] = defaultdict(set)
    for article, cluster in clusters.items():
        found[cluster].add(article)
    return found


def keyed(split: str) -> dict[str, Told]:
    """The articles of a split by key, 16 hex digits."""
    return {f"{number:016x}": one for number, one in enumerate(told(HERE / split), 1)}


def main(split: str) -> None:
    """Print the figures of a split and what differs."""
    articles = keyed(split)
    with tempfile.TemporaryDirectory() as folder:
        found = clustered(readings(articles), Path(folder))
    gold = {key: one.cluster for key, one in articles.items()}
    scores = b_cubed(gold, found)
    print(f"{len(set(gold.values()))} clusters, {len(gold)} articles; found {len(set(found.values()))} stories")
    print(f"B-cubed precision {scores.precision:.3f} recall {scores.recall:.3f} F1 {scores.f1:.3f}")
    for _, keys in sorted(members(found).items()):
        if len({gold[key] for key in keys}) > 1:
            print("joined:", *(f"\n    {gold[key]}  {articles[key].title}" for key in sorted(keys)))
    for cluster, keys in sorted(members(gold).items()):
        if len({found[key] for key in keys}) > 1:
            print(f"parted: {cluster}", *(f"\n    {found[key][-3:]}  {articles[key].title}" for key in sorted(keys)))


if __name__ == "__main__":
    main(sys.argv[1])
