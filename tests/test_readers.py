"""Whatever JSON a site answers, to whichever request: an item, a named refusal, nothing else.

The recorded site is crawled by the pure core alone; one of its documents is spoilt.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.core import crawl
from newscrawl.core.documents import Document
from newscrawl.core.ledger import Ledger
from newscrawl.core.links import Link
from newscrawl.core.plan import FOLLOWED, Plan
from newscrawl.core.site import Site
from newscrawl.demo.recording import Recording
from newscrawl.items import ITEMS, Item, Post

RECORDING = Recording.load(files("newscrawl.demo") / "site")
HOME = f"https://ameforum.net{RECORDING.home}/"
POSTS = {row["id"] for row in RECORDING.collections["posts"]}
KINDS = frozenset(kind.__name__.lower() for kind in ITEMS)
WHOLE = Plan(kinds=KINDS, relations=frozenset({*FOLLOWED.values(), "*"}), learns_furniture=False)
PLAIN = Plan(learns_furniture=False)
MOST = 2_000  # documents
EXAMPLES = settings.default.max_examples // 5 if settings.default else 60  # a crawl each
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(
        ["0", "-1", "0000-00-00T00:00:00", "http://[", "https://", "<p>", "[caption]"]
    )
    | st.sampled_from(["code", "id", "_links", "rendered", "https://ameforum.net/en/wp-json/x/1"])
)
NAMES = st.text(max_size=6) | st.sampled_from(
    [
        "id",
        "code",
        "data",
        "status",
        "_links",
        "href",
        "rendered",
        "date",
        "title",
        "author",
        "wp:term",
    ]
)
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4)
)
Spoil = Callable[[int, Document], Document]


def read(plan: Plan, spoil: Spoil) -> tuple[Site, list[Item]]:
    """Return the site and the items of a crawl to its end, each document spoilt or not."""
    site = Site(HOME, plan, Ledger(HOME))
    waiting: deque[Link] = deque([crawl.start(site)])
    items: list[Item] = []
    for number in range(MOST):
        if not waiting:
            return site, items
        link = waiting.popleft()
        document = spoil(number, document_of(link))
        for found in crawl.read(site, document, link):
            if isinstance(found, Link):
                waiting.append(found)
            else:
                items.append(found)
            if isinstance(found, Post):  # as LedgerPipeline does
                site.ledger.collection(found.source_url.rsplit("/", 2)[-2]).written += 1
    raise AssertionError("the crawl does not end")


def document_of(link: Link) -> Document:
    parts = urlsplit(link.href)
    answer = RECORDING.answer(f"{parts.path}?{parts.query}")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Document(link.href, answer.status, answer.body, headers, "2026-01-01T00:00:00Z")


def assert_sound(site: Site, items: list[Item]) -> None:
    assert site.done
    assert not site.outstanding
    assert all(isinstance(item, ITEMS) for item in items)
    orjson.dumps(items)
    orjson.dumps(site.ledger.account())
    posts = [item.id for item in items if isinstance(item, Post)]
    assert len(posts) == len(set(posts))


def spoilt(value: Any, path: list[int], other: Any) -> Any:  # noqa: ANN401 - JSON is any value
    """Return JSON with another value at some place in it."""
    if not path or not isinstance(value, dict | list) or not value:
        return other
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        index = step % len(value)
        return [*value[:index], spoilt(value[index], rest, other), *value[index + 1 :]]
    name = list(value)[step % len(value)]
    return {**value, name: spoilt(value[name], rest, other)}


def test_an_unspoilt_crawl_finds_all() -> None:
    site, items = read(PLAIN, lambda _number, document: document)
    assert_sound(site, items)
    assert {item.id for item in items if isinstance(item, Post)} == POSTS
    assert site.ledger.complete
    assert not site.ledger.refusals


@pytest.mark.parametrize("plan", [PLAIN, WHOLE], ids=["posts", "everything"])
@settings(max_examples=EXAMPLES)
@given(which=st.integers(0, 20), value=JSON, status=st.sampled_from([200, 200, 200, 400, 401, 500]))
def test_any_document_in_another_s_place(plan: Plan, which: int, value: Any, status: int) -> None:  # noqa: ANN401
    def spoil(number: int, document: Document) -> Document:
        body = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS) if _fits(value) else b"{}"
        return replace(document, status=status, body=body) if number == which else document

    site, items = read(plan, spoil)
    assert_sound(site, items)
    assert {
        item.id for item in items if isinstance(item, Post)
    } >= POSTS or not site.ledger.complete


@pytest.mark.parametrize("plan", [PLAIN, WHOLE], ids=["posts", "everything"])
@settings(max_examples=EXAMPLES)
@given(
    which=st.integers(0, 20), path=st.lists(st.integers(0, 40), min_size=1, max_size=6), other=JSON
)
def test_any_value_in_a_document(plan: Plan, which: int, path: list[int], other: Any) -> None:  # noqa: ANN401
    def spoil(number: int, document: Document) -> Document:
        if number != which or not document.body.startswith((b"{", b"[")):
            return document
        value = spoilt(orjson.loads(document.body), path, other if _fits(other) else None)
        return replace(document, body=orjson.dumps(value))

    assert_sound(*read(plan, spoil))


@pytest.mark.parametrize("rows", [[], [{"id": 5}], [{"id": 5, "date": "2020-01-01T00:00:00"}], {}])
def test_a_list_that_came_empty_once_hides_no_post(rows: object) -> None:
    """A cache's or a filter's: the total says that there is more, and a sweep finds it."""

    def spoil(number: int, document: Document) -> Document:
        is_list = number == 4
        return replace(document, body=orjson.dumps(rows)) if is_list else document

    site, items = read(PLAIN, spoil)
    assert {item.id for item in items if isinstance(item, Post)} >= POSTS
    assert not site.ledger.collection("posts").hidden


@settings(max_examples=EXAMPLES)
@given(
    which=st.integers(0, 20),
    name=st.sampled_from(["x-wp-total", "x-wp-totalpages", "link", "content-type"]),
    told=st.integers(-5, 10**12).map(str) | st.text(max_size=12),
)
def test_any_header(which: int, name: str, told: str) -> None:
    def spoil(number: int, document: Document) -> Document:
        headers = {**document.headers, name: told}
        return replace(document, headers=headers) if number == which else document

    site, items = read(PLAIN, spoil)
    assert_sound(site, items)
    assert {
        item.id for item in items if isinstance(item, Post)
    } == POSTS or not site.ledger.complete


def _fits(value: object) -> bool:
    """Return whether orjson writes a value: its numbers have 64 bits, JSON's have not."""
    try:
        orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        return False
    return True


