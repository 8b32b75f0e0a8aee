"""Answers as files that other programs open: CSV and Excel that run no formula, JSON lines and Parquet as it is; written batch by batch."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # what spreadsheets take a cell for a formula by
BOM = "\ufeff"  # by it Excel knows that a CSV file is UTF-8
SHEET_ROWS = 1_048_575  # that a sheet holds below its heading
CELL = 32_767  # characters that one of its cells holds


def plain(value: Any) -> Any:
    """A value as one cell: lists of words parted by commas, what else is nested as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.hex() if isinstance(value, bytes) else value


def harmless(value: Any) -> Any:
    """A cell of a CSV file: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    cell = plain(value)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def rows_of(batch: pa.RecordBatch) -> Sequence[tuple[Any, ...]]:
    """The rows of a batch; columns may share a name."""
    return list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def write_csv(batches: pa.RecordBatchReader, file: IO[bytes]) -> int:
    """UTF-8 with a byte order mark, a heading, lines that end in CR LF. Nothing is ever cut: 0."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    writer = csv.writer(text)
    writer.writerow(map(harmless, batches.schema.names))
    for batch in batches:
        writer.writerows([harmless(value) for value in row] for row in rows_of(batch))
    text.flush()
    text.detach()
    return 0


def write_jsonl(batches: pa.RecordBatchReader, file: IO[bytes]) -> int:
    """One JSON object a row, UTF-8; days and times as ISO 8601, lists and structures as they are. Nothing is ever cut: 0."""
    names = batches.schema.names
    for batch in batches:
        for row in rows_of(batch):
            file.write(
                json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_as_json).encode("utf-8", "replace") + b"\n"
            )
    return 0


def _as_json(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value.hex() if isinstance(value, bytes) else str(value)


def write_xlsx(batches: pa.RecordBatchReader, file: IO[bytes]) -> int:
    """One sheet; texts stay texts, whatever they begin with. A last line says where more rows were than a sheet holds.

    Says how many texts were cut, for a cell holds 32,767 characters, and how many rows were left out (of those at least one).
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True, "nan_inf_to_errors": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # the same rows give the same bytes
    bold, day, moment = (
        book.add_format(form) for form in ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "yyyy-mm-dd hh:mm"})
    )
    sheet = book.add_worksheet("thidua")
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(batches.schema.names):
        sheet.write_string(0, at, name[:CELL], bold)
    number = cut = 0
    for batch in batches:
        for row in rows_of(batch):
            number += 1
            if number >= SHEET_ROWS:
                sheet.write_string(number, 0, f"… more rows than a sheet holds ({SHEET_ROWS}): take CSV or Parquet")
                book.close()
                return cut + 1
            for at, value in enumerate(row):
                match plain(value):
                    case None:
                        pass
                    case bool(cell):
                        sheet.write_boolean(number, at, cell)
                    case int(cell) if abs(cell) < 2**53:
                        sheet.write_number(number, at, cell)
                    case float(cell):
                        sheet.write_number(number, at, cell)
                    case dt.datetime() as cell if cell.year >= 1900:
                        sheet.write_datetime(number, at, cell, moment)
                    case dt.date() as cell if cell.year >= 1900:
                        sheet.write_datetime(number, at, cell, day)
                    case cell:
                        cut += len(str(cell)) > CELL
                        sheet.write_string(number, at, str(cell)[:CELL])
    book.close()
    return cut


def write_parquet(batches: pa.RecordBatchReader, file: IO[bytes]) -> None:
    """Values and types as they are; only lengths of time, for which Arrow's Parquet has no type, become texts."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    def kept(column: pa.Array) -> pa.Array:
        return (
            pa.array([None if one is None else str(one) for one in column.to_pylist()], pa.string())
            if pa.types.is_interval(column.type)
            else column
        )

    schema = pa.schema([field.with_type(pa.string()) if pa.types.is_interval(field.type) else field for field in batches.schema])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(pa.RecordBatch.from_arrays([kept(column) for column in batch.columns], schema=schema))


FORMS: Mapping[str, tuple[str, Callable[[pa.RecordBatchReader, IO[bytes]], object]]] = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "parquet": ("application/vnd.apache.parquet", write_parquet),
}
