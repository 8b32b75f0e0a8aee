"""The registry: inheritance from platforms, hosts, identities, provinces over time, and messages for bad files."""

import csv
import datetime as dt
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import canonical, without_session
from crawler.registry import load_registry
from crawler.site import Site, SiteError
from schemas.tables import table

ROOT = Path(__file__).parents[1]
GOOD = 'name = "Mẫu"\nprovince = "Sơn La"\nplatform = "vnpt_uiarticle"\nhosts = ["mau.example"]\nstart = ["https://mau.example/tin"]\n'
BARE = GOOD.replace('platform = "vnpt_uiarticle"\n', "")  # of no platform


def site_file(folder: Path, text: str, name: str = "mau") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


REGISTRY = load_registry()
NO_CLAIM = {"name", "kind", "notes", "encoding", "tls_reason", "evidence"}  # keys that need no evidence
ADDRESSES = list(csv.DictReader((ROOT / "tests" / "cases" / "addresses.csv").open(encoding="utf-8", newline="")))  # met in public sources


def claims(file: Path) -> tuple[set[str], set[str]]:
    """What a file of the registry claims, and for which claims it gives an evidence; that paging is not known is no claim."""
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    unknown = {"next"} if raw.get("next") == {"type": "none"} else set()
    return raw.keys() - NO_CLAIM - unknown, set(raw.get("evidence", {}))