def listed(document: Document) -> list[Any]:
    """Return the rows of a document of posts with content, none of any other document."""
    whole = "/wp/v2/posts?" in document.url and "content" in document.url
    return orjson.loads(document.body) if whole and document.status == 200 else []


def cut(document: Document, most: int, **headers: str) -> Document:
    """Return a list of posts that shows so many rows and tells these headers alone."""
    if "/wp/v2/posts?" not in document.url or document.status != 200:
        return document
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return replace(document, body=orjson.dumps(orjson.loads(document.body)[:most]), headers=told)


def ids_of(items: list[Item]) -> set[int]:
    return {item.id for item in items if isinstance(item, Post)}


def test_a_window_that_is_refused_is_no_end() -> None:
    """Without totals nothing else betrays it."""

    def spoil(_number: int, document: Document) -> Document:
        refused = "before=" in document.url and listed(document)
        return replace(document, status=403, body=b"<h1>No</h1>") if refused else cut(document, 20)

    site, items = read(PLAIN, spoil)
    assert ids_of(items) >= POSTS or not site.ledger.complete


def test_a_total_smaller_than_what_is_shown_is_none() -> None:
    _, items = read(PLAIN, lambda _n, d: cut(d, 20, x_wp_total="7", x_wp_totalpages="1"))
    assert ids_of(items) >= POSTS


