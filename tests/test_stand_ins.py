"""What a site shows in place of a post is no post: a login, a CAPTCHA, a notice, another page."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.core.documents import Document
from newscrawl.core.obstacles import ASKS_FOR_A_LOGIN, ASKS_FOR_A_PERSON
from newscrawl.core.readers.webpages import ALIKE, MUTE
from newscrawl.core.stand_ins import OF_ANOTHER
from newscrawl.core.webpage import post_of
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HTML, Fed, page_of
from tests.test_store import read

POSTS = 80
CLOSED = Answer(403, b"No feed.")
URL = "https://news.example/2024/05/strike/"
WORDS = "<p>Members of this site read the stories of the city, and you are none of them.</p>" * 9
FORM = '<form><input name="log"><input type="password" name="pwd"></form>'
CORE = f'<body class="login js wp-core-ui"><div id="login"><h1>Log In</h1>{WORDS}{FORM}</div>'
MEMBERS = f'<body class="page page-id-9"><main><h1>Members</h1>{WORDS}{FORM}</main>'
ROBOT = f'<body><main><h1>One moment</h1>{WORDS}<div class="cf-turnstile"></div></main>'
NOTICE = f"<body><main><h1>We come back soon</h1>{WORDS}</main>"
CANONICAL = '<link rel="canonical" href="{href}">'


def page(body: str) -> Answer:
    """Return a page that is there."""
    return Answer(200, f"<!DOCTYPE html><html><head></head>{body}".encode(), HTML)


def led(path: str) -> Answer:
    """Return an answer that leads elsewhere."""
    return Answer(302, b"", {"Location": path})


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site, of which pages alone are open."""
    fed = Fed(recording)
    fed.bend = lambda _page, _answer: CLOSED
    fed.listed = lambda: fed.rows
    return fed


@pytest.fixture
def crawled(fed: Fed, tmp_path: Path) -> Callable[..., Crawl]:
    """Return a function that crawls the site at the address that it says it has."""

    def crawled(name: str = "posts", **arguments: object) -> Crawl:
        with serving(fed) as url:
            fed.stand_at(url)
            return crawl(tmp_path / f"{name}.jsonl", site=url, **arguments)

    return crawled


def path_of(fed: Fed, number: int) -> str:
    return urlsplit(fed.rows[number]["link"]).path


@pytest.mark.parametrize(
    ("shown", "reason"),
    [(CORE, ASKS_FOR_A_LOGIN), (MEMBERS, ASKS_FOR_A_LOGIN), (NOTICE, "does not say that it is")],
    ids=["core's login", "a login", "something else"],
)
def test_a_page_that_posts_lead_to_is_none_of_them(
    fed: Fed, crawled: Callable[..., Crawl], shown: str, reason: str
) -> None:
    fed.answers["/en/account/"] = page(shown)
    for number in range(5):
        fed.answers[path_of(fed, number)] = led("/en/account/?back=1")
    done = crawled()
    account = done.ledger["collections"]["posts"]
    assert (done.status, len(done.rows), account["expected"]) == (3, POSTS - 5, POSTS)
    assert [reason in entry["reason"] for entry in account["unreadable"]] == [True] * 5
    assert done.reasons.count(ASKS_FOR_A_LOGIN) == (reason == ASKS_FOR_A_LOGIN)


@pytest.mark.parametrize(
    ("shown", "reason"), [(MEMBERS, ASKS_FOR_A_LOGIN), (ROBOT, ASKS_FOR_A_PERSON)]
)
def test_a_door_in_place_of_a_post_is_named(
    fed: Fed, crawled: Callable[..., Crawl], shown: str, reason: str
) -> None:
    for number in range(5):
        fed.answers[path_of(fed, number)] = page(f"{shown}<p>{number}</p>")
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, len(done.rows)) == (3, POSTS - 5)
    assert [entry["reason"] for entry in unreadable] == [reason] * 5
    assert done.reasons.count(reason) == 1


def test_a_login_in_a_content_says_that_it_is_not_all() -> None:
    """One in the head of the page does not."""
    content = f'<h1>Strike</h1><div class="entry-content">{WORDS}{{}}</div>'
    told = {}
    for name, body in {"inside": content.format(FORM), "above": f"<header>{FORM}</header>"}.items():
        text = f'<body class="single-post">{body}{content if name == "above" else ""}'
        told[name] = post_of(Document(URL, 200, text.encode()), "https://news.example")
    assert told["inside"].content_refused == ASKS_FOR_A_LOGIN
    assert told["above"].content_refused is None