@pytest.mark.parametrize("file", sorted((ROOT / "crawler").glob("*s/*.toml")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_file_of_the_package_gives_an_evidence_for_every_key(file: Path) -> None:
    given, proved = claims(file)
    assert given <= proved, (
        f'{file}: add to [evidence] how {", ".join(sorted(given - proved))} is known: "guess", "sample" or a letter (docs/add-a-site.md)'
    )


@pytest.mark.parametrize("site", REGISTRY.sites, ids=lambda site: site.key)
def test_a_site_of_the_package_is_whole(site: Site) -> None:
    assert site.name and site.hosts and (site.start or site.feeds or site.sitemap) and site.kind != "unknown" and site.status == "draft"
    assert site.delay == (5 if site.kind == "portal" else 3)
    for start in site.start:
        assert site.owns(start.url) and (found := REGISTRY.for_url(start.url)) is not None and found.key == site.key
    assert site.article.url_regex or site.listing.link or site.listing.item, "nothing tells an article from a menu"
    spans = site.province_at
    assert [span.since for span in spans[1:]] == [span.until + dt.timedelta(days=1) for span in spans[:-1] if span.until]
    assert not spans or (len(spans) > 1 and spans[-1].until is None)


def test_the_package_covers_each_province_of_today() -> None:
    today = {row["name"] for row in table("provinces") if row["era"] == "new"}
    day = dt.date(2026, 7, 1)
    assert len(today) == 34 and {site.province_on(day) for site in REGISTRY.sites} - {None} == today
    national = {site.key for site in REGISTRY.sites if site.province_on(day) is None}
    expected = {"ban-thi-dua-khen-thuong-trung-uong", "bao-tin-tuc", "dan-toc-va-mien-nui"}
    assert national == expected, f"give {', '.join(sorted(national - expected))} a `province`, or add it here as a national one"


def test_no_two_sites_share_a_host() -> None:
    hosts = [host for site in REGISTRY.sites for host in site.hosts]
    assert len(hosts) == len(set(hosts))


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: f"{row['site']}-{row['identity'][-20:]}")
def test_an_address_of_the_package_is_known(row: dict[str, str]) -> None:
    address = row["address"]
    site = REGISTRY.for_url(address)
    assert site is not None and site.key == row["site"]
    if not row["identity"]:
        assert not site.is_article(address)
        return
    bare = re.sub(r"^https?://(?:www\.)?", "", address)
    tracked = f"{bare}{'&' if '?' in bare else '?'}utm_source=rss&fbclid=1"
    for alias in (address, f"http://{bare}", f"https://www.{bare}#top", f"https://{tracked}"):
        assert site.is_article(alias) and site.identity(alias) == row["identity"]


def test_samples_stand_on_their_bases() -> None:
    folder = ROOT / "thidua" / "demo" / "sites"
    bases = {file.stem: f"http://127.0.0.1:{9000 + number}" for number, file in enumerate(sorted(folder.glob("*.toml")))}
    registry = load_registry(folder, bases=bases)
    assert [site.key for site in registry.sites] == sorted(bases)
    for site in registry.sites:
        found = registry.for_url(f"{bases[site.key]}/x/y")
        assert found is not None and found.key == site.key
        assert all(start.url.startswith(bases[site.key]) for start in site.start)
        assert (site.delay, site.revisit_days) == (0, (0,))


def test_a_site_inherits_and_overrides(tmp_path: Path) -> None:
    text = (
        GOOD
        + '[next]\nmax_pages = 3\n[[layout]]\nname = "main"\nauthor = ".nguoi-viet"\n[[layout]]\nname = "cu"\nuntil = 2021-06-30\nbody = "#noi-dung"\n'
    )
    site = load_registry(site_file(tmp_path, text)).site("mau")
    platform = load_registry().platforms["vnpt_uiarticle"]
    assert (site.paging.type, site.paging.max_pages, site.paging.form) == ("post", 3, platform.paging.form)
    new, old = site.layout
    assert new.author[0].css == ".nguoi-viet" and new.body == platform.layout[0].body
    assert old.until == dt.date(2021, 6, 30) and old.body[0].css == "#noi-dung" and old.title == platform.layout[0].title


def test_the_definitions_of_the_guide_can_be_used(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(name .*?)```", (ROOT / "docs" / "add-a-site.md").read_text(encoding="utf-8"), re.DOTALL)
    for number, text in enumerate(blocks):
        site_file(tmp_path, text, f"mau-{number}")
        given, proved = claims(tmp_path / f"mau-{number}.toml")
        assert given <= proved
    bare, overriding = load_registry(tmp_path).sites
    assert bare.platform is None and bare.paging.type == "param" and bare.is_article("https://xamau.example/tin-tuc/bai-512.html")
    nukeviet = REGISTRY.platforms["nukeviet"]
    assert overriding.listing.item == nukeviet.listing.item and overriding.listing.link == ("h2.tin a",)
    assert overriding.layout[0].body == nukeviet.layout[0].body and overriding.layout[0].published_at[0].css == ".ngay-dang"


def test_another_paging_shares_no_key(tmp_path: Path) -> None:
    site = load_registry(site_file(tmp_path, GOOD + '[next]\ntype = "param"\nname = "page"\n')).site("mau")
    assert (site.paging.type, site.paging.name, site.paging.form) == ("param", "page", {})


@pytest.mark.parametrize(
    "platform", ["", 'platform = "umbraco"\n', 'platform = "newspaper_aid"\n'], ids=["none", "without-next", "next-none"]
)
def test_paging_of_a_site_whose_platform_gives_none(tmp_path: Path, platform: str) -> None:
    text = GOOD.replace('platform = "vnpt_uiarticle"\n', platform) + '[next]\ntype = "param"\nname = "page"\n'
    site = load_registry(site_file(tmp_path, text)).site("mau")
    assert (site.paging.type, site.paging.name) == ("param", "page")


def test_the_operator_wins(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    overrides = tmp_path / "sites.toml"
    overrides.write_text('[mau]\nstatus = "live"\ndelay = 9\n', encoding="utf-8")
    site = load_registry(site_file(tmp_path / "sites", GOOD), overrides=overrides).site("mau")
    assert (site.status, site.delay) == ("live", 9)
    overrides.write_text('[khac]\nstatus = "live"\n', encoding="utf-8")
    with pytest.raises(SiteError, match="khac"):
        load_registry(tmp_path / "sites", overrides=overrides)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("Sơn La", "Sơn Lá"), "no province"),
        (GOOD + 'tls = "legacy"\n', "tls_reason"),
        (GOOD + "dealy = 3\n", "`dealy` is no known key"),
        (GOOD.replace("vnpt_uiarticle", "wordpress2"), "a file of platforms/ was expected"),
        (GOOD.replace('"https://mau.example/tin"', '"ftp://mau.example"'), "no http"),
        (GOOD.replace('hosts = ["mau.example"]\n', ""), "hosts"),
        (GOOD + '[[layout]]\ntitle = "h1["\n', "no CSS selector"),
        (GOOD + '[article]\nurl_regex = "("\n', "no regular expression"),
        (GOOD + '[evidence]\nhosts = "Z"\n', "letters from A to G"),
        (GOOD + '[next]\ntype = "param"\n', "needs `name`"),
        (BARE + '[next]\nname = "page"\n', "does nothing without a `type`; add one of param, path"),
        (BARE + "[next]\nmax_pages = 3\n", "does nothing without a `type`"),
        (GOOD.replace("vnpt_uiarticle", "newspaper_aid") + '[next]\nlink = "a.sau"\n', "does nothing without a `type`"),
        (GOOD + 'next = "param"\n', "write [next]"),
        (GOOD + '[layout]\ntitle = "h1"\n', "write [[layout]]"),
        (BARE + 'layout = ["h1"]\n', "write [[layout]]"),
        (GOOD.replace('["mau.example"]', '"mau.example"'), 'write hosts = ["mau.example"]'),
        (GOOD.replace('"vnpt_uiarticle"', '["umbraco"]'), "the name of one file"),
        (
            GOOD + '[list]\nlink = "a"\nfeeds = ["https://mau.example/rss"]\n',
            "`list.feeds` is no known key: write it above the first [table]",
        ),
        (GOOD + '[article]\nurl_regex = "-\\d+$"\n', "write regexes in single quotes"),
        (GOOD + '[article]\nurl_regex = "\\bai-"\n', "write regexes in single quotes"),
        (GOOD + "status = \n", "a TOML file in UTF-8 was expected"),
    ],
)
def test_messages_tell_where_and_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SiteError) as error:
        load_registry(site_file(tmp_path, text))
    assert message in str(error.value) and "mau.toml" in str(error.value)


def test_hosts_and_their_prefixes(tmp_path: Path) -> None:
    site_file(tmp_path, GOOD)
    site_file(tmp_path, GOOD.replace('hosts = ["mau.example"]', 'hosts = ["mau.example/xa-binh-an"]'), "mau-xa")
    registry = load_registry(tmp_path)
    keys = {url: found.key if (found := registry.for_url(url)) else None for url in (
        "https://www.mau.example/tin-1234", "http://mau.example:80/xa-binh-an/tin", "https://mau.example/xa-binh-annex", "https://khac.example/",
    )}  # fmt: skip
    assert list(keys.values()) == ["mau", "mau-xa", "mau", None]
    found = registry.for_host("MAU.example")
    assert found is not None and found.key == "mau"


def test_one_article_under_many_addresses() -> None:
    registry = load_registry()
    liferay, nukeviet, sharepoint = (registry.site(key) for key in ("thai-nguyen", "binh-phuoc", "ha-nam"))
    slug = "/-/asset_publisher/L0n17VJXU23O/content/phat-ong-thi-ua"
    assert liferay.article_id(f"http://thainguyen.gov.vn/vi_VN/tin{slug}/20181") == liferay.article_id(
        f"https://www.thainguyen.gov.vn/web/guest{slug}?p_p_id=1"
    )
    assert nukeviet.identity("https://binhphuoc.gov.vn/vi/news/tin-421/ten-bai-37146.html") == "37146"
    assert nukeviet.identity("http://binhphuoc.gov.vn/modules.php?name=News&file=article&sid=815") == "815"
    assert sharepoint.identity("http://hanam.gov.vn/Pages/Ten-bai-a.aspx?x=1") == sharepoint.identity(
        "https://hanam.gov.vn/pages/ten-bai-a.aspx"
    )
    assert sharepoint.identity("http://hanam.gov.vn/Pages/ten-bai-a.aspx") != sharepoint.identity(
        "http://hanam.gov.vn/Pages/ten-bai-b.aspx"
    )
    assert not sharepoint.is_article("https://hanam.gov.vn/Pages/default.aspx")


def test_the_province_of_the_day() -> None:
    site = load_registry().site("binh-phuoc")
    assert site.province_on(dt.date(2025, 6, 30)) == "Bình Phước"
    assert site.province_on(dt.date(2025, 7, 1)) == "Đồng Nai"
    assert site.province_on(None) == "Bình Phước"


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("HTTP://www.Mau.Example:443/Tin//a.aspx?utm_source=x&id=5#dau", "https://mau.example/Tin/a.aspx?id=5"),
        ("https://mau.example/tin;jsessionid=AB12?dDocName=P1&_afrLoop=3&_adf.ctrl-state=x", "https://mau.example/tin?dDocName=P1"),
        ("https://mau.example/ten-bai.html/amp", "https://mau.example/ten-bai.html"),
        ("\ufeffhttps://mau.example/đường-dẫn", "https://mau.example/%C4%91%C6%B0%E1%BB%9Dng-d%E1%BA%ABn"),
        ("https://mau.example\\tin\\a?b=1&amp;c=2", "https://mau.example/tin/a?b=1&c=2"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ],
)
def test_canonical(url: str, want: str) -> None:
    assert canonical(url) == want


def test_a_session_is_not_asked_for() -> None:
    page = "https://mau.example/tin"
    assert without_session(f"{page};jsessionid=AB12!-3!NONE?dDocName=P1&_afrLoop=3&_adf.ctrl-state=x") == f"{page}?dDocName=P1"
    assert without_session(f"{page};jsessionid=AB12?_afrLoop=3") == page
    assert without_session(f"{page}?b=1&a=") == f"{page}?b=1&a="


@given(st.text(alphabet="aB/%đ &=?#.;\u200b1", max_size=40))
def test_canonical_is_its_own_canonical(tail: str) -> None:
    once = canonical(f"https://mau.example/{tail}")
    assert canonical(once) == once
