"""The SQL console's borders: what it answers, every way out that it refuses, and what it stops."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from samples import fill

import data.sandbox
from data.ask import select
from data.publish import open_published
from data.sandbox import BYTES, MAKES, REACHES, ROWS, SECONDS, Refused, Standby, Stopped, check
from data.statements import statement

GOOD = [
    "select count(*) from articles",
    "from award_counts limit 3",
    "with recursive r(i) as (select 1 union all select i + 1 from r where i < 5) select sum(i) from r join articles on true",
    "select title, list(quote order by start) from counts join articles using (article) group by all",
    "select unnest([1, 2]), * from generate_series(1, 3)",
    "describe awards",
    "summarize counts",
    "show tables",
    "explain select * from awards_by_province",
    "select table_name, comment from duckdb_tables()",
    "select column_name, comment from duckdb_columns() where table_name = 'counts'",
    "select * from information_schema.tables",
    "table meta",
    "values (1, 'a')",
    "select strip_accents(title), regexp_extract(title, '(\\w+)'), published_on + interval 1 day from articles",
    "select 'drop table articles; select read_text(''/etc/passwd'')' as words",
]
BAD = [
    # to a file, to another database, into the program
    "copy articles to '/tmp/out.csv'", "copy (select 1) to '/dev/stdout'", "export database '/tmp/out'", "import database '/tmp/out'", "attach '/tmp/x.duckdb'",
    "detach news", "install httpfs", "load httpfs", "force install spatial from community", "checkpoint", "vacuum", "analyze", "use main",
    "create table x as select 1", "create temp table x as select 1", "create view x as select 1", "create temp macro f() as 1", "create secret (type s3)",
    "insert into articles default values", "update articles set title = ''", "delete from articles", "truncate articles", "drop table articles",
    "alter table articles rename to x", "prepare p as select 1", "execute p", "call pragma_version()", "begin", "comment on table articles is 'x'",
    "merge into articles using counts on false when not matched then insert default values",
    # settings
    "set threads = 9", "reset threads", "set enable_external_access = true", "set lock_configuration = false", "set log_query_path = '/tmp/log'",
    "pragma enable_profiling = 'json'", "pragma profiling_output = '/tmp/profile'", "pragma database_list", "pragma table_info('articles')", "pragma enable_logging",
    # other files
    "select * from read_csv('/etc/passwd')", "select * from read_text('/etc/passwd')", "select * from read_blob('/etc/passwd')", "select * from sniff_csv('/etc/passwd')",
    "select * from read_json('/etc/passwd')", "select * from read_parquet('/etc/*')", "select * from glob('/etc/*')", "from '/etc/passwd'", "from 'x.parquet'",
    "select * from parquet_metadata('x')", "select * from read_csv_auto('http://127.0.0.1:1/x')", "select (select content from read_text('/etc/passwd'))",
    "with a as (from read_text('/etc/passwd')) from a", "select * from articles where title in (select content from read_text('/etc/passwd'))",
    "select * from articles, lateral (select * from read_text('/etc/passwd'))", "explain analyze select * from read_text('/etc/passwd')",
    "describe select * from read_text('/etc/passwd')", "summarize select * from read_text('/etc/passwd')", "explain copy articles to '/tmp/x'",
    "(select 1) union all (select content from read_text('/etc/passwd'))", "select * from (pivot read_csv('/etc/passwd') on x in (1) using count(*))",
    # what a connection of that file alone would still give away (E6b)
    "select * from read_blob('{path}')", "from '{path}'", "from \"{path}\"", "select * from read_duckdb('{path}', table_name = 'articles')", "from duckdb_settings()",
    "from duckdb_databases()", "from duckdb_databases", "from system.main.duckdb_databases", "from pg_catalog.pg_settings", "from pg_settings", "summarize duckdb_databases",
    "from duckdb_secrets()", "from duckdb_extensions()", "from duckdb_logs()", "from duckdb_temporary_files()", "from pragma_database_size()", "from duckdb_external_file_cache()",
    "select current_setting('temp_directory')", "select CURRENT_SETTING('home_directory')", "select \"current_setting\"('secret_directory')", "select getenv('HOME')",
    "select getvariable('x')", "select current_query()", "select 1; select 2", "select 1; drop table articles", "", ";", "-- nothing", "selct 1",
    "from query('select 1')", "from query_table('articles')", "from json_execute_serialized_sql(json_serialize_sql('select 1'))", "select json_serialize_sql('select 1')",
    "select json_serialize_plan('select 1')", "from which_secret('x', 's3')", "select write_log('x')", "select sleep_ms(1000)", "select nextval('x')",
    "select (with duckdb_databases as (select 1) select 1), * from duckdb_databases", "with \"{path}\" as (select 1) select * from \"{path}\"",
    "from arrow_scan(1, 2, 3)", "from pandas_scan(1)", "from python_map_function(1)", "from seq_scan()", "from enable_logging()", "from enable_profiling()",
    "select system.main.current_setting('temp_directory')", "from range(3) t(i) where (select count(*) from duckdb_settings()) > i", "show databases",
]  # fmt: skip
GREEDY = {
    "seconds": [
        "select count(*) from range(1000000) a, range(1000000) b",
        "with recursive r(i) as (select 1 union all select i + 1 from r) select count(*) from r",
        "select levenshtein(repeat('a', 100000), repeat('b', 100000))",  # one call that DuckDB itself can't be stopped in
    ],
    "memory": ["select list(i) from range(20000000) t(i)", "select repeat('a', 1000000000)"],
    "size": ["select repeat('x', 9000000)"],
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("sandbox"), 2) / "news.duckdb"


def checked(path: Path, query: str) -> None:
    with open_published(path) as con:
        con.execute(statement("ask/sandbox"))
        con.execute(check(con, query)).fetchall()


@pytest.mark.parametrize("query", GOOD)
def test_questions_are_answered(path: Path, query: str) -> None:
    checked(path, query)


@pytest.mark.parametrize("query", BAD)
def test_ways_out_are_refused(path: Path, query: str) -> None:
    """By the parse tree alone, before anything runs."""
    with open_published(path) as con, pytest.raises((Refused, duckdb.ParserException)):
        check(con, query.format(path=path) if "{path}" in query else query)


def test_the_command_has_the_same_borders(path: Path) -> None:
    with pytest.raises(ValueError, match="read_blob"):
        select(path, f"select * from read_blob('{path}')")
    assert select(path, "explain select 1").rows


def test_every_function_that_reaches_out_is_known(path: Path) -> None:
    """A newer DuckDB may bring another one: look at it, and put it into REACHES if it tells of more than its arguments."""
    suspicious = re.compile(
        r"read_|env|setting|variable|query|serialize|write|log_|_log|nextval|currval|sleep|secret|file$|load|exec|txid|connection_id|transaction_id|^current_database"
    )
    harmless = {"from_base64", "pg_conf_load_time", "is_histogram_other_bin", "parse_filename"}
    with open_published(path) as con:
        scalar = {
            name
            for (name,) in con.execute(
                "select distinct function_name from duckdb_functions() where function_type in ('scalar', 'macro')"
            ).fetchall()
        }
        tables = {
            name
            for (name,) in con.execute("select distinct function_name from duckdb_functions() where function_type like 'table%'").fetchall()
        }
    assert {name for name in scalar if suspicious.search(name)} - harmless <= REACHES
    assert not {name for name in MAKES & tables if re.search("read|scan|query|setting|secret|log|file", name)}


@pytest.mark.parametrize(
    ("why", "query"),
    [
        pytest.param(why, query, marks=pytest.mark.slow if why == "seconds" and number else [])
        for why, queries in GREEDY.items()
        for number, query in enumerate(queries)
    ],
)
def test_greedy_questions_are_stopped(path: Path, why: str, query: str) -> None:
    start = time.monotonic()
    with pytest.raises(Stopped, match=why):
        Standby(0).ask(path, query)
    assert time.monotonic() - start < 5 + 1.5, "the machine may be busy; the limit itself is below"
    assert SECONDS < 5


def test_an_answer_has_a_most(path: Path) -> None:
    found = Standby(0).ask(path, f"select i from range({ROWS + 5}) t(i)")
    table = pa.ipc.open_stream(found.stream).read_all()
    assert (table.num_rows, found.more) == (ROWS, True)
    wide = Standby(0).ask(path, "select repeat('x', 10000) from range(9000)")
    assert wide.more and len(wide.stream) < BYTES + 100_000
    few = Standby(0).ask(path, "select 1 as a")
    assert pa.ipc.open_stream(few.stream).read_all().to_pylist() == [{"a": 1}] and not few.more


def test_those_that_stand_by_answer_once_each_and_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[subprocess.Popen[bytes]] = []
    start = data.sandbox._started
    monkeypatch.setattr(data.sandbox, "_started", lambda: made.append(start()) or made[-1])
    standby = Standby(2)
    standby.prepare()
    standby.prepare()
    assert len(made) == 2
    for number in range(3):
        found = standby.ask(path, f"select {number} as a")
        assert pa.ipc.open_stream(found.stream).read_all().to_pylist() == [{"a": number}]
    with pytest.raises(Refused):
        standby.ask(path, "drop table articles")
    assert len(made) == 6 and [one.poll() for one in made[:4]] == [0, 0, 0, 1], "each has served one"
    made[4].kill()
    made[4].wait()
    assert standby.ask(path, "select 1").more is False, "one that has died is passed over"
    standby.close()
    assert all(one.poll() is not None for one in made)


def test_a_process_whose_starter_is_gone_ends() -> None:
    process = data.sandbox._started()
    assert process.communicate(timeout=20) == (b"", b"") and process.returncode == 0


def test_refusals_name_no_folder(path: Path) -> None:
    for query in ("select nothing from articles", f"select * from '{path}'", "select * from read_text('/etc/passwd')", "select error('x')"):
        with pytest.raises(Refused) as refused:
            Standby(0).ask(path, query)
        assert str(path.parent) not in str(refused.value)


def test_the_process_itself_can_write_nothing(tmp_path: Path) -> None:
    """Were both inner borders to fall, the kernel would still refuse a byte."""
    code = (
        "import data.sandbox as s, duckdb, sys; s._shut(); from data.statements import statement\n"
        f"try: duckdb.connect().execute(\"copy (select 1) to '{tmp_path}/out.csv'\"); sys.exit('written')\n"
        "except (duckdb.Error, OSError): sys.exit(0)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False, env={})
    written = tmp_path / "out.csv"
    assert "written" not in done.stderr and (not written.exists() or written.stat().st_size == 0)


def test_a_query_too_long_is_refused(path: Path) -> None:
    with open_published(path) as con, pytest.raises(Refused, match="characters"):
        check(con, "select 1 " + "-" * data.sandbox.LONGEST)
