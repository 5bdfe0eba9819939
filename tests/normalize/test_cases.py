"""Each convention with an example in and out; a failure names the case and what is not right."""

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.core.normalize import Normalized, excerpt_text, normalize

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8").splitlines()
]
BODIES = [case for case in CASES if case["mode"] != "excerpt"]
EXCERPTS = [case for case in CASES if case["mode"] == "excerpt"]
LISTS = ("headings", "links", "images", "embeds", "tables", "quotes")


def named(case: dict[str, Any]) -> str:
    return str(case["name"])


@pytest.mark.parametrize("case", BODIES, ids=named)
def test_text_and_html(case: dict[str, Any]) -> None:
    body, expected = normalize(case["input"], case["base_url"]), case["expect"]
    assert body.text == expected.get("text", body.text)
    assert body.html == expected.get("html", body.html)
    for part in expected["html_contains"]:
        assert part in body.html
    for part in expected["html_not_contains"]:
        assert part not in body.html
    for part in expected.get("markdown_contains", ()):
        assert part in body.markdown


@pytest.mark.parametrize("case", BODIES, ids=named)
def test_extracts(case: dict[str, Any]) -> None:
    body = normalize(case["input"], case["base_url"])
    for name in LISTS:
        if name in case["expect"]:
            assert_like(body, name, case["expect"][name])


@pytest.mark.parametrize("case", BODIES, ids=named)
def test_normalizing_again_changes_nothing(case: dict[str, Any]) -> None:
    once = normalize(case["input"], case["base_url"])
    again = normalize(once.html, case["base_url"])
    assert again.html == once.html
    assert again.text == once.text


@pytest.mark.parametrize("case", EXCERPTS, ids=named)
def test_excerpts(case: dict[str, Any]) -> None:
    excerpt = excerpt_text(case["input"])
    assert excerpt.text == case["expect"]["text"]
    assert excerpt.cut == case["expect"]["truncated"]


def assert_like(body: Normalized, name: str, expected: list[dict[str, Any]]) -> None:
    """Compare the fields that the case names; '' in a case is unknown, None in a row."""
    rows = getattr(body, name)
    assert len(rows) == len(expected), f"{name}: {rows}"
    for row, wanted in zip(rows, expected, strict=True):
        for field in row.keys() & wanted.keys():
            assert row[field] == (wanted[field] or None if field == "alt" else wanted[field]), field
