"""The resource that the page of a post names, where it is open though the list of posts is not."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest

from newscrawl.core.counterparts import POSTS as POSTS_ROUTE
from newscrawl.core.counterparts import completed, counterpart_of
from newscrawl.core.documents import Document
from newscrawl.core.identity import below_host
from newscrawl.core.place import Place
from newscrawl.core.readers.webpages import AT_ONCE
from newscrawl.core.roots import ApiRoot
from newscrawl.core.rss import EITHER
from newscrawl.core.webpage import post_of
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HOST, HTML, JSON, Fed

POSTS = 80
ROUTE = "/en/wp-json/wp/v2/posts/"
TYPE = 'type="application/json"'
URL = "https://news.example/wp-json/wp/v2/posts/7"
PAGE = (
    '<h1>Strike</h1><a rel="author">Ada</a><a rel="tag">City</a>'
    '<div class="entry-content"><p>The strike goes on.</p></div>'
)
Row = dict[str, Any]


def embedded(row: Row) -> Row:
    """Return the resource of a post as WordPress answers it with ``_embed``."""
    author = {"id": row["author"], "name": "Ada", "slug": "ada", "link": f"{HOST}/en/author/ada/"}
    term = {"id": 3, "name": "City", "slug": "city", "link": f"{HOST}/c/", "taxonomy": "category"}
    links = {"wp:term": [{"taxonomy": "category"}, {"taxonomy": "post_tag"}]}
    return row | {"_embedded": {"author": [author], "wp:term": [[term], []]}, "_links": links}


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site, whose pages alone are open, and the resource that each names."""
    fed = Fed(recording)
    fed.closed = Answer(404, b"<html><p>Nothing here.</html>", HTML)
    fed.bend = lambda _page, _answer: Answer(403, b"")
    fed.listed = lambda: fed.rows
    for row in fed.rows:
        fed.answers[f"{ROUTE}{row['id']}"] = Answer(200, orjson.dumps(embedded(row)), JSON)
    return fed


@pytest.fixture
def crawled(fed: Fed, tmp_path: Path) -> Callable[..., Crawl]:
    """Return a function that crawls the site, whose pages name resources at an address."""

    def crawled(
        root: str = "{host}/en/wp-json/",
        mistaken: dict[str, int] | None = None,
        **arguments: object,
    ) -> Crawl:
        with serving(fed) as url:
            fed.host = url.removesuffix("/en/")
            named, whole = root.format(host=fed.host), fed.webpage

            def naming(path: str) -> Answer | None:
                answer = whole(path)
                row = next((row for row in fed.rows if urlsplit(row["link"]).path == path), {})
                id_ = (mistaken or {}).get(row.get("link", ""), row.get("id", 0))
                headers = {**HTML, "Link": link(f"{named}wp/v2/posts/{id_}")}
                return answer and Answer(200, answer.body, headers)

            fed.webpage = naming
            return crawl(tmp_path / "posts.jsonl", site=url, **arguments)

    return crawled


def link(url: str) -> str:
    """Return the headers that a page of WordPress has, the one in question the second."""
    return f'<{HOST}/>; rel=shortlink, <{url}>; rel="alternate"; title="JSON"; {TYPE}'


def test_a_resource_tells_all_of_a_post(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"rest": POSTS})
    rows = {row["id"]: row for row in done.rows}
    for told in fed.rows:
        row = rows.pop(told["id"])
        assert (row["guid"], row["slug"]) == (told["guid"]["rendered"], told["slug"])
        assert row["modified"] == f"{told['modified_gmt']}Z"
        assert (row["authors"][0]["slug"], row["categories"][0]["id"]) == ("ada", 3)
        assert (row["tags"], row["terms"]) == ([], {})
        assert row["source_url"].endswith(f"{ROUTE}{told['id']}")
    assert not rows


def test_one_that_is_closed_leaves_the_page(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """The door is named, and no other is asked for."""
    for row in fed.rows:
        fed.answers[f"{ROUTE}{row['id']}"] = Answer(401, b'{"code": "rest_forbidden"}', JSON)
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"page": POSTS})
    assert sum(count for path, count in fed.asked.items() if path.startswith(ROUTE)) <= AT_ONCE + 2
    assert "rest_forbidden" in done.reasons


