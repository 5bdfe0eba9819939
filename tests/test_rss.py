"""A site whose API is closed is read by its feed; what the feed does not tell is not invented."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.core.documents import Document
from newscrawl.core.identity import guid_key
from newscrawl.core.rss import CUT, EITHER, OF_COMMENTS, is_protected, post_of
from newscrawl.core.stand_ins import AT_HOME, NOT_FOUND
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HEAD, HOST, HTML, SIZE, XML, Fed, entry, page_of

POSTS = 80
PAGES = POSTS // SIZE


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site with its API closed and its feed open."""
    return Fed(recording)


def test_the_feed_gives_the_posts_of_a_closed_api(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """All of them, and yet the ledger is not complete: a feed tells no total."""
    done = crawled()
    assert {guid_key(row["guid"]) for row in done.rows} == {
        guid_key(row["guid"]["rendered"]) for row in fed.rows
    }
    account = done.ledger["collections"]["posts"]
    assert (done.status, account["expected"], account["written"]) == (3, None, POSTS)
    assert done.ledger["sources"] == {"feed": POSTS}
    assert "rest_disabled" in done.reasons
    assert "nothing tells how many posts" in done.reasons
    assert fed.asked["/en/feed/"] == PAGES + 1


def test_sitemaps_prove_that_the_feed_was_whole(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """Home is no post, and what a feed adds to an address to count readers is none of it."""
    home, rows = {"link": "https://ameforum.net/en/"}, [dict(row) for row in fed.rows]
    fed.listed = lambda: [rows[0] | home, *rows]
    for row in fed.rows:
        row["link"] += "?utm_source=rss&utm_medium=rss"
    done = crawled()
    account = done.ledger["collections"]["posts"]
    assert (done.status, account["expected"], account["unreadable"]) == (0, POSTS, [])
    assert done.ledger["sources"] == {"feed": POSTS}
    assert "rest_disabled" in done.reasons


@pytest.fixture
def slipped(fed: Fed) -> str:
    """Return the address of a post that slips up a page when another is deleted meanwhile."""
    every = fed.rows
    fed.listed = lambda: every

    def delete(page: int, answer: Answer) -> Answer:
        if page == 3:
            fed.recording.collections["posts"].remove(every[0])
        return answer

    fed.bend = delete
    return str(every[3 * SIZE]["link"])


def test_what_sitemaps_alone_know_is_read_by_its_page(
    fed: Fed, slipped: str, crawled: Callable[..., Crawl]
) -> None:
    done = crawled()
    assert (done.status, len(done.rows)) == (0, POSTS)
    row = next(row for row in done.rows if row["source"] == "page")
    told = next(post for post in fed.rows if post["link"] == slipped)
    assert (row["url"], row["id"], row["title"]) == (slipped, told["id"], told["title"]["rendered"])
    assert row["published"] == f"{told['date_gmt']}Z"
    assert row["authors"][0]["name"] == fed.names[told["author"]]
    assert done.ledger["sources"] == {"feed": POSTS - 1, "page": 1}


def test_a_page_that_cannot_be_read_is_a_gap(
    fed: Fed, slipped: str, crawled: Callable[..., Crawl]
) -> None:
    fed.pages = False
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert [urlsplit(entry["id"]).path for entry in unreadable] == [urlsplit(slipped).path]
    assert (done.status, done.ledger["collections"]["posts"]["expected"]) == (3, POSTS)


def test_without_a_feed_every_page_is_read(fed: Fed, tmp_path: Path) -> None:
    """Nothing but sitemaps tells what there is; which posts are the newest they do not tell."""
    fed.listed = lambda: fed.rows
    fed.bend = lambda _page, _answer: Answer(403, b"")
    with serving(fed) as url:
        fed.host = url.removesuffix("/en/")
        done = crawl(tmp_path / "all.jsonl", site=url)
        some = crawl(tmp_path / "some.jsonl", site=url, limit=7)
        early = crawl(tmp_path / "early.jsonl", site=url, before=f"{fed.rows[-5]['date_gmt']}Z")
    assert (done.status, done.ledger["sources"]) == (0, {"page": POSTS})
    assert {row["title"] for row in done.rows} == {
        unescape(row["title"]["rendered"]) for row in fed.rows
    }
    assert (some.status, len(some.rows)) == (3, 7)
    assert "pages tell no sure order" in some.reasons
    assert (early.status, early.ledger["collections"]["posts"]["expected"]) == (0, 4)
    assert len(early.rows) == 4


@pytest.mark.parametrize(("element", "left"), [(b"<pubDate>", PAGES), (b"<category>", 0)])
def test_a_post_without_a_time_may_be_of_those_asked_for(
    fed: Fed, crawled: Callable[..., Crawl], element: bytes, left: int
) -> None:
    """The first post of each page of the feed lacks an element."""
    fed.listed = lambda: fed.rows
    fed.bend = lambda _page, answer: replace(answer, body=answer.body.replace(element, b"<x>", 1))
    done = crawled(after="2001-01-01")
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, len(unreadable)) == (3 if left else 0, left)


def test_what_stands_in_for_a_post_is_no_post(fed: Fed, tmp_path: Path) -> None:
    """Of three that are gone two lead to the home page, and one says so with status 200."""
    fed.listed = lambda: fed.rows
    fed.bend = lambda _page, _answer: Answer(403, b"")
    home = f"<body class='home'><article class='post'>{'<p>A teaser of a post.</p>' * 30}"
    gone, *moved = [urlsplit(row["link"]).path for row in fed.rows[:3]]
    fed.answers = {path: Answer(301, b"", {"Location": "/en/"}) for path in moved}
    fed.answers["/en/"] = Answer(200, home.encode(), HTML)
    fed.answers[gone] = Answer(200, home.replace("home", "error404").encode(), HTML)
    with serving(fed) as url:
        fed.host = url.removesuffix("/en/")
        done = crawl(tmp_path / "posts.jsonl", site=url)
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert sorted(entry["reason"] for entry in unreadable) == [AT_HOME, AT_HOME, NOT_FOUND]
    assert (done.status, len(done.rows)) == (3, POSTS - 3)


def test_a_page_that_breaks_is_a_gap_though_sitemaps_are_silent(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.bend = lambda page, answer: Answer(500, b"") if page == 3 else answer
    fed.listed = lambda: [row for row in fed.rows if row not in fed.rows[2 * SIZE : 3 * SIZE]]
    done = crawled()
    assert (done.status, len(done.rows)) == (3, POSTS - SIZE)


def test_what_a_feed_does_not_tell_is_null(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    row = crawled(limit=1).rows[0]
    told, names = fed.rows[0], fed.names
    unknown = ("id", "slug", "status", "modified", "image", "parent", "sticky", "format")
    assert [row[name] for name in (*unknown, "revision_count")] == [None] * 9
    assert row["authors"] == [
        {"id": None, "name": names[told["author"]], "slug": None, "url": None}
    ]
    assert {term["name"] for term in row["terms"][EITHER]} == {
        names[id_] for id_ in [*told["categories"], *told["tags"]]
    }
    assert (row["categories"], row["tags"]) == ([], [])
    assert (row["source"], row["published"]) == ("feed", f"{told['date_gmt']}Z")
    assert row["source_url"].endswith("/en/feed/")
    assert row["excerpt"] == "In short."


def test_a_post_is_the_same_by_feed_and_by_api(
    recording: Recording, crawled: Callable[..., Crawl], tmp_path: Path
) -> None:
    by_feed = {guid_key(row["guid"]): row for row in crawled().rows}
    with serving(recording) as url:
        rows = crawl(tmp_path / "open.jsonl", site=url).rows
    for row in rows:
        other = by_feed.pop(guid_key(row["guid"]))
        for name in ("title", "url", "published", "content_text", "content_hash", "lang"):
            assert other[name] == row[name]
    assert not by_feed


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "rest_not_logged_in"), (403, "rest_forbidden"), (404, "rest_no_route")],
)
def test_an_api_that_shows_no_posts_is_passed_by(
    fed: Fed, crawled: Callable[..., Crawl], status: int, code: str
) -> None:
    """Its index is open, its posts are not."""
    refused = Answer(status, f'{{"code": "{code}"}}'.encode(), {"Content-Type": "application/json"})
    open_ = fed.recording.answer
    fed.closed = refused
    fed.answer, whole = (
        (lambda url: whole(url) if "/posts" in url or "wp-json" not in url else open_(url)),
        fed.answer,
    )
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (3, {"feed": POSTS})
    assert code in done.reasons


