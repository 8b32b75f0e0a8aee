"""One SELECT of anybody's on a published file: what it may name is checked in its parse tree, and for the web page it runs in a process that can do nothing else.

The borders, from the outside in: a process without environment, that may write no byte to a file, and is killed after its time; a connection of
DuckDB that reaches no other file; a query that names only the tables and views of the file and functions that compute.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, NoReturn

import duckdb

from data.statements import statement

SECONDS = 4.5  # that a query of the page may take, its process started and ended
MEMORY = 200  # MB that it may use
ROWS, BYTES, BATCH = 10_000, 8 << 20, 500  # of an answer
LONGEST = 20_000  # characters of a query

# Functions that make tables of their arguments, or tell of the published tables: every other one is refused.
MAKES = frozenset(
    {"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree"}
    | {"duckdb_tables", "duckdb_views", "duckdb_columns", "duckdb_functions", "pragma_table_info"}
)
# Functions whose value is not of their arguments: settings, other queries, the environment, the process.
REACHES = frozenset(
    {"current_setting", "getenv", "getvariable", "set_config", "current_query", "current_query_id", "current_connection_id"}
    | {"current_database", "current_transaction_id", "txid_current", "currval", "nextval", "write_log", "sleep_ms", "pg_sleep"}
    | {"json_serialize_sql", "json_serialize_plan", "json_deserialize_sql", "parse_duckdb_log_message"}
)
SHOWN = re.compile(r'"?(tables|__show_tables_expanded)"?')
EXPLAIN = re.compile(r"\s*explain\s+(analyze\s+)?", re.IGNORECASE)


class Refused(ValueError):
    """A query that may not be asked; the message says why."""


class Stopped(Exception):
    """A query that took too long or too much; the message says which."""


class Found(NamedTuple):
    """An answer of the page: its first rows as an Arrow stream, and whether there were more."""

    stream: bytes
    more: bool


def check(con: duckdb.DuckDBPyConnection, query: str) -> duckdb.Statement:
    """The one statement of `query`, if it only reads what was published. `Refused`, or duckdb.Error where it is no SQL."""
    if len(query) > LONGEST:
        raise Refused(f"the query has {len(query)} characters, {LONGEST} are the most")
    found = duckdb.extract_statements(query)
    if len(found) != 1:
        raise Refused(f"one statement was expected, met {len(found)}")
    explained = found[0].type == duckdb.StatementType.EXPLAIN
    if not explained and found[0].type != duckdb.StatementType.SELECT:
        raise Refused(f"a SELECT was expected, met {found[0].type.name}: the published file is read, not changed")
    told = con.execute(statement("ask/parse_tree"), {"query": EXPLAIN.sub("", query, count=1) if explained else query}).fetchall()[0][0]
    tree = json.loads(told)
    if tree["error"]:
        raise Refused(f"a SELECT was expected: {tree['error_message']}")
    published, internal = (
        {name.lower() for (name,) in con.execute(statement(f"ask/{name}")).fetchall()} for name in ("readable", "internal")
    )
    nodes = list(_nodes(tree))
    own = {entry["key"].lower() for node in nodes for entry in node.get("cte_map", {}).get("map", ())}
    for node in nodes:
        _check_node(node, tables=published | {name for name in own - internal if re.fullmatch(r"\w+", name)})
    return found[0]


def _check_node(node: dict[str, Any], *, tables: set[str]) -> None:
    """Refuse a node of a parse tree that names what is not to be read."""
    match node.get("type"):
        case "BASE_TABLE":
            name = node["table_name"]
            if name.lower() not in tables and node["schema_name"].lower() != "information_schema":
                raise Refused(f"{name}: no table or view of the published file")
        case "TABLE_FUNCTION":
            name = node["function"]["function_name"]
            if name.lower() not in MAKES:
                raise Refused(f"{name}(): a function that this console does not run")
        case "SHOW_REF" if node["query"] is None and not SHOWN.fullmatch(node["table_name"]):
            raise Refused(f"{node['table_name']}: not shown by this console")
        case "FUNCTION" if node["function_name"].lower() in REACHES:
            raise Refused(f"{node['function_name']}(): a function that this console does not run")
        case _:
            pass


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of a parse tree."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


class Standby:
    """Processes that were started before anybody asks, for to start one takes longer than most queries; each answers one query. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._waiting: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._most = most

    def prepare(self) -> None:
        """Start what is missing; it gets ready by itself."""
        while self._waiting.qsize() < self._most:
            self._waiting.put(_started())

    def ask(self, path: Path, query: str) -> Found:
        """The answer in a process of its own. `Refused` with what is wrong with the query, `Stopped` when it took too much."""
        try:
            return _asked(self._next() or _started(), path, query)
        finally:
            self.prepare()

    def close(self) -> None:
        """End those that wait."""
        while process := self._next():
            with process:
                process.kill()

    def _next(self) -> subprocess.Popen[bytes] | None:
        """One that waits, and lives."""
        with suppress(Empty):
            while True:
                process = self._waiting.get_nowait()
                if process.poll() is None:
                    return process
                process.communicate()
        return None


