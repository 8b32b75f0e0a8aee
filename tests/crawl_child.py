"""One crawl in a process of its own (the reactor starts once): a configuration on stdin, the ledger as JSON lines into a file."""

from __future__ import annotations

import base64
import datetime as dt
import json
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Crawled:
    """What a crawl wrote: lines of the ledger in order, pages beside their lines, the summary."""

    lines: list[dict[str, Any]]
    summary: dict[str, Any]
    stderr: str

    def state(self, site: str, path: str) -> str:
        """Newest state of the address that ends so, with its reason: `failed:timeout`."""
        line = self.line(site, path)
        return line["state"] + (f":{line['reason']}" if line["reason"] and line["state"] not in ("ok", "unchanged", "open") else "")

    def line(self, site: str, path: str) -> dict[str, Any]:
        """Newest line of the address that ends so."""
        return [line for line in self.lines if line["site"] == site and line["url"].endswith(path)][-1]

    def states(self) -> list[dict[str, Any]]:
        """The lines for the next crawl."""
        return [{key: value for key, value in line.items() if key not in ("body", "tls", "final_url", "redirects")} for line in self.lines]


def run_child(
    sites: Iterable[Mapping[str, Any]], *, names: Mapping[str, object], limits: Mapping[str, Any], run: str = "r1", **options: Any
) -> Crawled:
    """Crawl in a child process; `names`: host -> address or list of addresses, one a look-up (others do not resolve)."""
    with start_child(sites, names=names, limits=limits, run=run, **options) as child:
        out, err = child.process.communicate(timeout=options.get("wall", 50))
        return child.read(out, err)


@dataclass
class Child:
    """A crawl that runs."""

    process: subprocess.Popen[str]
    folder: tempfile.TemporaryDirectory[str]

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def read(self, out: str, err: str) -> Crawled:
        """What it wrote."""
        assert self.process.returncode == 0, err
        lines = (Path(self.folder.name) / "ledger.jsonl").read_text().splitlines()
        return Crawled([json.loads(line) for line in lines], json.loads(out.strip().splitlines()[-1]), err)


def start_child(sites: Iterable[Mapping[str, Any]], **config: Any) -> Child:
    """The same, not waited for."""
    folder = tempfile.TemporaryDirectory()
    config = {"sites": list(sites), "folder": folder.name, "allow_loopback": True, "states": [], **config}
    command = [sys.executable, "-W", "ignore", __file__]
    environment = {"PYTHONPATH": str(ROOT), **config.get("environment", {})}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    assert process.stdin
    process.stdin.write(json.dumps(config))
    process.stdin.close()
    process.stdin = None
    return Child(process, folder)


def main() -> None:
    """The child's side."""
    from crawler import schemes
    from crawler.crawl import crawl
    from crawler.journal import StatesInMemory
    from crawler.middlewares import Throttle
    from crawler.settings import Limits
    from crawler.site import Site
    from schemas.page import Fetch, Page

    config = json.loads(sys.stdin.read())
    connected: set[str] = set()  # every address that a socket of this process was connected to

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            connected.add(str(arguments[1][0]))

    sys.addaudithook(watch)
    looked_up = {name: iter(given if isinstance(given, list) else [given] * 1000) for name, given in config["names"].items()}

    def look_up(name: str) -> str:
        if name.replace(".", "").isdigit():
            return socket.inet_ntoa(socket.inet_aton(name))
        if name not in looked_up:
            raise socket.gaierror(-2, "Name or service not known")
        return str(next(looked_up[name]))

    socket.gethostbyname = look_up
    if config.get("unthrottled"):  # the delay of a host stays what its site says, however long its answers take
        Throttle._response_downloaded = lambda *_: None  # type: ignore[method-assign]
    schemes.PORTS.update({int(plain): secure for plain, secure in config.get("https_ports", {}).items()})
    with (Path(config["folder"]) / "ledger.jsonl").open("w") as ledger:

        class Lines:
            def keep(self, page: Page, fetch: Fetch) -> None:
                extra = {
                    "body": base64.b64encode(page.body).decode(),
                    "tls": page.tls,
                    "final_url": page.final_url,
                    "redirects": page.redirects,
                }
                ledger.write(json.dumps({**json.loads(fetch.model_dump_json()), **extra}) + "\n")
                ledger.flush()

            def note(self, fetch: Fetch) -> None:
                ledger.write(fetch.model_dump_json() + "\n")
                ledger.flush()

        lines = [Fetch.model_validate(line) for line in config["states"]]
        summary = crawl(
            [Site.model_validate(site) for site in config["sites"]],
            Lines(),
            run=config["run"],
            states=StatesInMemory({(line.site, line.url): line for line in lines}),
            since=dt.date.fromisoformat(config["since"]) if config.get("since") else None,
            pages=config.get("pages"),
            deadline=config.get("deadline"),
            allow_loopback=config["allow_loopback"],
            limits=Limits(**config["limits"]),
            resolvers=config.get("resolvers", []),
        )
    print(json.dumps({**summary.model_dump(), "rss_mb": peak_memory(), "connected": sorted(connected)}))


def peak_memory() -> int:
    """MiB at most of this process; ru_maxrss would also count what its parent had when it started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) >> 10


if __name__ == "__main__":
    main()
