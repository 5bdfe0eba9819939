"""Damaged bodies: what is undone, what is refused by name, and that nothing is lost without a word.

The damages are those that WordPress sites were reported with (PHP notices, caches, proxies).
"""

import gzip
import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.core import salvage
from newscrawl.core.documents import Damaged, Document, Refused, UnreadableDocument
from newscrawl.core.salvage import UnsalvageableError, legible, salvaged

ROWS = [{"id": 7, "title": {"rendered": "Ein „Titel“ 🎉"}, "list": [], "map": {}}]
BODY = json.dumps(ROWS, ensure_ascii=False).encode()
NOTICE = (
    b"<br />\n<b>Notice</b>:  Undefined index: x[y] in <b>/srv/a.php</b> on line <b>4</b><br />\n"
)
UNDONE = {
    "a byte order mark": (salvage.MARK + BODY, [salvage.BYTE_ORDER_MARK]),
    "three of them": (salvage.MARK * 3 + b"\n" + BODY, [salvage.BYTE_ORDER_MARK]),
    "a PHP notice before": (NOTICE + BODY, [salvage.TEXT_BEFORE]),
    "a script before": (
        b"<script>var a={'b':[1]}; c({\"d\":1})</script>" + BODY,
        [salvage.TEXT_BEFORE],
    ),
    "a cache's comment behind": (
        BODY + b"\n<!-- Cached by WP Rocket -->\n",
        [salvage.COMMENT_BEHIND],
    ),
    "a PHP notice behind": (BODY + b"\n" + NOTICE, [salvage.NOTICE_BEHIND]),
    "a comment, then a notice": (BODY + b"<!-- x -->" + NOTICE, [salvage.NOTICE_BEHIND]),
    "a notice without HTML": (
        BODY + b"PHP Warning:  Unknown: x in Unknown on line 0\n",
        [salvage.NOTICE_BEHIND],
    ),
    "both": (NOTICE + BODY + b"<!-- x -->", [salvage.TEXT_BEFORE, salvage.COMMENT_BEHIND]),
    "compressed twice": (gzip.compress(BODY), [salvage.COMPRESSED]),
    "compressed with a notice": (
        gzip.compress(NOTICE + BODY),
        [salvage.COMPRESSED, salvage.TEXT_BEFORE],
    ),
}
LOST = {
    "cut off in a string": (BODY[:30], salvage.CUT_OFF),
    "cut off behind an empty list": (b'[{"id": 1, "a": []', salvage.CUT_OFF),
    "a notice, then cut off": (NOTICE + b'[{"id": 1, "a": []', salvage.CUT_OFF),
    "cut off while compressed": (gzip.compress(BODY)[:40], salvage.PACKED),
    "a fatal error": (b"<br />\n<b>Fatal error</b>:  memory exhausted", salvage.FATAL_ERROR),
    "a fatal error, then JSON": (b"<b>Fatal error</b>: x" + BODY, salvage.FATAL_ERROR),
    "a page": (b"<!DOCTYPE html><html><body>Log in</body></html>", salvage.HTML),
    "PHP source": (b"<?php require 'x'; ?>", salvage.NO_JSON),
    "nothing": (b" \n", salvage.EMPTY),
    "nested too deep": (b"[{" * 5 + b'"a":[' * 100_000, salvage.NO_JSON),
    "nested deep, with a NUL": (b'["\\u0000",' * 1000 + b"1" + b"]" * 1000, salvage.NO_JSON),
    "another value behind": (BODY + b'[{"id": 8}]', salvage.NO_JSON),
    "a page behind": (BODY + b"<p>Log in</p>", salvage.NO_JSON),
    "unclosed comments": (BODY + b"<!--" * 50_000, salvage.NO_JSON),
}


@pytest.mark.parametrize("name", UNDONE)
def test_what_is_undone(name: str) -> None:
    body, damage = UNDONE[name]
    assert salvaged(body) == (ROWS, damage)