@pytest.mark.parametrize(
    "change",
    [
        {"id": 1},
        {"content": {"rendered": "", "protected": False}},
        {"content": {"rendered": "x", "protected": True}},
        {"content": None},
    ],
)
def test_one_that_is_not_the_posts_leaves_the_page(
    fed: Fed, crawled: Callable[..., Crawl], change: Row
) -> None:
    odd = fed.rows[0]
    fed.answers[f"{ROUTE}{odd['id']}"] = Answer(200, orjson.dumps(embedded(odd) | change), JSON)
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"rest": POSTS - 1, "page": 1})
    row = next(row for row in done.rows if row["source"] == "page")
    assert bool(row["content_text"])
    assert row["url"] == row["source_url"] != odd["link"]  # of another host
    assert below_host(row["url"]) == below_host(odd["link"])


def test_one_that_is_of_another_post_leaves_the_page(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """A page says which post it is, and so does a resource."""
    odd, other = fed.rows[:2]
    done = crawled(mistaken={odd["link"]: other["id"]})
    assert (done.status, done.ledger["sources"]) == (0, {"rest": POSTS - 1, "page": 1})
    assert {below_host(row["url"]) for row in done.rows} == {
        below_host(row["link"]) for row in fed.rows
    }


def test_what_a_resource_does_not_tell_is_as_the_page_tells_it(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Users and terms are closed, and no time has one in UTC beside it."""
    closed = [{"code": "rest_user_cannot_view", "data": {"status": 401}}]
    for told in fed.rows:
        odd = embedded(told) | {"date_gmt": None, "modified_gmt": None}
        odd["_embedded"] = {"author": closed, "wp:term": [closed, []]}
        fed.answers[f"{ROUTE}{told['id']}"] = Answer(200, orjson.dumps(odd), JSON)
    done = crawled()
    assert done.ledger["sources"] == {"rest": POSTS}
    told = {row["id"]: row for row in fed.rows}
    for row in done.rows:
        assert row["published"] == f"{told[row['id']]['date_gmt']}Z"
        assert row["modified"] is None
        assert row["authors"][0]["name"] == fed.names[told[row["id"]]["author"]]
        assert row["terms"]["category|post_tag"]


@pytest.mark.parametrize("root", ["http://elsewhere.example/wp-json/", "{host}/en/wp-json/acme/"])
def test_what_is_elsewhere_is_not_asked(crawled: Callable[..., Crawl], root: str) -> None:
    done = crawled(root)
    assert (done.status, done.ledger["sources"]) == (0, {"page": POSTS})
    assert "another site" not in done.reasons


def test_an_api_that_is_for_members_is_not_asked_for_each_post(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Nothing is gone around."""
    fed.closed = Answer(401, b'{"code": "rest_not_logged_in"}', JSON)
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"page": POSTS})
    assert not any(path.startswith(ROUTE) for path in fed.asked)


@pytest.mark.parametrize("odd", [7, None, "x", [], [7, None], [[7], {"id": "x"}], {"a": []}])
def test_embedded_of_any_shape_does_no_harm(odd: object) -> None:
    """What is not told is as the page tells it."""
    page = post_of(Document(URL, 200, PAGE.encode()), "https://news.example")
    place = Place(
        "https://news.example", ApiRoot("https://news.example/wp-json/"), POSTS_ROUTE, UTC, ""
    )
    links = {"wp:term": [{"taxonomy": "category"}, {}]}
    embedded_ = dict.fromkeys(("author", "wp:featuredmedia", "wp:term"), odd)
    for told in (odd, embedded_):
        post = completed(page, {"id": 7, "_links": links, "_embedded": told, "tags": [3]}, place)
        assert (post.id, post.authors, post.image) == (7, page.authors, None)
        assert post.terms[EITHER] == page.terms[EITHER]


def test_a_feed_of_json_is_no_resource() -> None:
    """A plugin names its own before WordPress does."""
    both = "".join(f'<link rel="alternate" {TYPE} href="{href}">' for href in ("/feed.json", URL))
    named = counterpart_of(Document("https://news.example/a/", 200, f"<html>{both}<p>x".encode()))
    assert named is not None
    assert named.id == 7


@pytest.mark.parametrize(
    ("header", "href", "id_"),
    [
        (link(URL), "", 7),
        ("", URL, 7),
        ("", "https://news.example/?rest_route=/wp/v2/posts/8", 8),
        (f'<{URL}>; rel="alternate"; type="application/json+oembed"', "", None),
        (f'<{URL}>; rel="https://api.w.org/", <x>; rel="alternate"; {TYPE}', "", None),
        ("", "/feed.json", None),
        ("", f"{URL}{'9' * 19}", None),
    ],
)
def test_a_page_names_its_counterpart(header: str, href: str, id_: int | None) -> None:
    element = f'<link rel="alternate" title="JSON" {TYPE} href="{href}">' if href else ""
    body = f"<html>{element}<p>x".encode()
    named = counterpart_of(Document("https://news.example/a/", 200, body, {"link": header}))
    assert (named and named.id) == id_