def test_a_site_that_tells_no_total_and_ignores_the_query_is_not_complete() -> None:
    first: list[Document] = []

    def spoil(_number: int, document: Document) -> Document:
        if not listed(document):
            return cut(document, 20)
        first.append(cut(document, 20))
        return first[0]

    site, items = read(PLAIN, spoil)
    assert len(ids_of(items)) == 20
    assert not site.ledger.complete


def test_a_post_that_is_listed_and_never_returned_is_missing() -> None:
    def spoil(_number: int, document: Document) -> Document:
        rows = [row for row in listed(document) if row["id"] != 11667]
        return replace(document, body=orjson.dumps(rows)) if rows else document

    def hide(number: int, document: Document) -> Document:
        alone = listed(document) and [row["id"] for row in listed(document)] == [11667]
        return replace(document, body=b"[]") if alone else spoil(number, document)

    site, items = read(PLAIN, hide)
    assert ids_of(items) == POSTS - {11667}
    assert site.ledger.collection("posts").missing == [11667]
    assert not site.ledger.complete


def test_a_site_that_breaks_each_document_is_given_up() -> None:
    """Nobody asks it a thousand times for less."""
    asked: list[str] = []

    def spoil(_number: int, document: Document) -> Document:
        asked.append(document.url)
        broken = "/wp/v2/posts?" in document.url
        return replace(document, body=b"<b>Fatal error</b>: memory") if broken else document

    site, items = read(PLAIN, spoil)
    assert not ids_of(items)
    assert not site.ledger.complete
    assert len(asked) < 60


def test_posts_that_break_one_by_one_are_given_up_too() -> None:
    asked: list[str] = []

    def spoil(_number: int, document: Document) -> Document:
        asked.append(document.url)
        return replace(document, status=500, body=b"") if listed(document) else document

    site, _ = read(PLAIN, spoil)
    assert not site.ledger.complete
    assert "50 posts that break" in str(site.ledger.blocked)
    assert len(asked) < 200


def test_a_collection_that_ignores_the_page_comes_to_an_end() -> None:
    row = RECORDING.collections["tags"][0]

    def spoil(_number: int, document: Document) -> Document:
        if "/wp/v2/tags?" not in document.url:
            return document
        rows = [row | {"id": id_} for id_ in range(1, 101)]
        headers = {"x-wp-total": "250", "x-wp-totalpages": "3"}
        return replace(document, body=orjson.dumps(rows), headers=headers)

    plan = replace(WHOLE, types=("all",))
    site, items = read(plan, spoil)
    assert ids_of(items) == POSTS
    assert not site.ledger.complete


def test_raw_json_that_no_feed_can_hold_costs_no_export() -> None:
    def spoil(_number: int, document: Document) -> Document:
        if "/wp/v2/posts?" not in document.url or "_fields=id" in document.url:
            return document
        text = orjson.dumps([row | {"meta": "@"} for row in orjson.loads(document.body)])
        return replace(document, body=text.replace(b'"@"', b"[" * 300 + b"]" * 300, 1))

    site, items = read(replace(PLAIN, raw=True), spoil)
    assert_sound(site, items)
    assert ids_of(items) == POSTS
    assert site.ledger.damage["raw JSON that no feed can hold"] == 1


@pytest.mark.parametrize(("status", "body"), [(403, b"<h1>No</h1>"), (200, b"[]")])
def test_one_odd_answer_does_not_empty_a_relation(status: int, body: bytes) -> None:
    """A firewall's page or a cache's empty list: the batch is asked for once more."""
    asked: list[str] = []

    def spoil(_number: int, document: Document) -> Document:
        if "/wp/v2/media?" not in document.url:
            return document
        asked.append(document.url)
        return replace(document, status=status, body=body) if len(asked) == 1 else document

    _, items = read(PLAIN, spoil)
    whole = {row["id"] for row in RECORDING.collections["media"]}
    told = {row["id"]: row["featured_media"] for row in RECORDING.collections["posts"]}
    images = {item.id: item.image["id"] for item in items if isinstance(item, Post) and item.image}
    assert images == {post: image for post, image in told.items() if image in whole}
