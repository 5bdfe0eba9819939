"""Sitemaps that carry `lastmod` spare a large site its sweep; where they lie nothing is lost."""

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newscrawl.core.documents import Damaged, Document, Refused, UnreadableDocument
from newscrawl.core.identity import guid_key
from newscrawl.core.memory import TRACED, trace_of
from newscrawl.core.sitemaps import modified_in, sitemaps_in
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.mapped import (
    OWN,
    SIZE,
    XML,
    Mapped,
    Row,
    document,
    index,
    lastmod,
    latest,
    own_address,
    urlset,
)
from tests.test_store import changes, do
from tests.wordpress.site import Testbed, WordPressSite

NOW = {"modified": "2026-10-01T10:00:00", "modified_gmt": "2026-10-01T08:00:00"}
HOUR = timedelta(hours=1)
POSTS = 960
REAL_SWEEP = 20  # requests of a sweep of 2,000 posts, no more than which sitemaps cost
ENTRY = 5  # requests before posts are asked for: robots.txt, home, index, types, taxonomies
HEADS = 6  # of users, tags, categories and images, for posts that are read again
MANY = ("-s", "NEWSCRAWL_SITEMAPS=500")


def with_posts(recording: Recording, rows: list[Row]) -> Mapped:
    return Mapped(recording, [own_address(dict(row)) for row in rows])


