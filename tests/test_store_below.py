"""A store and a site whose API is closed: what changed is told by feed and by page, too."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.core.identity import guid_key
from newscrawl.core.stand_ins import NOT_FOUND
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.doors import keep_closed
from tests.fed import HOST, HTML, Fed
from tests.test_store import read
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

POSTS = 80
LOST = b"<body class='error404'><main><h1>Lost</h1>" + b"<p>Nothing is found.</p>" * 30
CONTENT = b'<div class="entry-content">'
FEED, PAGES, OPEN = ("api",), ("api", "feeds"), ()
RESOURCES = ("lists", "feeds")
FEW = 12  # requests
SHORTLINK = re.compile(rb'<link rel="shortlink" href="[^"]*p=(\d+)">')
OTHER_WORDS = "<p>Other words than those that stood here, {}.</p>"
Again = Callable[..., Crawl]


class Themed(Fed):
    """A site whose theme writes into the contents of its pages."""

    def told(self, url: str) -> Answer:
        answer = super().told(url)
        body = answer.body.replace(CONTENT, CONTENT + b"<p>Share this story with your friends.</p>")
        return replace(answer, body=body)


@dataclass
class Unlinked(Fed):
    """A site whose pages have another element in place of their shortlink."""

    element: bytes = b""

    def told(self, url: str) -> Answer:
        def other(found: re.Match[bytes]) -> bytes:
            return self.element % (HOST.encode(), found[1]) if self.element else b""

        answer = super().told(url)
        return replace(answer, body=SHORTLINK.sub(other, answer.body))


@pytest.fixture(scope="module")
def closing(testbed: Testbed) -> WordPressSite:
    """Return a news site that can close its doors, and that a test may change."""
    return testbed.seeded("below", POSTS, plugins="closed")


@pytest.fixture
def again(closing: WordPressSite, tmp_path: Path, store: str) -> Again:
    """Return a function that crawls the site into a store while it keeps some doors closed."""
    tmp_path.mkdir(exist_ok=True)

    def again(*doors: str, **arguments: object) -> Crawl:
        keep_closed(closing, *doors)
        return crawl(tmp_path / "posts.jsonl", site=closing.url, store=store, **arguments)

    return again


def do(site: WordPressSite, *deeds: tuple[str, int, object]) -> None:
    site.php("edit.php", json.dumps(deeds))


def kept_of(store: str) -> dict[str, tuple[int, str, list[int]]]:
    """Return the id, the slug and the ids of the categories of each stored post, by GUID."""
    rows = read(store, "SELECT guid, id, slug, categories FROM posts")
    return {row["guid"]: (row["id"], row["slug"], ids_in(row["categories"])) for row in rows}


def ids_in(names: str | list[dict[str, Any]]) -> list[int]:
    """Return the ids of names, which SQLite keeps as text."""
    return [name["id"] for name in (json.loads(names) if isinstance(names, str) else names)]


def changes(done: Crawl, site: WordPressSite) -> list[tuple[str, int, Any]]:
    """Return what a crawl told of which post; ids are the database's, by GUID."""
    assert done.status == 0, done.ledger["refusals"]
    ids = {guid_key(row["guid"]): row["ID"] for row in site.query("SELECT ID, guid FROM wp_posts")}
    return sorted(
        (row["change"], ids[guid_key(row["guid"])], row["reason"] or row["changed"])
        for row in done.rows
    )


@pytest.mark.parametrize(
    ("doors", "edited"),
    [(FEED, ["excerpt", "content_html"]), (PAGES, ["content_html"])],
    ids=["feed", "pages"],
)
def test_what_editors_did_is_told_below_the_api(
    closing: WordPressSite, again: Again, doors: tuple[str, ...], edited: list[str]
) -> None:
    """A feed's excerpt is of the content where the editor wrote none."""
    truth = Truth(closing)
    assert len(again(*doors).rows) == len(truth.posts)
    quiet = again(*doors)
    assert (changes(quiet, closing), quiet.ledger["collections"]["posts"]["unchanged"]) == (
        [],
        len(truth.posts),
    )
    assert quiet.ledger["requests"] <= 8 + len(truth.protected)
    chosen = random.Random(len(doors)).sample(sorted(truth.posts), 6)  # noqa: S311 - a sample
    one, two, three, four, five, six = chosen
    do(
        closing,
        ("edit", one, OTHER_WORDS.format(random.random())),  # noqa: S311 - a word
        ("password", two, "secret"),
        ("trash", three, None),
        ("status", four, "private"),
        ("touch", five, "2026-01-02 03:04:05"),
    )
    assert changes(again(*doors), closing) == sorted(
        [
            ("deleted", two, "password-protected"),
            ("deleted", three, "HTTP 404"),
            ("deleted", four, "HTTP 404"),
            ("updated", one, edited),
        ]
    )
    assert changes(again(*doors), closing) == []
    do(closing, ("status", six, "private"))
    assert changes(again(*doors), closing) == [("deleted", six, "HTTP 404")]
    do(closing, ("status", six, "publish"))
    assert [what for what, *_ in changes(again(*doors), closing)] == ["new"]
    do(closing, ("password", two, ""), ("untrash", three, None), ("status", four, "publish"))
    back = [(what, id_) for what, id_, _ in changes(again(*doors), closing)]
    assert back == sorted(("new", id_) for id_ in (two, three, four))
    assert changes(again(*doors), closing) == []


