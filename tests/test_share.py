"""A crawl shared by machines: each host falls to one of them, whatever the others know, and their archives join to what one crawl gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import load_registry
from crawler.share import Share, keys_of
from crawler.site import Site
from tests.sample_run import Sample, sample, states
from tests.test_import_warc import TABLES, rows

HOSTS = [f"{name}.example" for name in ("a", "b", "c", "d", "e", "f")]


def site(key: str, *hosts: str) -> Site:
    """A site of these hosts."""
    return Site.model_validate({"key": key, "name": key, "kind": "portal", "province": "Sơn La", "hosts": hosts})


def shares(sites: list[Site], of: int) -> list[frozenset[str]]:
    """Keys of each share."""
    return [keys_of(Share(number, of), sites) for number in range(1, of + 1)]


@given(st.lists(st.lists(st.sampled_from(HOSTS), min_size=1, max_size=3, unique=True), max_size=8), st.integers(1, 5))
def test_each_site_falls_to_one_share_and_no_host_to_two(hosts: list[list[str]], of: int) -> None:
    sites = [site(f"s{number}", *(f"{host}/tin" if number % 2 else host for host in one)) for number, one in enumerate(hosts)]
    found = shares(sites, of)
    assert sorted(key for share in found for key in share) == sorted(one.key for one in sites)
    of_host: dict[str, set[int]] = {}
    for number, share in enumerate(found):
        for one in sites:
            if one.key in share:
                for host in one.hosts:
                    of_host.setdefault(host.partition("/")[0], set()).add(number)
    assert all(len(numbers) == 1 for numbers in of_host.values())


def test_the_order_does_not_matter_and_a_new_site_moves_no_other() -> None:
    sites = [site(f"s{number}", f"h{number}.example") for number in range(60)]
    found = shares(sites, 7)
    assert found == shares(sites[::-1], 7)
    assert [share - {"new"} for share in shares([site("new", "new.example"), *sites], 7)] == found
    assert all(1 <= len(share) <= 20 for share in found), "no share has all, none is empty"


def test_the_registry_is_spread_over_ten_machines() -> None:
    sites = load_registry().sites
    assert max(map(len, shares(list(sites), 10))) < len(sites) / 4


@pytest.mark.parametrize("wrong", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_a_wrong_share_is_refused(tmp_path: Path, wrong: str) -> None:
    from typer.testing import CliRunner

    from thidua.cli import app

    done = CliRunner().invoke(app, ["crawl", "--share", wrong, "--data", str(tmp_path)])
    assert done.exit_code == 2 and not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Sample:  # type: ignore[misc]
    """The sample portals."""
    with sample(tmp_path_factory.mktemp("shared")) as one:
        yield one


@pytest.mark.slow
def test_the_shares_joined_give_what_one_crawl_gives(served: Sample, tmp_path: Path) -> None:
    """Three machines crawl a third each; a fourth imports their archives: the rows are those of one machine that crawled all."""
    whole, joined = tmp_path / "whole", tmp_path / "joined"
    assert served.thidua("run", data=whole).returncode == 0
    met = [0, 0, 0]
    for number in (1, 2, 3):
        data = tmp_path / str(number)
        done = served.thidua("crawl", "--share", f"{number}/3", data=data)
        assert done.returncode == 0, done.stderr
        files = sorted(map(str, (data / "archive").glob("*.warc.gz")))
        met[number - 1] = sum(states(data).values()) if files else 0
        if files:
            done = served.thidua("import", *files, data=joined)
            assert done.returncode == 0, done.stderr
        else:
            assert "nothing to do here" in done.stderr
    assert sum(met) == sum(states(whole).values()), "each address was asked for by one of them"
    for command in ("extract", "publish"):
        assert served.thidua(command, data=joined).returncode == 0
    for table in TABLES:
        told = f"select * {'exclude (page, run, version)' if table == 'articles' else ''} from {table} order by all"
        assert rows(joined, told) == rows(whole, told), table
