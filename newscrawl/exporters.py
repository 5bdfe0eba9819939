"""The export formats: the same values in each, unknown told as each format tells it.

`jsonl` and `json` write null, `csv` an empty cell, `xml` an empty element.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from io import BytesIO, TextIOWrapper
from typing import Any, Literal

import orjson
from scrapy.exporters import BaseItemExporter, XmlItemExporter

NAMES_BETWEEN = "; "
IMAGE_COLUMNS = ("url", "alt", "caption", "credit")
NAME_LISTS = frozenset({"authors", "categories", "tags"})
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # what a cell that is calculated begins with
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_A_NAME = re.compile(r"^(?![A-Za-z_])|[^\w.-]", re.ASCII)


class OrjsonLinesItemExporter(BaseItemExporter):
    """JSON Lines: one item a line, UTF-8."""

    def __init__(self, file: BytesIO, **options: Any) -> None:  # noqa: ANN401 - Scrapy's options
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Any) -> None:  # noqa: ANN401 - Scrapy's own signature
        """Write the line of an item."""
        row = item if self.fields_to_export is None else dict(self.get_serialized_fields(item))
        self.file.write(orjson.dumps(row) + b"\n")


class OrjsonItemExporter(OrjsonLinesItemExporter):
    """JSON: one array that holds every item."""

    def __init__(self, file: BytesIO, **options: Any) -> None:  # noqa: ANN401 - Scrapy's options
        super().__init__(file, **options)
        self.separator = b"\n"

    def start_exporting(self) -> None:
        """Open the array."""
        self.file.write(b"[")

    def export_item(self, item: Any) -> None:  # noqa: ANN401 - Scrapy's own signature
        """Write an item and what parts it from the one before."""
        self.file.write(self.separator)
        super().export_item(item)
        self.separator = b","

    def finish_exporting(self) -> None:
        """Close the array."""
        self.file.write(b"]\n")


class FlatCsvItemExporter(BaseItemExporter):
    """CSV (RFC 4180, UTF-8, no BOM): one item a row, one kind a file.

    Lists of names are joined with ``; ``, the featured image has four columns, and every other
    nested value is compact JSON.
    """

    encoding_ = "utf-8"
    quoting: Literal[0, 1] = csv.QUOTE_MINIMAL

    def __init__(self, file: BytesIO, **options: Any) -> None:  # noqa: ANN401 - Scrapy's options
        super().__init__(dont_fail=True, **options)
        self.file = file
        self.stream = TextIOWrapper(file, encoding=self.encoding_, newline="", write_through=True)
        self.writer = csv.writer(self.stream, quoting=self.quoting)
        self.kind: str | None = None
        self.columns: Mapping[str, str] = {}

    def export_item(self, item: Any) -> None:  # noqa: ANN401 - Scrapy's own signature
        """Write the row of an item, and the header before the first."""
        row = cells_of(item)
        if self.kind is None:
            self._begin(item.kind, row)
        if item.kind != self.kind:
            raise ValueError(f"a CSV holds one kind: this one {self.kind}, not {item.kind}")
        self.writer.writerow([self.cell_of(row.get(column, "")) for column in self.columns])

    def cell_of(self, cell: str | int) -> str | int:
        """Return a cell as it is written."""
        return cell

    def finish_exporting(self) -> None:
        """Leave the file to its storage, which closes it."""
        self.stream.detach()

    def _begin(self, kind: str, row: Iterable[str]) -> None:
        wanted = list(row) if self.fields_to_export is None else self.fields_to_export
        if not isinstance(wanted, Mapping) and "image" in wanted:
            wanted = [column for name in wanted for column in _columns(name)]
        named = wanted if isinstance(wanted, Mapping) else {name: name for name in wanted}
        self.kind, self.columns = kind, named
        if not self.file.tell():  # a file that goes on has its header
            self.writer.writerow(named.values())


class SpreadsheetItemExporter(FlatCsvItemExporter):
    """CSV for spreadsheets, which take a cell that begins with ``=`` for a formula of theirs.

    Such a cell gets an apostrophe before it (OWASP, CSV Injection), and the file a byte order mark,
    by which Excel knows UTF-8. No other reader should be given it.
    """

    encoding_ = "utf-8-sig"
    quoting = csv.QUOTE_ALL  # a list separator other than the comma parts no cell

    def cell_of(self, cell: str | int) -> str | int:
        """Return a cell that no spreadsheet calculates; numbers are numbers."""
        calculated = isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(FORMULAS)
        return f"'{cell}" if calculated else cell


class NullableXmlItemExporter(XmlItemExporter):
    """XML 1.0: unknown is an empty element, booleans are ``true`` and ``false``."""

    def serialize_field(self, field: Mapping[str, Any], name: str, value: Any) -> Any:  # noqa: ANN401
        """Return a value whose every part XML can hold."""
        return _for_xml(super().serialize_field(field, name, value))


def _columns(name: str) -> list[str]:
    return [f"image_{part}" for part in IMAGE_COLUMNS] if name == "image" else [name]


def cells_of(item: Any) -> dict[str, str | int]:  # noqa: ANN401 - any of our dataclasses
    """Return the cells of an item by column, in column order."""
    cells: dict[str, str | int] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if field.name == "image":
            cells |= {f"image_{name}": _cell((value or {}).get(name)) for name in IMAGE_COLUMNS}
        elif field.name in NAME_LISTS:
            cells[field.name] = NAMES_BETWEEN.join(row["name"] or str(row["id"]) for row in value)
        else:
            cells[field.name] = _cell(value)
    return cells


def _cell(value: Any) -> str | int:  # noqa: ANN401 - JSON is any value
    if value is None:
        return ""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return NAMES_BETWEEN.join(value)
    return orjson.dumps(value).decode()


def _for_xml(value: Any) -> Any:  # noqa: ANN401 - JSON is any value
    if isinstance(value, str):
        return NOT_XML.sub("", value)
    if isinstance(value, Mapping):
        return {NOT_A_NAME.sub("_", key): _for_xml(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_for_xml(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value