@pytest.fixture(scope="module")
def known(grown: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of a first crawl."""
    store = tmp_path_factory.mktemp("known") / "news.db"
    site = with_posts(grown, grown.collections["posts"])
    with serving(site) as url:
        done = crawl(store.with_name("posts.jsonl"), site=url, store=str(store))
    assert (done.status, len(done.rows)) == (0, POSTS)
    return store


@pytest.fixture
def site(grown: Recording) -> Mapped:
    """Return the site that the store knows, to be changed."""
    return with_posts(grown, grown.collections["posts"])


@pytest.fixture
def again(known: Path, site: Mapped, tmp_path: Path) -> Callable[..., Crawl]:
    """Return a function that crawls the site once more, with sitemaps unless told otherwise."""
    store = tmp_path / "news.db"
    shutil.copy(known, store)

    def crawled(*options: str) -> Crawl:
        site.asked.clear()
        site.swept = 0
        with serving(site) as url:
            return crawl(tmp_path / "posts.jsonl", *(options or MANY), site=url, store=str(store))

    return crawled


def test_an_unchanged_site_costs_its_sitemaps(site: Mapped, again: Callable[..., Crawl]) -> None:
    done = again()
    assert (done.status, done.rows) == (0, [])
    assert done.ledger["collections"]["posts"]["unchanged"] == POSTS
    assert done.ledger["requests"] == ENTRY + 1 + -(-POSTS // SIZE)
    assert done.ledger["refusals"] == []
    assert site.swept == 0


def test_the_user_may_ask_for_the_sweep(site: Mapped, again: Callable[..., Crawl]) -> None:
    done = again("-s", "NEWSCRAWL_SITEMAPS=0")
    assert done.rows == []
    assert site.swept >= POSTS // 100
    assert not any("sitemap" in path for path in site.asked)


def test_a_small_site_is_swept(site: Mapped, again: Callable[..., Crawl]) -> None:
    again("-s", "NEWSCRAWL_FURNITURE=True")
    assert site.swept >= POSTS // 100
    assert not any("sitemap" in path for path in site.asked)


def work(site: Mapped) -> list[tuple[str, int, Any]]:
    """Do what editors do; return what a crawl has to tell of it."""
    ids = sorted(row["id"] for row in site.rows)
    one, two, three, four, five, six = (ids[at] for at in (5, 150, 300, 450, 600, 750))
    words = {"rendered": "<p>Other words.</p>", "protected": False}
    hidden = {"rendered": "", "protected": True}
    site.edit(one, content=words, **NOW)
    site.edit(two, slug="moved", link="https://ameforum.net/en/moved/", **NOW)
    site.edit(
        three, content=words, modified="2011-01-01T00:00:00", modified_gmt="2011-01-01T00:00:00"
    )
    site.remove(four)
    site.edit(five, content=hidden, **NOW)
    fresh = dict(site.rows[7]) | {
        "id": 9_000_001,
        "slug": "fresh",
        "guid": {"rendered": "http://e.org/?p=9000001"},
    }
    late = fresh | {
        "id": 9_000_002,
        "slug": "late",
        "guid": {"rendered": "http://e.org/?p=9000002"},
    }
    early = {"modified": "2012-01-01T00:00:00", "modified_gmt": "2012-01-01T00:00:00"}
    site.rows += [own_address(fresh | NOW), own_address(late | early)]
    others = {tag for row in site.rows for tag in row["tags"]} - {*site.edit(six)["tags"]}
    site.edit(six, tags=[min(others)], **NOW)
    return sorted(
        [
            ("updated", one, ["content_html"]),
            ("updated", two, ["url", "slug"]),
            ("updated", three, ["content_html"]),
            ("deleted", four, "404 rest_post_invalid_id"),
            ("deleted", five, "password-protected"),
            ("updated", six, ["tags"]),
            ("new", 9_000_001, []),
            ("new", 9_000_002, []),
        ]
    )


def test_exactly_what_editors_did_is_told(site: Mapped, again: Callable[..., Crawl]) -> None:
    """Also what no list of the newest shows: posts that were modified long ago, or came so."""
    expected = work(site)
    done = again()
    assert changes(done) == expected
    assert (done.status, site.swept) == (0, 0)
    assert done.ledger["refusals"] == []
    quiet = again()
    assert (quiet.rows, site.swept) == ([], 0)


def stale(site: Mapped) -> None:
    """Let the sitemaps be those of yesterday: a cache holds them."""
    held = [dict(row) for row in site.rows]
    site.shown = lambda: held


def test_stale_sitemaps_lose_nothing(site: Mapped, again: Callable[..., Crawl]) -> None:
    """Not even a deleted post that one with a past of its own makes up for."""
    stale(site)
    expected = work(site)
    assert changes(again()) == expected
    assert site.swept > 0
    assert again().rows == []


def test_a_sitemap_of_a_plugin_is_found_by_robots_txt(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    """Packed, an archive first; posts that it leaves out are asked for by their ids."""
    expected = work(site)
    withheld = {row["id"] for row in site.rows[40:50]}
    site.time = latest
    site.shown = lambda: [row for row in site.rows if row["id"] not in withheld]
    site.robots = [
        "Sitemap: https://ameforum.net/en/news-sitemap.xml",
        "Sitemap: https://ameforum.net/en/sitemap_index.xml",
    ]
    site.bring_own("/en/sitemap_index.xml", packed=True)
    done = again()
    assert changes(done) == expected
    assert (done.status, site.swept) == (0, 0)
    assert done.ledger["refusals"] == []
    quiet = again()
    assert quiet.ledger["requests"] == ENTRY + NEWEST + INDEX


def test_core_leads_to_a_plugins_sitemaps(site: Mapped, again: Callable[..., Crawl]) -> None:
    """Yoast redirects core's addresses to its own, where robots.txt is silent."""
    expected = work(site)
    site.robots = []
    site.bring_own("/en/sitemap_index.xml")
    for old, new in (
        ("wp-sitemap.xml", "sitemap_index.xml"),
        ("wp-sitemap-posts-post-1.xml", "post-sitemap.xml"),
    ):
        site.answers[f"/en/{old}"] = Answer(301, b"", {"Location": f"/en/{new}"})
    assert changes(again()) == expected
    assert site.swept == 0


def with_own(site: Mapped) -> None:
    """Let the site have sitemaps of a plugin."""
    site.time = latest
    site.robots = [f"Sitemap: https://ameforum.net{OWN}"]
    site.bring_own()


def parts_read(site: Mapped) -> list[str]:
    return sorted(path for path in site.asked if "post-sitemap" in path)


NEWEST, INDEX = 2, 1  # requests; the newest by `modified`, and by date where parts are spared


def test_sitemaps_that_were_not_modified_are_spared(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    with_own(site)
    again()
    assert len(parts_read(site)) == -(-POSTS // SIZE)
    quiet = again()
    assert (quiet.status, quiet.rows, site.swept) == (0, [], 0)
    assert quiet.ledger["collections"]["posts"]["unchanged"] == POSTS
    assert quiet.ledger["requests"] == ENTRY + NEWEST + INDEX


def test_a_first_crawl_notes_when_sitemaps_were_modified(site: Mapped, tmp_path: Path) -> None:
    with_own(site)
    with serving(site) as url:
        first, second = (
            crawl(tmp_path / feed, *MANY, site=url, store=str(tmp_path / "news.db"))
            for feed in ("first.jsonl", "second.jsonl")
        )
    assert (len(first.rows), second.rows) == (POSTS, [])
    assert second.ledger["requests"] == ENTRY + NEWEST + INDEX


def test_what_editors_did_is_told_where_sitemaps_are_spared(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    """What makes no sitemap later makes the site's total another, and each is read."""
    with_own(site)
    again()
    expected = work(site)
    site.bring_own()
    assert changes(again()) == expected
    assert site.swept == 0
    assert again().rows == []
    assert parts_read(site) == []


def test_a_post_that_goes_is_seen_where_sitemaps_are_spared(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    """Though the index is as it was: a cache holds it, or another post is as old."""
    with_own(site)
    again()
    gone = min(site.rows, key=lambda row: row["modified_gmt"])["id"]
    held = site.answers[OWN]
    site.remove(gone)
    site.bring_own()
    site.answers[OWN] = held
    assert changes(again()) == [("deleted", gone, "404 rest_post_invalid_id")]
    assert len(parts_read(site)) == -(-POSTS // SIZE)


def test_a_scheduled_post_is_seen_where_sitemaps_are_spared(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    """It was modified last before the last crawl; another post of its sitemap goes meanwhile."""
    with_own(site)
    site.time = lastmod
    site.bring_own()
    again()
    oldest, model = sorted(site.rows, key=lambda row: row["modified_gmt"])[:2]
    site.remove(oldest["id"])
    published = {"date": NOW["modified"], "date_gmt": NOW["modified_gmt"], "slug": "scheduled"}
    guid = {"guid": {"rendered": "http://example.org/?p=9000004"}}
    site.rows.append(own_address(model | published | guid | {"id": 9_000_004}))
    site.bring_own()
    told = [("deleted", oldest["id"], "404 rest_post_invalid_id"), ("new", 9_000_004, [])]
    assert changes(again()) == told
    assert again().rows == []


def test_an_index_that_a_cache_holds_spares_nothing(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    with_own(site)
    again()
    id_ = site.rows[5]["id"]
    site.edit(id_, content={"rendered": "<p>Other words.</p>", "protected": False}, **NOW)
    done = again()
    assert changes(done) == [("updated", id_, ["content_html"])]
    assert "do not show yet" in done.ledger["refusals"][0]["reason"]
    assert site.swept > 0


def test_a_crawl_with_a_gap_spares_nothing_to_the_next(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    """A post that could not be read is read by the next crawl, however old its sitemap is."""
    with_own(site)
    site.time = lastmod
    site.bring_own()
    again()
    row = sorted(site.rows, key=lambda row: row["modified_gmt"])[3 * SIZE - 1]
    later = (datetime.fromisoformat(row["modified_gmt"]) + timedelta(seconds=1)).isoformat()
    words = {"rendered": "<p>Other words.</p>", "protected": False}
    site.edit(row["id"], content=words, modified=later, modified_gmt=later)
    site.bring_own()
    site.broken = {str(row["id"])}
    assert again().status == 3
    site.broken = set()
    assert changes(again()) == [("updated", row["id"], ["content_html"])]


def test_an_address_of_nobody_does_no_harm(site: Mapped, again: Callable[..., Crawl]) -> None:
    expected = work(site)
    site.shown = lambda: [*site.rows, own_address(site.rows[0] | {"slug": "an-archive"})]
    assert changes(again()) == expected
    assert site.swept == 0


def test_an_address_that_another_post_has_now_is_that_ones(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    gone = site.rows[400]
    site.remove(gone["id"])
    guid = {"guid": {"rendered": "http://example.org/?p=9000003"}}
    site.rows.append(gone | NOW | guid | {"id": 9_000_003})
    told = [("deleted", gone["id"], "404 rest_post_invalid_id"), ("new", 9_000_003, [])]
    assert changes(again()) == told
    assert site.swept == 0


def test_an_address_that_an_older_post_has_now_is_that_ones(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    gone = site.rows[400]
    site.remove(gone["id"])
    told = {"id": 9_000_003, "guid": {"rendered": "http://example.org/?p=9000003"}}
    older = {"modified": "2001-01-01T00:00:00", "modified_gmt": "2001-01-01T00:00:00"}
    site.rows.append(gone | told | older)
    done = again()
    expected = [("deleted", gone["id"], "404 rest_post_invalid_id"), ("new", 9_000_003, [])]
    assert (done.status, changes(done), site.swept) == (0, expected, 0)
    assert again().rows == []


def test_an_earlier_clock_is_seen_by_what_differs(
    site: Mapped, again: Callable[..., Crawl]
) -> None:
    site.time = lambda row: lastmod(row).replace("+00:00", "-01:00")
    done = again()
    assert done.rows == []
    assert [refusal["reason"] for refusal in done.ledger["refusals"]] == [
        "more posts differ than sitemaps are good for; all posts are listed instead"
    ]


Spoil = Callable[[Mapped], object]


def undated(site: Mapped) -> None:
    site.time = lambda row: None if row["id"] == site.rows[333]["id"] else latest(row)


def dated_by_day(site: Mapped) -> None:
    site.time = lambda row: latest(row)[:10]


def an_hour_off(site: Mapped) -> None:
    site.time = lambda row: latest(row).replace("+00:00", "+01:00")


def cut_short(site: Mapped) -> None:
    site.shown = lambda: site.rows[:-30]


def haunted(site: Mapped) -> None:
    site.shown = lambda: [*site.rows, *site.removed]


def answering(path: str, answer: Callable[[Mapped], Answer]) -> Spoil:
    def spoil(site: Mapped) -> None:
        site.answers[path] = answer(site)

    return spoil


def listing(*addresses: str) -> Spoil:
    def spoil(site: Mapped) -> None:
        site.robots = ["Sitemap: /en/map.xml"]
        site.answers["/en/map.xml"] = Answer(200, index(addresses), XML)

    return spoil


def moved(site: Mapped) -> None:
    for row in site.rows:
        row["link"] = row["link"].replace("/en/", "/en/news/")


FIRST, THIRD = "/en/wp-sitemap-posts-post-1.xml", "/en/wp-sitemap-posts-post-3.xml"
BOMB = b'<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
SPOILT: dict[str, tuple[Spoil, str]] = {
    "a post without lastmod": (undated, "does not tell when"),
    "days without a time": (dated_by_day, "does not tell when"),
    "another clock": (an_hour_off, "do not show yet"),
    "short of posts": (cut_short, "do not show yet"),
    "a post that is gone": (haunted, "sitemaps and lists show"),
    "every address is another": (moved, ""),  # lists show that of all
    "no sitemaps": (answering(FIRST, lambda _: Answer(404, b"")), "404"),
    "an error": (answering(THIRD, lambda _: Answer(500, b"")), "HTTP 500"),
    "a page": (answering(THIRD, lambda _: Answer(200, b"<html><br></html>")), "no sitemap"),
    "a bomb": (
        answering(THIRD, lambda site: Answer(200, BOMB + urlset(site.part(3))[38:], XML)),
        "document type",
    ),
    "cut off": (
        answering(THIRD, lambda site: Answer(200, urlset(site.part(3))[:-40])),
        "no sitemap",
    ),
    "an end in the midst": (answering(THIRD, lambda _: Answer(404, b"")), "do not show yet"),
    "robots.txt": (lambda site: site.robots.append("Disallow: /en/wp-sitemap"), "robots.txt"),
    "another host": (listing("https://evil.example/post-sitemap.xml"), "another site"),
    "another type": (listing("/en/page-sitemap.xml"), "no sitemaps of"),
    "a loop": (listing("/en/map.xml?/post-sitemap.xml"), "no urlset"),
}


@pytest.mark.parametrize(("spoil", "reason"), SPOILT.values(), ids=SPOILT)
def test_sitemaps_that_do_not_add_up_cost_a_sweep_and_no_post(
    site: Mapped, again: Callable[..., Crawl], spoil: Spoil, reason: str
) -> None:
    expected = work(site)
    spoil(site)
    done = again()
    if spoil is not moved:
        assert changes(done) == expected
    assert done.status == 0
    assert done.ledger["collections"]["posts"]["found"] == len(site.rows)
    assert "evil.example" not in str(site.asked)
    if reason:
        assert site.swept >= POSTS // 100
        assert any(reason in refusal["reason"] for refusal in done.ledger["refusals"])


def read(body: bytes, status: int = 200) -> dict[str, str]:
    return modified_in(Document("https://a.example/post-sitemap.xml", status, body))


ENTRY_OF_ONE = "<url><loc>https://a.example/one/</loc><lastmod>2024-05-16T07:53:48Z</lastmod></url>"
ONE = {"a.example/one": "2024-05-16T07:53:48Z"}


@pytest.mark.parametrize(
    "body",
    [
        document("urlset", [ENTRY_OF_ONE]),
        gzip.compress(document("urlset", [ENTRY_OF_ONE])),
        b"\xef\xbb\xbf\n" + document("urlset", [ENTRY_OF_ONE]),
        b"<br /><b>Notice</b>: x in y.php<br />\n" + document("urlset", [ENTRY_OF_ONE]),
        document("urlset", [ENTRY_OF_ONE, "<!-- <url><loc>x</loc></url> -->"]) + b"<!-- cached -->",
        document("urlset", [ENTRY_OF_ONE.replace("one/", "o<!-- within -->n<?pi pi?>e/")]),
        document(
            "urlset",
            [
                ENTRY_OF_ONE.replace(
                    "https://a.example/one/", "<![CDATA[ http://www.a.example/one ]]>"
                )
            ],
        ),
        document(
            "urlset",
            [
                ENTRY_OF_ONE.replace(
                    "</url>",
                    "<image:image xmlns:image='i'><image:loc>z</image:loc></image:image></url>",
                )
            ],
        ),
        document("urlset", [ENTRY_OF_ONE])
        .replace(b"</", b"</s:")
        .replace(b"<u", b"<s:u")
        .replace(b"<l", b"<s:l")
        .replace(b"xmlns=", b"xmlns:s="),
        document("urlset", [ENTRY_OF_ONE]).replace(b"one/", b"%6fne/"),
        document("urlset", [ENTRY_OF_ONE]).replace(b"07:53:48Z", b"09:53:48+02:00"),
        document("urlset", [ENTRY_OF_ONE]).replace(b'<?xml version="1.0" encoding="UTF-8"?>', b""),
    ],
    ids=[
        "plain",
        "packed",
        "mark",
        "notice",
        "comments",
        "within",
        "CDATA",
        "images",
        "prefix",
        "escaped",
        "zone",
        "bare",
    ],
)
def test_sitemaps_of_any_shape(body: bytes) -> None:
    assert read(body) == ONE


def secret(path: Path) -> bytes:
    path.write_text("secret")
    return f'<!DOCTYPE urlset [<!ENTITY a SYSTEM "{path.as_uri()}">]>'.encode()


def nested() -> bytes:
    """Return the beginning of a document that grows to a billion laughs."""
    names = "abcdefghij"
    told = "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in pairwise(names))
    return f'<!DOCTYPE urlset [<!ENTITY a "ha">{told}]>'.encode()


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (document("urlset", ["<url><loc>a</loc></url>"]), UnreadableDocument),
        (document("urlset", [ENTRY_OF_ONE])[:-20], Damaged),
        (document("urlset", [ENTRY_OF_ONE] * 50_001), UnreadableDocument),
        (gzip.compress(b" " * (50 * 1024 * 1024 + 1)), UnreadableDocument),
        (document("urlset", [f"{ENTRY_OF_ONE}<!-- {'x' * 1000} -->"] * 50_000), UnreadableDocument),
        (gzip.compress(document("urlset", [ENTRY_OF_ONE]))[:-9], UnreadableDocument),
        (index(["https://a.example/post-sitemap.xml"]), UnreadableDocument),
        (b"", UnreadableDocument),
        (b"<html><p>Not found</html>", UnreadableDocument),
        (
            nested() + document("urlset", [ENTRY_OF_ONE.replace("one", "&j;")])[38:],
            UnreadableDocument,
        ),
        (b"<urlset>" * 100_000, UnreadableDocument),
    ],
    ids=[
        "undated",
        "cut",
        "many",
        "unpacked",
        "large",
        "torn",
        "index",
        "empty",
        "page",
        "laughs",
        "deep",
    ],
)
def test_what_is_no_sitemap(body: bytes, error: type[UnreadableDocument]) -> None:
    with pytest.raises(error):
        read(body)


def test_no_file_is_read_for_a_sitemap(tmp_path: Path) -> None:
    body = (
        secret(tmp_path / "secret") + document("urlset", [ENTRY_OF_ONE.replace("one", "&a;")])[38:]
    )
    with pytest.raises(UnreadableDocument, match="document type"):
        read(body)


def test_an_error_is_refused() -> None:
    with pytest.raises(Refused):
        read(document("urlset", [ENTRY_OF_ONE]), status=404)


def test_sitemaps_of_one_type_are_told_from_others() -> None:
    others = ["page-sitemap.xml", "blog-post-sitemap.xml", "wp-sitemap-posts-postcard-1.xml"]
    own = ["post-sitemap.xml", "post-sitemap12.xml.gz", "wp-sitemap-posts-post-3.xml"]
    own += ["?sitemap=posts&sitemap-subtype=post&paged=1"]
    body = index([*others, *(f"https://a.example/{name}" for name in own)])
    found = sitemaps_in(Document("https://a.example/sitemap_index.xml", 200, body), "post")
    assert list(found) == [f"https://a.example/{name}" for name in own]


SIZE_OF_CORE, SIZE_OF_YOAST = 2000, 1000
LARGE = 50_000
BOUND = 30  # requests of an unchanged site of so many posts


def large(recording: Recording) -> list[Row]:
    """Return fifty thousand posts that a store can be told of without a crawl."""
    posts = recording.collections["posts"]
    start = datetime(2010, 1, 1)  # noqa: DTZ001 - a site-local clock
    return [
        {**posts[number % len(posts)], "id": 10_000 + number, "slug": f"story-{number}"}
        | {"guid": {"rendered": f"https://ameforum.net/?p={10_000 + number}"}}
        | dict.fromkeys(("date", "date_gmt"), (start + number * HOUR).isoformat())
        | dict.fromkeys(("modified", "modified_gmt"), (start + number * HOUR).isoformat())
        for number in range(LARGE)
    ]


def fill(store: Path, rows: list[Row], traced: list[str]) -> None:
    """Store posts as crawls would have, without words."""
    with sqlite3.connect(store) as connection:
        connection.row_factory = sqlite3.Row
        known = dict(connection.execute("SELECT * FROM posts").fetchone())
        connection.execute("DELETE FROM posts")
        told = known | dict.fromkeys(("content_html", "content_text", "content_markdown"), "")
        del told["pk"]
        connection.executemany(
            f"INSERT INTO posts ({', '.join(told)}) VALUES ({', '.join('?' * len(told))})",
            (list((told | stored_as(row, traced)).values()) for row in rows),
        )


def stored_as(row: Row, traced: list[str]) -> Row:
    """Return the columns of a post by which it is known."""
    return {
        "id": row["id"],
        "guid": row["guid"]["rendered"],
        "guid_key": guid_key(row["guid"]["rendered"]),
        "url": row["link"],
        "slug": row["slug"],
        "modified": f"{row['modified_gmt']}Z",
        "published": f"{row['date_gmt']}Z",
        "trace": trace_of(row, traced),
        "source_url": f"{row['link']}#{row['id']}",
    }


Large = tuple[Mapped, Callable[[], Crawl]]


@pytest.fixture
def grown_large(recording: Recording, tmp_path: Path) -> Iterator[Large]:
    """Return a function that crawls fifty thousand posts, all of which are stored."""
    store = tmp_path / "news.db"
    site = Mapped(recording, list(recording.collections["posts"]))
    with serving(site) as url:
        site.settle(url)
        crawl(tmp_path / "posts.jsonl", site=url, store=str(store))
        posts = [row | {"link": f"{url}{row['slug']}/"} for row in large(recording)]
        site.rows[:], site.size = posts, SIZE_OF_CORE
        fill(store, posts, [*TRACED, "categories", "tags"])
        yield site, lambda: crawl(tmp_path / "posts.jsonl", site=url, store=str(store))


def expect_unchanged(done: Crawl, requests: int) -> None:
    assert (done.status, done.rows) == (0, [])
    assert done.ledger["collections"]["posts"]["unchanged"] == LARGE
    assert done.ledger["requests"] <= requests


def test_a_large_unchanged_site_costs_thirty_requests(grown_large: Large) -> None:
    _, crawled = grown_large
    expect_unchanged(crawled(), BOUND)


def test_a_large_site_with_a_plugins_sitemaps_costs_thirty_requests(grown_large: Large) -> None:
    """Its parts hold half as many: they are read once, and then if they were modified."""
    site, crawled = grown_large
    site.size = SIZE_OF_YOAST
    with_own(site)
    expect_unchanged(crawled(), 2 * BOUND)
    expect_unchanged(crawled(), BOUND)


def test_a_site_that_is_known_is_asked_at_its_root(recording: Recording, tmp_path: Path) -> None:
    """Until it is there no more: then its home tells where it is."""
    store = str(tmp_path / "news.db")
    site = Mapped(recording, list(recording.collections["posts"]))
    with serving(site) as url:
        site.settle(url)
        first = crawl(tmp_path / "posts.jsonl", site=url, store=store)
        site.asked.clear()
        second = crawl(tmp_path / "posts.jsonl", site=url, store=store)
        assert site.asked["/en/"] == 0
        with sqlite3.connect(store) as connection:
            connection.execute("UPDATE sites SET api_root = ?", [f"{url}old-json/"])
        third = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    assert site.asked["/en/"] == 1
    assert [done.status for done in (first, second, third)] == [0, 0, 0]
    assert (second.rows, third.rows) == ([], [])


@pytest.fixture(scope="module")
def dated(testbed: Testbed) -> WordPressSite:
    """Return a news site of 2,000 posts whose sitemaps hold 500 each, and `lastmod`."""
    return testbed.seeded("dated", 2000, plugins="sitemaps")


def test_a_real_site_is_told_by_its_sitemaps(dated: WordPressSite, tmp_path: Path) -> None:
    store = str(tmp_path / "news.db")

    def again() -> Crawl:
        done = crawl(tmp_path / "posts.jsonl", *MANY, site=dated.url, store=store)
        assert done.status == 0, done.ledger["refusals"]
        assert done.ledger["refusals"] == []
        return done

    again()
    quiet = again()
    assert quiet.rows == []
    assert any("wp-sitemap-posts-post-4.xml" in line for line in dated.requests())
    with sqlite3.connect(store) as connection:
        told = connection.execute("SELECT id FROM posts WHERE deleted IS NULL ORDER BY id")
        ids = [row[0] for row in told]
    one, two, three, four, five, six = (ids[at] for at in range(100, 1900, 300))
    do(
        dated,
        ("edit", one, "<p>Other words.</p>"),
        ("redate", two, "2019-03-04 05:06:07"),
        ("trash", three, None),
        ("password", four, "secret"),
        ("delete", five, None),
        ("touch", six, "2012-01-02 03:04:05"),
    )
    assert changes(again()) == sorted(
        [
            ("updated", one, ["content_html"]),
            ("updated", two, ["url", "published"]),
            ("deleted", three, "401 rest_forbidden"),
            ("deleted", four, "password-protected"),
            ("deleted", five, "404 rest_post_invalid_id"),
        ]
    )
    do(dated, ("untrash", three, None))
    assert [change[:2] for change in changes(again())] == [("new", three)]
    assert again().rows == []
    assert quiet.ledger["requests"] < REAL_SWEEP


def test_a_real_site_without_lastmod_is_swept(wordpress: WordPressSite, tmp_path: Path) -> None:
    """WordPress before 6.5, as Debian has it."""
    store = str(tmp_path / "news.db")
    crawl(tmp_path / "posts.jsonl", site=wordpress.url, store=store)
    done = crawl(tmp_path / "posts.jsonl", *MANY, site=wordpress.url, store=store)
    assert (done.status, done.rows) == (0, [])
    assert "does not tell when" in done.ledger["refusals"][0]["reason"]
