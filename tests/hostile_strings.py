"""Two hundred strings that try to become more than text: markup, addresses, templates, SQL, formulas, signs that steer."""

from __future__ import annotations

import itertools
from pathlib import Path

import duckdb

CALLS = ("alert(1)", "document.title='x'", "fetch('//evil.example')", "location='//evil.example'", "parent.document.body.innerHTML=''")
FRAMES = (
    "<script>{}</script>", "</title><script>{}</script>", "<img src=x onerror=\"{}\">", "\"><svg/onload={}>", "'><body onload='{}'>", "</textarea><script>{}</script>",
    "</pre><details open ontoggle={}>", "<iframe srcdoc=\"<script>{}</script>\">", "<a href=\"javascript:{}\">x</a>", "\" onmouseover=\"{}", "' autofocus onfocus='{}", "javascript:{}",
    "java\tscript:{}", "data:text/html,<script>{}</script>", "<math><mtext><table><mglyph><style><img src=x onerror={}>", "<!--><script>{}</script>-->",
    "<style>@import'//evil.example'</style><script>{}</script>", "<svg><animate onbegin={} attributeName=x>", "<object data=\"javascript:{}\">", "<form action=\"javascript:{}\"><input type=submit>",
    "<scr<script>ipt>{}</script>", "\\\"><script>{}</script>", "</option></select><script>{}</script>", "</a><script>{}</script>", "]]><script>{}</script>",
    "<base href=//evil.example><script>{}</script>", "<link rel=stylesheet href=//evil.example><script>{}</script>", "<meta http-equiv=refresh content=\"0;url=//evil.example\">{}",
    "<link rel=preconnect href=//evil.example>{}", "<video><source onerror={}></video>", "＜script＞{}＜/script＞", "<script\x0b>{}</script>",
)  # fmt: skip
OTHERS = (
    "{{7*7}}", "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}", "${7*7}", "#{7*7}", "%s%n%x", "{0.__class__}", "{number}", "'); DROP TABLE articles; --",
    "1' or '1'='1", "$1", "\"; copy articles to '/tmp/x'; --", "../../etc/passwd", "..%2f..%2f", "/etc/passwd\x01", "file:///etc/passwd", "//evil.example/", "http://evil.example\\@127.0.0.1",
    "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\u202etxt.exe", "\u200b\u200c\u200d\ufeff", "Ạ" + "\u0301" * 200, "𝕳𝖊𝖑𝖑𝖔", "\x1b[2J\x1b]0;x\x07", "a" * 5000,
    "\r\nSet-Cookie: x=1", "%0d%0aLocation: //evil.example", "&lt;script&gt;", "&#x3c;script&#x3e;", "&amp;amp;", "\\u003cscript\\u003e", "?q=<script>", "#at-awards-0-0\"><script>",
    "new/<script>", "null", "None", "undefined",
)  # fmt: skip
STRINGS = [*OTHERS, *(frame.format(call) for frame, call in itertools.product(FRAMES, CALLS))]
KEYS = {
    "article",
    "page",
    "run",
    "era",
    "slug",
    "warc",
    "sha256",
    "hash",
    "reading",
    "story",
    "person",
    "name_key",
}  # by which rows are found; of our own making


def spoil(path: Path) -> None:
    """Put the strings into every text of every table of a published file: the n-th into all rows of the n-th article, else of the n-th row."""
    with duckdb.connect(str(path)) as con:
        con.execute("create temp table hostile as select unnest(range(len($all))) as n, unnest($all) as words", {"all": STRINGS})
        con.execute("create temp table numbered as select article, row_number() over (order by article) - 1 as n from articles")
        for (table,) in con.execute("select table_name from duckdb_tables() where not internal and not temporary").fetchall():
            columns = con.execute(
                "select column_name, data_type from duckdb_columns() where table_name = $t and not internal", {"t": table}
            ).fetchall()
            names = [name for name, _ in columns]
            if "article" in names:
                come, met = "(select x.article, h.words, h.n from numbered as x join hostile as h using (n))", "h.article = t.article"
            else:
                come, met = "hostile", f"h.n = t.rowid % {len(STRINGS)}"
            changes = [
                f'"{name}" = h.words' if kind == "VARCHAR" else f'"{name}" = [h.words, h.words]'
                for name, kind in columns
                if kind in ("VARCHAR", "VARCHAR[]") and name not in KEYS and name != "text"
            ]
            if "text" in names:
                changes.append(
                    "text = h.words || chr(10) || text || chr(10) || (select string_agg(words, chr(10) order by n) from hostile)"
                )
            if "quotes" in names:
                changes.append('quotes = list_transform(quotes, lambda q: {start: q.start, "end": q."end", quote: h.words})')
            if changes:
                con.execute(f'update "{table}" as t set {", ".join(changes)} from {come} as h where {met}')