def _started() -> subprocess.Popen[bytes]:
    """A process that waits for its order; it ends when nobody is there any more to give one."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-I", "-m", "data.sandbox"], stdin=pipe, stdout=pipe, stderr=pipe, cwd="/", env={})


def _asked(process: subprocess.Popen[bytes], path: Path, query: str) -> Found:
    order = json.dumps({"path": str(path.resolve()), "query": query})
    with process:
        try:
            answer, error = process.communicate(order.encode(), timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise Stopped("seconds") from None
        finally:
            process.kill()
    if process.returncode == 0:
        return Found(answer[1:], more=answer[:1] == b"+")
    try:
        said = json.loads(error.decode())
    except ValueError:
        raise Stopped("memory") from None  # the process itself came to its end
    raise Stopped(said["stopped"]) if "stopped" in said else Refused(said["refused"])


def _serve_one() -> None:
    """What the process does: one order on standard input, the answer on standard output, or why not on standard error."""
    import pyarrow as pa

    _shut()
    given = sys.stdin.read()
    if not given:
        return  # who had started it is gone
    order = json.loads(given)
    path = Path(order["path"])
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            con.execute(statement("ask/limits").format(memory=MEMORY))
            con.execute(statement("ask/sandbox"))
            check(con, order["query"])
            batches = con.sql(order["query"]).to_arrow_reader(BATCH)
            kept: list[pa.RecordBatch] = []
            rows, size, more = 0, 0, False
            for batch in batches:
                size += batch.nbytes
                if size > BYTES and not kept:
                    _end("stopped", "size")
                more = size > BYTES or rows + batch.num_rows > ROWS
                if size <= BYTES:
                    kept.append(batch.slice(0, ROWS - rows))
                    rows += batch.num_rows
                if more:
                    break
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, batches.schema) as writer:
                for batch in kept:
                    writer.write_batch(batch)
    except duckdb.OutOfMemoryException:
        _end("stopped", "memory")
    except MemoryError:
        _end("stopped", "memory")
    except RecursionError:
        _end("refused", "the query is nested too deep")
    except (Refused, duckdb.Error, pa.ArrowException) as error:
        _end("refused", str(error).strip().replace(str(path), path.name).replace(str(path.parent), ""))
    sys.stdout.buffer.write((b"+" if more else b".") + sink.getvalue().to_pybytes())


def _end(why: str, what: str) -> NoReturn:
    """End the process with a word to who started it."""
    sys.stderr.write(json.dumps({why: what}))
    sys.stderr.flush()
    sys.exit(1)


def _shut() -> None:
    """No byte to any file, no core, little memory and time."""
    import resource

    for limit, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, 2 * int(SECONDS + 1)),
        (resource.RLIMIT_AS, 2 << 30),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _serve_one()