def test_a_post_with_an_imported_guid_keeps_it_when_only_its_page_is_left(
    recording: Recording, tmp_path: Path
) -> None:
    """And one at the address of another that had a shortlink for its GUID is another post.

    What the theme writes into its contents is no edit.
    """
    fed, store = Themed(recording), str(tmp_path / "news.db")
    fed.listed = lambda: fed.rows
    for row in fed.rows:
        own = f"?p={row['id'] + 5000}" if row["id"] % 2 else row["slug"]
        row["guid"] = {"rendered": f"http://old.example/{own}"}
    other = fed.rows[7]
    other["guid"] = {"rendered": "https://ameforum.net/en/?p=4000"}
    then = other["date_gmt"]

    with serving(fed) as url:
        fed.stand_at(url)
        first = crawl(tmp_path / "first.jsonl", site=url, store=store)
        fed.bend = lambda _page, _answer: Answer(403, b"No feed.")
        other["date_gmt"] = f"2001{then[4:]}"
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert len(first.rows) == len(fed.rows)
    told = [(row["change"], row["guid"]) for row in second.rows]
    assert sorted(told) == [
        ("deleted", f"{fed.here}/en/?p=4000"),
        ("new", f"{fed.here}/en/?p={other['id']}"),
    ]


@pytest.mark.parametrize(
    "element", [b"", b'<link rel="shortlink" href="%s/?p=%s">'], ids=["no shortlink", "another"]
)
def test_pages_whose_shortlink_is_not_the_guid_are_of_the_same_posts(
    recording: Recording, tmp_path: Path, store: str, element: bytes
) -> None:
    """Themes leave it out, and language directories give another than the GUID."""
    tmp_path.mkdir(exist_ok=True)
    fed = Unlinked(recording, element=element)
    fed.listed = lambda: fed.rows
    for row in fed.rows[::2]:
        row["guid"] = {"rendered": f"{HOST}/en/?p={row['id'] + 5000}"}
    opened = fed.bend
    with serving(fed) as url:
        fed.stand_at(url)
        assert len(crawl(tmp_path / "first.jsonl", site=url, store=store).rows) == len(fed.rows)
        fed.bend = lambda _page, _answer: Answer(403, b"No feed.")
        assert crawl(tmp_path / "second.jsonl", site=url, store=store).rows == []
        fed.bend = opened
        assert crawl(tmp_path / "third.jsonl", site=url, store=store).rows == []


def test_a_known_post_is_not_overwritten_by_what_stands_in_for_it(
    recording: Recording, tmp_path: Path
) -> None:
    """A server that answers for a post that went with WordPress's page of errors, and 200."""
    fed, store = Fed(recording), str(tmp_path / "news.db")
    fed.bend = lambda _page, _answer: Answer(403, b"No feed.")
    gone = urlsplit(fed.rows[0]["link"]).path
    with serving(fed) as url:
        fed.stand_at(url)
        fed.listed = lambda: fed.rows
        crawl(tmp_path / "first.jsonl", site=url, store=store)
        before = read(store, "SELECT title, content_hash, deleted FROM posts ORDER BY pk")
        fed.listed = lambda: fed.rows[1:]
        fed.answers[gone] = Answer(200, LOST, HTML)
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert (second.status, second.rows) == (3, [])
    assert NOT_FOUND in second.reasons
    assert read(store, "SELECT title, content_hash, deleted FROM posts ORDER BY pk") == before


def test_a_post_of_another_type_that_went_is_deleted(recording: Recording, tmp_path: Path) -> None:
    fed, store = Fed(recording), str(tmp_path / "news.db")
    fed.listed = lambda: fed.rows
    told = fed.rows[0]
    told["guid"] = {"rendered": f"{HOST}/en/?post_type=story&#038;p={told['id']}"}
    with serving(fed) as url:
        fed.stand_at(url)
        first = crawl(tmp_path / "first.jsonl", site=url, store=store)
        fed.recording.collections["posts"].remove(told)
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert {row["type"] for row in first.rows} == {"post", "story"}
    gone = [(row["change"], row["type"], row["url"]) for row in second.rows]
    assert gone == [("deleted", "story", first.rows[0]["url"])]


def test_a_feed_that_holds_excerpts_only_from_now_on_changes_no_post(
    closing: WordPressSite, again: Again
) -> None:
    """Its pages tell ids, as the feed did not."""
    assert again(*FEED).status == 0
    assert changes(again("api", "excerpts", limit=30), closing) == []
    assert changes(again(*FEED), closing) == []