def test_a_feed_that_pages_nothing_is_a_gap(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    fed.bend = lambda _page, _answer: fed.page(1)
    done = crawled()
    assert (done.status, len(done.rows)) == (3, SIZE)
    assert "the same 10 posts again" in done.reasons


def test_posts_that_come_meanwhile_are_written_once(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Every page is pushed down by one that was read: none is missed, none comes twice."""
    newest = fed.rows[0]
    posts = fed.recording.collections["posts"]

    def publish(page: int, answer: Answer) -> Answer:
        guid = {"rendered": f"https://ameforum.net/?p=9{page}"}
        later = {"id": 90_000 + page, "guid": guid, "link": f"https://ameforum.net/en/{page}/"}
        dates = {"date": f"2030-01-01T00:00:{page:02}", "date_gmt": f"2030-01-01T00:00:{page:02}"}
        posts.append(newest | later | dates)
        return answer

    known = {row["guid"]["rendered"] for row in posts}
    fed.bend = publish
    done = crawled()
    account = done.ledger["collections"]["posts"]
    written = [row["guid"] for row in done.rows]
    assert (account["found"], account["duplicates"]) == (len(written), 0)
    assert known <= {*written}
    assert len(written) == len({*written})


def test_a_page_that_breaks_is_a_gap_and_not_the_end(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.bend = lambda page, answer: Answer(500, b"") if page == 3 else answer
    done = crawled()
    assert (done.status, len(done.rows)) == (3, POSTS - SIZE)
    assert "HTTP 500" in done.reasons


def test_an_excerpt_leads_to_the_page_of_its_post(
    fed: Fed, recording: Recording, crawled: Callable[..., Crawl], tmp_path: Path
) -> None:
    """What the feed told stands; the GUID of a page may be another."""
    fed.rows[3]["guid"] = {"rendered": "http://old.example/?p=3"}
    fed.whole = False
    with serving(recording) as url:
        api = crawl(tmp_path / "api.jsonl", site=url)
    done = crawled()
    assert {guid_key(row["guid"]) for row in done.rows} == {
        guid_key(row["guid"]["rendered"]) for row in fed.rows
    }
    assert {
        (row["id"], row["title"], row["published"], row["content_text"]) for row in api.rows
    } == {(row["id"], row["title"], row["published"], row["content_text"]) for row in done.rows}
    assert {(row["excerpt"], row["content_refused"]) for row in done.rows} == {("In short.", None)}
    assert done.ledger["sources"] == {"page": POSTS}
    assert done.ledger["collections"]["posts"]["unreadable"] == []


def test_an_excerpt_is_a_limit_of_its_own(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """No page is asked for that is not wanted."""
    fed.whole = False
    done = crawled(limit=7)
    assert (done.status, len(done.rows)) == (0, 7)
    assert sum(fed.asked[urlsplit(row["link"]).path] for row in fed.rows) == 7


def test_an_excerpt_whose_page_asks_for_a_password_is_not_written(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.whole = False
    fed.rows[2]["content"] = {"rendered": '<form class="post-password-form"></form>'}
    done = crawled(limit=5)
    assert len(done.rows) == 4
    assert done.ledger["collections"]["posts"]["unreadable"] == [
        {"id": fed.rows[2]["link"], "reason": "password-protected"}
    ]


def test_an_excerpt_without_a_page_stays_one(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    fed.whole = fed.pages = False
    done = crawled()
    assert {row["content_refused"].partition(",")[0] for row in done.rows} == {CUT}
    assert {(row["excerpt"], row["content_text"]) for row in done.rows} == {("In short.", "")}
    assert len(done.ledger["collections"]["posts"]["unreadable"]) == POSTS


def test_a_post_behind_a_password_is_not_written(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    hidden = fed.rows[4]
    form = '<form class="post-password-form"><p>Say it.</p></form>'
    hidden["content"] = {"rendered": form, "protected": True}
    done = crawled(limit=SIZE)
    assert len(done.rows) == SIZE - 1
    assert done.ledger["collections"]["posts"]["unreadable"] == [
        {"id": hidden["link"], "reason": "password-protected"}
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('<form class="post-password-form"><p>Say it.</p></form>', True),
        ('<form class="post-password-form"></form><p>It appeared first on News.</p>', True),
        ('<p>See <code>class="post-password-form"</code> in your theme.</p>', False),
        ('<!-- <form class="post-password-form"></form> --><p>Seen.</p>', False),
        ("", False),
    ],
)
def test_a_password_form_is_the_content_of_an_entry(content: str, told: object) -> None:
    assert is_protected({"content": [{"value": content}]}) is told


def test_a_guid_tells_the_type_of_a_post() -> None:
    document = Document("https://news.example/feed/", 200, b"")
    for query, type_ in [("post_type=story&#038;p=7", "story"), ("p=7", "post")]:
        entry = {"id": f"http://news.example/?{query}"}
        assert post_of(entry, "https://news.example", document).type == type_


def test_the_feed_is_narrowed_by_date_and_limit(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    dates = [row["date_gmt"] for row in fed.rows]
    done = crawled(after=f"{dates[24]}Z", before=f"{dates[2]}Z")
    assert {row["published"] for row in done.rows} == {f"{date}Z" for date in dates[3:25]}
    assert (done.status, fed.asked["/en/feed/"]) == (0, 4)
    done = crawled(limit=13)
    assert (done.status, len(done.rows)) == (0, 13)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"tags": "x"}, "cannot be narrowed by tags"),
        ({"search": "x"}, "cannot be narrowed by search"),
        ({"types": "page"}, "holds posts alone, not page"),
    ],
)
def test_what_the_feed_cannot_do_is_said(
    fed: Fed, crawled: Callable[..., Crawl], arguments: dict[str, str], reason: str
) -> None:
    done = crawled(**arguments)
    assert (done.status, fed.asked["/en/feed/"]) == (1, 0)
    assert reason in done.stderr


def test_robots_txt_keeps_the_feed_closed(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    fed.robots = ["Disallow: /en/feed"]
    done = crawled()
    assert (done.status, fed.asked["/en/feed/"]) == (1, 0)
    assert "robots.txt" in done.stderr


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><p>No feed here.</html>", b'{"code": "x"}', b"<rss", f"{HEAD}".encode()],
    ids=["empty", "page", "JSON", "cut", "no entries"],
)
def test_what_is_no_feed_is_none(fed: Fed, crawled: Callable[..., Crawl], body: bytes) -> None:
    fed.bend = lambda _page, _answer: Answer(200, body, XML)
    done = crawled()
    assert done.status == 1
    assert "no RSS feed" in done.stderr


def test_an_article_leads_to_the_feed_of_its_site(fed: Fed, tmp_path: Path) -> None:
    """Not to that of its comments, which is the only one that some themes name on it."""
    told = fed.rows[5]
    path = urlsplit(told["link"]).path
    comment = entry(told | {"guid": {"rendered": f"{told['link']}#comment-7"}}, fed.names)
    fed.answers[f"{path}feed/"] = Answer(200, f"{HEAD}{comment}</channel></rss>".encode(), XML)
    named = f'<head><link rel="alternate" type="application/rss+xml" href="{path}feed/">'
    page = page_of(told, fed.names).replace("<head>", named)
    fed.answers[path] = Answer(200, page.encode(), HTML)
    with serving(fed) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url.removesuffix("/en/") + path)
    assert (len(done.rows), done.ledger["sources"]) == (POSTS, {"feed": POSTS})
    assert OF_COMMENTS in done.reasons


@pytest.mark.parametrize("status", [400, 403, 410, 500])
def test_pages_that_are_refused_leave_the_rest_to_sitemaps(
    fed: Fed, crawled: Callable[..., Crawl], status: int
) -> None:
    """The first page of the feed, and the pages of all other posts."""
    fed.bend = lambda page, answer: Answer(status, b"") if page > 1 else answer
    fed.listed = lambda: fed.rows
    done = crawled("-s", "RETRY_TIMES=0")
    assert done.ledger["sources"] == {"feed": SIZE, "page": POSTS - SIZE}
    assert (done.status, done.ledger["collections"]["posts"]["expected"]) == (0, POSTS)
    assert "HTTP" in done.reasons


def test_what_a_broken_page_held_is_read_by_its_pages(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.bend = lambda page, answer: Answer(403, b"") if page == 3 else answer
    fed.listed = lambda: fed.rows
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"feed": POSTS - SIZE, "page": SIZE})


def test_robots_txt_closes_the_pages_of_a_feed(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """Without sitemaps it is a gap."""
    fed.robots = ["Disallow: /*?"]
    some = crawled()
    assert (some.status, len(some.rows)) == (3, SIZE)
    fed.listed = lambda: fed.rows
    done = crawled()
    assert (done.status, len(done.rows)) == (0, POSTS)


@pytest.mark.parametrize("offset", ["+00:00", "+02:00", "-02:00"])
def test_after_is_a_moment_whatever_its_offset(
    fed: Fed, crawled: Callable[..., Crawl], offset: str
) -> None:
    """Posts half an hour apart."""
    newest = datetime(2024, 6, 1, 0, 30, tzinfo=UTC)
    for number, row in enumerate(fed.rows):
        row["date_gmt"] = f"{newest - number * timedelta(minutes=30):%Y-%m-%dT%H:%M:%S}"
        row["date"] = row["date_gmt"]
    after = datetime.fromisoformat(f"{fed.rows[11]['date_gmt']}Z")
    zone = datetime.fromisoformat(f"2024-01-01T00:00:00{offset}").tzinfo
    done = crawled(after=after.astimezone(zone).isoformat())
    assert (done.status, len(done.rows)) == (0, 12)


@pytest.mark.parametrize("order", ["one is pinned", "oldest first"])
def test_a_feed_in_another_order_is_read_on(
    fed: Fed, crawled: Callable[..., Crawl], order: str
) -> None:
    rows = fed.rows
    pinned = [*rows[: SIZE - 1], rows[-1], *rows[SIZE - 1 : -1]]
    told = pinned if order == "one is pinned" else rows[::-1]
    fed.bend = lambda number, _answer: fed.page(number, told)
    done = crawled(after=f"{rows[24]['date_gmt']}Z")
    assert {row["url"] for row in done.rows} == {row["link"] for row in rows[:25]}


OF_LINK = b"<link>https://ameforum.net/en/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OF_LINK, b"<link>http://[bad/en/"),
        (b'<guid isPermaLink="false">', b'<guid isPermaLink="false">http://[bad/'),
        (b"<title>", b"<title>&#xD800; &#1114112; "),
        (b"</pubDate>", b"</pubDate><pubDate>9999-12-31T23:59:59-05:00</pubDate>"),
        (b"<channel>", b"<channel><link>http://[bad/</link>"),
    ],
    ids=["link", "GUID", "character", "date", "home"],
)
@pytest.mark.parametrize("whole", [True, False], ids=["contents", "excerpts"])
def test_one_bad_value_ends_no_reading(
    fed: Fed, crawled: Callable[..., Crawl], old: bytes, new: bytes, *, whole: bool
) -> None:
    fed.whole = whole
    fed.bend = lambda _page, answer: replace(answer, body=answer.body.replace(old, new, 3))
    done = crawled(limit=SIZE)
    assert "Traceback" not in done.stderr
    assert (done.status, len(done.rows)) == (0 if whole or old != OF_LINK else 3, SIZE)


@pytest.mark.parametrize("other", [1, SIZE], ids=["same page", "next page"])
def test_another_post_with_the_same_guid_is_named(
    fed: Fed, crawled: Callable[..., Crawl], other: int
) -> None:
    fed.rows[other]["guid"] = fed.rows[0]["guid"]
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert [entry["id"] for entry in unreadable] == [fed.rows[other]["link"]]
    assert "its GUID is that of post" in unreadable[0]["reason"]
    assert (done.status, len(done.rows)) == (3, POSTS - 1)


def test_a_post_at_two_addresses_is_one(fed: Fed, tmp_path: Path) -> None:
    """Its page says which; a query counts readers."""
    fed.listed = lambda: [*fed.rows[:9], fed.rows[3] | {"link": f"{fed.rows[3]['link']}?utm=1"}]
    fed.bend = lambda _page, _answer: Answer(403, b"")
    with serving(fed) as url:
        fed.stand_at(url)
        done = crawl(tmp_path / "posts.jsonl", site=url)
    account = done.ledger["collections"]["posts"]
    assert (done.status, len(done.rows)) == (0, 9)
    assert (account["expected"], account["duplicates"], account["unreadable"]) == (9, 0, [])


def test_a_feed_that_shows_the_same_posts_by_new_guids_is_not_read_on(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """A plugin that makes them for each request."""
    pages = []

    def bend(page: int, _answer: Answer) -> Answer:
        pages.append(page)
        body = fed.page(1).body.replace(b"?p=", b"?at=%d&amp;p=" % page)
        return Answer(200, body, XML)

    fed.bend = bend
    crawled()
    assert pages == [1, 2, 3]


def test_behind_an_empty_feed_the_usual_one_is_looked_for(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Themes name that of comments, or of a podcast that is no more."""
    fed.answers["/en/"] = Answer(
        200, b'<link rel="alternate" type="application/rss+xml" href="/en/none/feed/">', HTML
    )
    fed.answers["/en/none/feed/"] = Answer(200, f"{HEAD}</channel></rss>".encode(), XML)
    done = crawled()
    assert (len(done.rows), done.ledger["sources"]) == (POSTS, {"feed": POSTS})


def test_the_categories_of_media_are_no_terms(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """Media RSS tells them of an image (https://www.rssboard.org/media-rss)."""
    media = (
        b'<media:category xmlns:media="http://search.yahoo.com/mrss/">Landscape</media:category>'
    )
    plain = {row["guid"]: row["terms"] for row in crawled().rows}
    fed.bend = lambda _page, answer: Answer(
        answer.status, answer.body.replace(b"<pubDate>", media + b"<pubDate>"), answer.headers
    )
    assert {row["guid"]: row["terms"] for row in crawled().rows} == plain


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("ann@zeitung.online", "ann@zeitung.online"),
        ("Ann Reporter (ann@news.media)", "Ann Reporter (ann@news.media)"),
        ("Redaktion <red@blatt.media>", "Redaktion"),
        ("A. N. Other, b@c.de", "A. N. Other, b@c.de"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
    ],
)
def test_a_byline_is_what_the_feed_says(
    fed: Fed, crawled: Callable[..., Crawl], told: str, name: str
) -> None:
    """Nothing but `dc:creator`."""
    itunes = b'</link><author xmlns="http://www.itunes.com/dtds/podcast-1.0.dtd">Radio</author>'
    creator = re.compile(rb"(?<=<dc:creator><!.CDATA.)[^]]*")
    fed.bend = lambda _page, answer: replace(
        answer, body=creator.sub(told.encode(), answer.body).replace(b"</link>", itunes)
    )
    names = {tuple(author["name"] for author in row["authors"]) for row in crawled(limit=3).rows}
    assert names == {(name,)}


@pytest.mark.parametrize(
    ("arguments", "unread"),
    [
        ({"items": "posts,comments"}, "comments"),
        ({"items": "authors"}, "authors"),
        ({"types": "all"}, "other types"),
        ({"types": "post,page"}, "page"),
        ({"items": "all"}, "authors, media, terms, comments, revisions, links"),
    ],
)
@pytest.mark.usefixtures("fed")
def test_what_is_not_read_below_the_api_is_said(
    crawled: Callable[..., Crawl], arguments: dict[str, str], unread: str
) -> None:
    done = crawled(**arguments, limit=3)
    assert f"posts alone are read, not {unread}" in done.reasons
    assert done.status == (1 if arguments == {"items": "authors"} else 3)


def test_a_language_that_is_elsewhere_is_named(fed: Fed, tmp_path: Path) -> None:
    """Its posts lie below a root of its own, and neither feed nor sitemaps show one of them."""
    fed.listed = lambda: fed.rows
    links = [("de", "/en/"), ("es", "/en/es/")]
    head = "".join(
        f'<link rel="alternate" hreflang="{lang}" href="{HOST}{p}">' for lang, p in links
    )
    fed.answers["/en/"] = Answer(200, f"<html><head>{head}</head><body>".encode(), HTML)
    with serving(fed) as url:
        fed.stand_at(url)
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert f"what there is in this one, -a site={fed.here}/en/es/" in done.reasons
    assert done.reasons.count("-a site=") == 1


def test_a_limit_above_all_is_no_matter_of_order(fed: Fed, tmp_path: Path) -> None:
    fed.listed = lambda: fed.rows
    fed.bend = lambda _page, _answer: Answer(403, b"")
    with serving(fed) as url:
        fed.host = url.removesuffix("/en/")
        done = crawl(tmp_path / "all.jsonl", site=url, limit=POSTS)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert "no sure order" not in done.reasons


def test_what_counts_readers_is_no_part_of_an_address(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    links = [row["link"] for row in fed.rows]
    for row in fed.rows:
        row["link"] += "?utm_source=rss&utm_medium=rss"
    assert {row["url"] for row in crawled(limit=5).rows} == {*links[:5]}