def test_a_notice_that_a_site_shows_everywhere_is_one_post_at_the_most(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Also where it has the address that was asked for in it."""
    for number in range(POSTS):
        fed.answers[path_of(fed, number)] = page(f"<!-- {number} -->{NOTICE}")
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, len(done.rows)) == (3, 1)
    assert [entry["reason"] for entry in unreadable] == [ALIKE] * (POSTS - 1)


def test_one_address_for_all_pages_is_the_address_of_none(fed: Fed, tmp_path: Path) -> None:
    """Some themes name one as canonical; nothing is deleted for it, and what is gone is seen."""
    for number, row in enumerate(fed.rows):
        told = page_of(row, fed.names).replace(row["link"], "https://ameforum.net/en/stories/", 1)
        bare = told.replace('rel="shortlink"', 'rel="x"') if number % 2 else told
        fed.answers[path_of(fed, number)] = Answer(200, bare.encode(), HTML)
    store, last = str(tmp_path / "news.db"), path_of(fed, 0)
    with serving(fed) as url:
        fed.stand_at(url)
        first, second = (crawl(tmp_path / f"{n}.jsonl", site=url, store=store) for n in "12")
        rows = fed.rows[1:]
        fed.listed = lambda: rows
        fed.answers[last] = Answer(404, b"")
        third = crawl(tmp_path / "3.jsonl", site=url, store=store)
    assert sorted(urlsplit(row["url"]).path for row in first.rows) == sorted(
        urlsplit(row["link"]).path for row in fed.rows
    )
    assert (second.status, second.rows) == (0, [])
    assert [(row["change"], urlsplit(row["url"]).path) for row in third.rows] == [("deleted", last)]


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("https://news.example/strike/", "https://news.example/strike/"),
        ("https://news.example/2024/05/strike/amp/", "https://news.example/2024/05/strike/amp/"),
        ("https://news.example/2024/", URL),
        ("https://news.example/stories/", URL),
    ],
)
def test_an_address_of_another_name_is_not_the_pages(told: str, url: str) -> None:
    asked = f"{URL}amp/" if told.endswith("/amp/") else URL
    text = f'{CANONICAL.format(href=told)}<div class="entry-content">{WORDS}</div>'
    document = Document(asked, 200, text.encode())
    assert post_of(document, "https://news.example").url == url


def test_an_excerpt_is_not_completed_by_the_page_of_another_post(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.whole, fed.bend = False, lambda _page, answer: answer
    fed.answers[path_of(fed, 0)] = led(path_of(fed, 1))
    done = crawled()
    assert (done.status, len(done.rows), len({row["guid"] for row in done.rows})) == (3, 80, 80)
    entry = done.ledger["collections"]["posts"]["unreadable"][0]
    assert entry["reason"].endswith(OF_ANOTHER)


def test_known_posts_are_not_passed_by_where_a_site_shows_a_notice(
    fed: Fed, tmp_path: Path
) -> None:
    """Where sitemaps name no type, pages say what they are of; this one does not any more."""
    sitemap = fed.answer("https://ameforum.net/en/wp-sitemap-posts-post-1.xml")
    fed.listed = None
    fed.robots.append("Sitemap: https://ameforum.net/en/map.xml")
    fed.answers["/en/map.xml"] = sitemap
    store = str(tmp_path / "news.db")
    with serving(fed) as url:
        fed.stand_at(url)
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        for number in range(3, POSTS):
            fed.answers[path_of(fed, number)] = page(NOTICE)
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    reasons = {row["reason"] for row in second.ledger["collections"]["posts"]["unreadable"]}
    assert (first.status, len(first.rows)) == (0, POSTS)
    assert (second.status, second.rows, reasons) == (3, [], {MUTE})
    assert read(store, "SELECT count(*) n FROM posts WHERE deleted IS NULL")[0]["n"] == POSTS


def test_a_notice_in_place_of_a_known_post_is_no_edit_of_it(fed: Fed, tmp_path: Path) -> None:
    """Also where it is the only page that is read, so that nothing is like it."""
    store, kept = str(tmp_path / "news.db"), "SELECT title, content_text FROM posts ORDER BY id"
    with serving(fed) as url:
        fed.stand_at(url)
        crawl(tmp_path / "1.jsonl", site=url, store=store)
        before = read(store, kept)
        fed.answers[path_of(fed, 0)] = page(NOTICE)
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    reasons = [row["reason"] for row in second.ledger["collections"]["posts"]["unreadable"]]
    assert (second.status, second.rows, reasons) == (3, [], [MUTE])
    assert read(store, kept) == before