def test_a_post_that_a_feed_told_and_that_went_is_told_by_the_api(
    closing: WordPressSite, again: Again
) -> None:
    """Also one of which WordPress leads to another whose slug begins with its own."""
    first = again(*FEED)
    gone = min(row["guid"] for row in first.rows)
    id_ = closing.query("SELECT ID FROM wp_posts WHERE guid = %s", [gone])[0]["ID"]
    do(closing, ("trash", id_, None))
    assert changes(again(*OPEN), closing) == [("deleted", id_, "HTTP 404")]
    do(closing, ("untrash", id_, None))
    assert [what for what, *_ in changes(again(*OPEN), closing)] == ["new"]


def test_a_guid_that_is_rewritten_makes_no_other_post(
    recording: Recording, tmp_path: Path, store: str
) -> None:
    tmp_path.mkdir(exist_ok=True)
    fed = Fed(recording)
    fed.listed = lambda: fed.rows
    with serving(fed) as url:
        first = crawl(tmp_path / "first.jsonl", site=url, store=store)
        for row in fed.rows[::2]:
            row["guid"] = {"rendered": f"https://moved.example/{row['slug']}"}
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert (len(first.rows), second.rows) == (len(fed.rows), [])


def test_a_post_known_by_its_page_has_the_guid_that_its_feed_tells(
    recording: Recording, tmp_path: Path, store: str
) -> None:
    """WordPress gives a post that is published at once the address of that day for its GUID."""
    tmp_path.mkdir(exist_ok=True)
    fed = Fed(recording)
    fed.listed = lambda: fed.rows
    for row in fed.rows[::2]:
        row["guid"] = {"rendered": row["link"]}
    opened, fed.bend = fed.bend, lambda _page, _answer: Answer(403, b"No feed.")
    with serving(fed) as url:
        fed.stand_at(url)
        first = crawl(tmp_path / "first.jsonl", site=url, store=store)
        fed.bend = opened
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert (len(first.rows), second.rows) == (len(fed.rows), [])
    told = {guid_key(row["guid"]["rendered"].replace(HOST, fed.here)) for row in fed.rows}
    assert {row["guid_key"] for row in read(store, "SELECT guid_key FROM posts")} == told


def test_a_post_that_the_list_of_the_api_keeps_back_comes_and_goes(
    closing: WordPressSite, again: Again
) -> None:
    sql = "SELECT ID FROM wp_posts WHERE post_status = 'publish' AND post_type = 'post' {}"
    rows = closing.query(sql.format("AND post_password = '' AND ID MOD 20 = 3"))
    chosen = min(row["ID"] for row in rows)
    assert again("some").status == 0
    quiet = again("some")
    assert (changes(quiet, closing), "other addresses" in quiet.reasons) == ([], False)
    do(closing, ("status", chosen, "private"))
    assert [told[:2] for told in changes(again("some"), closing)] == [("deleted", chosen)]
    do(closing, ("status", chosen, "publish"))
    assert [told[:2] for told in changes(again("some"), closing)] == [("new", chosen)]


@pytest.mark.parametrize("doors", [FEED, PAGES, RESOURCES], ids=["feed", "pages", "resources"])
def test_a_door_that_closes_or_opens_changes_no_post(
    closing: WordPressSite, again: Again, store: str, doors: tuple[str, ...]
) -> None:
    """What the API told stays known while it is closed, and an edit meanwhile is told once."""
    told = {
        row["guid"]: (row["id"], row["slug"], ids_in(row["categories"]))
        for row in again(*OPEN).rows
    }
    assert changes(again(*doors), closing) == []
    quiet = again(*doors)
    assert (changes(quiet, closing), quiet.ledger["requests"] <= FEW) == ([], True)
    chosen = min(id_ for id_, _, _ in told.values())
    do(closing, ("edit", chosen, OTHER_WORDS.format(random.random())))  # noqa: S311 - a word
    assert changes(again(*doors), closing) == [("updated", chosen, ["content_html"])]
    assert kept_of(store) == told
    assert changes(again(*OPEN), closing) == []
    assert {row["source"] for row in read(store, "SELECT source FROM posts")} == {"rest"}


def test_a_post_in_parts_stays_whole_while_one_of_them_is_shown(
    closing: WordPressSite, again: Again, store: str
) -> None:
    """WordPress shows the first part in feeds, and by the address of the post."""
    chosen = min(row["id"] for row in again(*OPEN).rows)
    parts = "".join(f"<p>Part {n} of the story, {random.random()}.</p>" for n in range(2))  # noqa: S311 - a word
    do(closing, ("edit", chosen, parts.replace("</p><p>", "</p>\n<!--nextpage-->\n<p>")))
    assert changes(again(*OPEN), closing) == [("updated", chosen, ["content_html"])]
    kept = f"SELECT content_text FROM posts WHERE id = {chosen}"
    before = read(store, kept)
    assert "Part 1" in before[0]["content_text"]
    for doors in (FEED, FEED, PAGES, OPEN):
        assert changes(again(*doors), closing) == []
        assert read(store, kept) == before