@pytest.mark.parametrize("name", LOST)
def test_what_is_not(name: str) -> None:
    body, reason = LOST[name]
    with pytest.raises(UnsalvageableError) as told:
        salvaged(body)
    assert str(told.value) == reason


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'[{"a": "x\x01y\tz"}]', "x\x01y\tz"),  # raw control characters
        (b'[{"a": "x\\ud83dy"}]', "x\ufffdy"),  # half a pair
        (b'[{"a": "x\\ud83d\\ude00y"}]', "x😀y"),
        (b'[{"a": "x\xffy"}]', "x\ufffdy"),  # no UTF-8
        (b'[{"a": "x\\u0000y"}]', "xy"),  # JSON allows it, PostgreSQL and XML do not
        (b'[{"a": "x\x00y"}]', "xy"),
    ],
)
def test_characters_that_json_forbids(body: bytes, text: str) -> None:
    assert salvaged(body)[0] == [{"a": text}]


@given(
    st.sampled_from([b"", NOTICE, salvage.MARK]),
    st.lists(st.fixed_dictionaries({"id": st.integers(), "a": st.lists(st.text())}), min_size=1),
    st.integers(0),
)
def test_a_document_that_is_cut_off_is_never_taken_for_a_shorter_one(
    before: bytes, rows: list[object], cut: int
) -> None:
    body = json.dumps(rows).encode()
    with pytest.raises(UnsalvageableError):
        salvaged(before + body[: cut % len(body)])


@given(st.binary())
def test_any_bytes_are_a_value_or_named(body: bytes) -> None:
    with suppress(UnsalvageableError):
        value, damage = salvaged(body)
        assert damage or value == legible(json.loads(body))


def test_a_document_tells_its_damage() -> None:
    document = Document("", 200, NOTICE + BODY)
    assert document.resources() == ROWS
    assert document.damage == [salvage.TEXT_BEFORE]


def test_an_error_that_came_with_200_is_one() -> None:
    """rest_convert_error_to_response(), behind a proxy that made a 200 of it."""
    body = b'{"code": "rest_forbidden", "message": "", "data": {"status": 401}}'
    with pytest.raises(Refused) as told:
        Document("", 200, body).resources()
    assert (told.value.reason, told.value.status) == ("rest_forbidden", 401)
    with pytest.raises(Damaged):
        Document("", 200, body.replace(b"401", b"500")).resources()


def test_what_is_compressed_twice_is_read_as_far_as_a_body_may_grow() -> None:
    body = gzip.compress(BODY)
    assert Document("", 200, body, largest=len(BODY)).json() == ROWS
    assert Document("", 200, body, largest=0).json() == ROWS
    with pytest.raises(UnreadableDocument, match="DOWNLOAD_MAXSIZE") as told:
        Document("", 200, body, largest=len(BODY) - 1).json()
    assert not isinstance(told.value, Damaged)  # to ask again would be as large


def test_what_may_pass_is_told_from_what_stays() -> None:
    with pytest.raises(Damaged):
        Document("", 200, BODY[:30]).json()
    with pytest.raises(UnreadableDocument) as told:
        Document("", 200, b"<html>Log in</html>").json()
    assert not isinstance(told.value, Damaged)


def test_behind_the_last_page_there_is_nothing() -> None:
    """WP_REST_Posts_Controller::get_items() says so with an error."""
    body = b'{"code": "rest_post_invalid_page_number", "message": "", "data": {"status": 400}}'
    assert Document("", 400, body).resources() == []
    with pytest.raises(Refused):
        Document("", 400, body.replace(b"page_number", b"id")).resources()


def test_a_php_array_with_gaps_is_a_list() -> None:
    assert Document("", 200, b'{"0": {"id": 1}, "3": {"id": "2"}}').resources() == [
        {"id": 1},
        {"id": 2},
    ]
