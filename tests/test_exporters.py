"""Each format holds what it can hold of any value; read back by another reader of the format."""

import csv
import json
import xml.etree.ElementTree as ET
from io import BytesIO, StringIO
from typing import Any

import pytest

from newscrawl.exporters import (
    FlatCsvItemExporter,
    NullableXmlItemExporter,
    OrjsonItemExporter,
    OrjsonLinesItemExporter,
    SpreadsheetItemExporter,
)
from newscrawl.items import Term

ODD = 'a "b", c;\r\nd\x0b\x1f\ufffe 🎉 <i>&amp;'


def term(**fields: Any) -> Term:  # noqa: ANN401 - any of its fields
    told: dict[str, Any] = dict.fromkeys(("slug", "url", "description", "parent", "count"))
    place = {"site": "https://a.example", "source": "rest", "source_url": "u", "fetched_at": "t"}
    return Term(**({"taxonomy": "category", "id": 7, "name": ODD} | told | place | fields))


def written(exporter: type, *items: object) -> str:
    file = BytesIO()
    writer = exporter(file)
    writer.start_exporting()
    for item in items:
        writer.export_item(item)
    writer.finish_exporting()
    return file.getvalue().decode()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count: int) -> None:
    rows = json.loads(written(OrjsonItemExporter, *[term(id=n) for n in range(count)]))
    assert [row["id"] for row in rows] == list(range(count))
    assert all(row["name"] == ODD for row in rows)


def test_json_lines_are_one_item_each() -> None:
    lines = written(OrjsonLinesItemExporter, term(), term(name=None)).splitlines()
    assert [json.loads(line)["name"] for line in lines] == [ODD, None]


def test_csv_keeps_every_character() -> None:
    """RFC 4180: quotes doubled, newlines within quotes, CRLF behind each row."""
    text = written(FlatCsvItemExporter, term(), term(name=None))
    assert [row["name"] for row in csv.DictReader(StringIO(text, newline=""))] == [ODD, ""]
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    "name", ["=1+1", "+4", "-4", "@SUM(A1)", "\tx", "\r=1", " =1", "＝1", "plain", "a=1", "'x"]
)
def test_a_spreadsheet_calculates_nothing(name: str) -> None:
    """Text stays text (OWASP, CSV Injection); plain CSV is as the site wrote it."""
    text = written(SpreadsheetItemExporter, term(name=name, count=-4))
    (row,) = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))
    assert text.startswith("\ufeff")
    assert row["name"] == (name if name[0] in "pa'" else f"'{name}")
    assert row["count"] == "-4"
    assert '"News;=1"' in written(SpreadsheetItemExporter, term(name="News;=1"))
    (plain,) = csv.DictReader(StringIO(written(FlatCsvItemExporter, term(name=name)), newline=""))
    assert plain["name"] == name


def test_xml_leaves_out_what_it_cannot_hold() -> None:
    """XML 1.0, section 2.2: most control characters cannot be written, not even as references."""
    root = ET.fromstring(written(NullableXmlItemExporter, term(), term(name=None)))  # noqa: S314 - ours
    names = [element.findtext("name") for element in root]
    assert names == ['a "b", c;\nd 🎉 <i>&amp;', ""]


def test_xml_takes_any_key_of_a_raw_resource() -> None:
    """A plugin's field may be called anything."""
    term_ = term(description={"1 og:x": True, "y": [None, 2]})
    root = ET.fromstring(written(NullableXmlItemExporter, term_))  # noqa: S314 - our own
    told = root.find("item/description")
    assert told is not None
    assert [(part.tag, part.text) for part in told] == [("_1_og_x", "true"), ("y", None)]
    assert [part.text for part in told.iter("value")] == [None, "2"]
