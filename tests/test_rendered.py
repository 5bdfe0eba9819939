"""Pages that a script makes are read as a real browser shows them, and only those."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page
from playwright.async_api import Request as Asked
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.utils.test import get_crawler

from newscrawl.browser.watch import ENDLESS, MOST_VISITS, Watch
from newscrawl.core.identity import guid_key
from newscrawl.core.ledger import Ledger
from newscrawl.core.markup import NO_ARTICLE
from newscrawl.core.obstacles import ASKS_FOR_A_LOGIN, ASKS_FOR_A_PERSON
from newscrawl.core.plan import Plan
from newscrawl.core.site import Site
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.middlewares.retry import RetryMiddleware
from newscrawl.spiders.wordpress import WordPressSpider
from tests.crawls import PROJECT, Crawl, crawl, lines
from tests.fed import HOST, HTML, Fed, page_of
from tests.mapped import XML, urlset
from tests.pages import assert_tells, by_guid
from tests.wordpress.processes import below
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

POSTS = int(os.environ.get("NEWSCRAWL_RENDERED", "12"))  # rows of the site; a page: half a second
SOME = 2
DRIVER_AND_BROWSER = ("node", "chrom")  # what their processes' names begin with
IMPATIENT = ("-s", "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT=700")  # milliseconds
Showing = Callable[..., Crawl]


@pytest.fixture(scope="module")
def site(testbed: Testbed) -> WordPressSite:
    """Return a news site whose posts are to be had by their pages alone."""
    return testbed.seeded("scripted", POSTS, plugins="scripted")


@pytest.fixture(scope="module")
def truth(site: WordPressSite) -> Truth:
    """Return what its database holds."""
    return Truth(site)


def browser() -> list[str]:
    return ["-s", f"NEWSCRAWL_BROWSER={shutil.which('chromium')}"]


def show(site: WordPressSite, pages: str, doors: str = "api,feeds") -> None:
    """Let a site close doors and show its pages in some way."""
    for name, value in (("newscrawl_pages", pages), ("newscrawl_closed", doors)):
        site.query("DELETE FROM wp_options WHERE option_name = %s", [name])
        sql = "INSERT INTO wp_options (option_name, option_value) VALUES (%s, %s)"
        site.query(sql, [name, value])


@pytest.fixture
def showing(site: WordPressSite, tmp_path: Path) -> Showing:
    """Return a function that crawls the site while it shows its pages in some way."""

    def crawled(pages: str, *options: str, doors: str = "api,feeds", **told: object) -> Crawl:
        show(site, pages, doors)
        options = (*browser(), *options)
        return crawl(tmp_path / f"{pages}.jsonl", *options, site=site.url, **told)

    return crawled


def test_pages_that_a_script_makes_are_read(
    showing: Showing, site: WordPressSite, truth: Truth
) -> None:
    """Recall 1.0: each published post once, with its id, title, time, byline, terms and words.

    Nothing heavy is loaded, nobody else is asked, no page stays open, who asks says who it is.
    """
    by_api = by_guid(showing("plain", doors=""))
    before = len(site.requests())
    done = showing("fetched")
    rows = by_guid(done)
    assert rows.keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    for key, known in by_api.items():
        assert_tells(rows[key], known)
    assert {row["source"] for row in done.rows} == {"rendered"}
    assert (done.status, done.ledger["sources"]) == (0, {"rendered": len(truth.posts)})
    asked = site.requests()[before:]
    assert len(asked) == done.ledger["requests"]
    assert not [line for line in asked if "/elsewhere/" in line or "/image.png" in line]
    assert "'playwright/page_count/max_concurrent': 1" in done.stderr


def test_an_excerpt_whose_page_a_script_makes_is_completed_by_the_browser(
    showing: Showing,
) -> None:
    """With what the feed told of it, also where it is the last one that is asked for."""
    by_api = by_guid(showing("plain", doors=""))
    done = showing("packed", doors="api,excerpts", limit=SOME)
    rows = by_guid(done)
    assert (done.status, done.ledger["sources"]) == (0, {"rendered": SOME})
    for key, row in rows.items():
        assert_tells(row, by_api[key])
        assert row["excerpt"]


def test_a_check_that_asks_nothing_passes_by_itself(showing: Showing, truth: Truth) -> None:
    """It sets a cookie and loads the page again; the cookie serves for the pages that follow."""
    done = showing("checked", limit=SOME)
    assert done.ledger["sources"] == {"rendered": SOME}
    posts = {guid_key(post["guid"]): post for post in truth.posts.values()}
    for key, row in by_guid(done).items():
        assert row["title"] == posts[key]["title"]
        assert row["word_count"] > 0


@pytest.mark.parametrize(
    ("pages", "doors", "source"),
    [("plain", "", "rest"), ("plain", "api,feeds", "page"), ("packed", "api,feeds", "rendered")],
    ids=["an open site", "plain pages", "scripts"],
)
def test_no_browser_runs_before_a_page_needs_one(
    site: WordPressSite, tmp_path: Path, pages: str, doors: str, source: str
) -> None:
    show(site, pages, doors)
    arguments = ["-a", f"site={site.url}", "-a", "limit=1", "-O", str(tmp_path / "posts.jsonl")]
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", *arguments, *browser()]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    seen: set[str] = set()
    while process.poll() is None:
        seen.update(below(process.pid))
        time.sleep(0.02)
    assert [row["source"] for row in lines(tmp_path / "posts.jsonl")] == [source]
    of_a_browser = [name for name in seen if name.startswith(DRIVER_AND_BROWSER)]
    assert bool(of_a_browser) == (source == "rendered"), seen


def test_a_captcha_is_not_rendered_around(showing: Showing, site: WordPressSite) -> None:
    """Its page has a script, too, that shows the article to whoever runs it."""
    before = len(site.requests())
    done = showing("asking")
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert {entry["reason"] for entry in unreadable} == {ASKS_FOR_A_PERSON}
    assert done.reasons.count(ASKS_FOR_A_PERSON) == 1
    assert not [line for line in site.requests()[before:] if "fragment" in line]
    assert (done.status, done.rows, "playwright" in done.stderr) == (3, [], False)


@pytest.mark.parametrize(
    ("pages", "doors"), [("fetched", "api,feeds,fragments"), ("endless", "api,feeds")]
)
def test_a_site_that_no_browser_shows_is_given_up_after_three_pages(
    showing: Showing, site: WordPressSite, pages: str, doors: str
) -> None:
    """Its robots.txt forbids what a script would fetch, and no page asks for it; or all hang."""
    before = len(site.requests())
    done = showing(pages, *IMPATIENT, doors=doors)
    assert not [line for line in site.requests()[before:] if "fragment" in line]
    assert done.reasons.count("3 pages in a row show no article in a browser either") == 1
    assert "'playwright/page_count': 3" in done.stderr
    account = done.ledger["collections"]["posts"]
    assert len(account["unreadable"]) == account["expected"]
    assert NO_ARTICLE in {entry["reason"] for entry in account["unreadable"]}
    assert (done.status, done.rows) == (3, [])


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("NEWSCRAWL_BROWSER=/nowhere/chromium", "`playwright install chromium`"),
        pytest.param(
            'PLAYWRIGHT_LAUNCH_OPTIONS={"chromium_sandbox": true}',
            '{"chromium_sandbox": false}',
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="root alone has no sandbox"),
        ),
    ],
    ids=["no file", "no sandbox"],
)
def test_a_missing_browser_is_one_line_that_tells_what_to_do(
    showing: Showing, option: str, told: str
) -> None:
    done = showing("packed", "-s", option)
    lines = [line for line in done.stderr.splitlines() if "no browser" in line]
    assert len(lines) == 1
    assert told in lines[0]
    assert done.reasons.count("no browser to render pages with") == 1
    account = done.ledger["collections"]["posts"]
    assert len(account["unreadable"]) == account["expected"]
    assert (done.status, done.ledger["pace"]["pauses"]) == (3, 0)
    assert "Traceback" not in done.stderr


LOGIN = b'<main>%s<form><input type="password"></form></main>' % (b"<p>Members read this.</p>" * 20)
PRIVATE = "/en/private/"
SHOW = 'document.getElementById("root").innerHTML = {article};'
AROUND = """
    new WebSocket(location.origin.replace("http", "ws") + "/en/private/socket");
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    rules.textContent = JSON.stringify({{prefetch: [
        {{source: "list", urls: ["/en/private/next"], eagerness: "immediate"}}
    ]}});
    document.head.append(rules);
    new SharedWorker("data:text/javascript,fetch('" + location.origin + "/en/private/shared')");
"""
HEAPING = """
    const kept = [];
    setInterval(() => kept.push(new Uint8Array(4e7).fill(1)), 10);
"""


def shells(fed: Fed, scripts: list[str]) -> None:
    """Let a script make what the pages of a site's newest posts show."""
    for row, script in zip(fed.rows, scripts, strict=False):
        whole = page_of(row, fed.names)
        head, _, article = whole.partition("<body>")
        body = '<body class="single-post"><div id="root"></div>'
        text = f"{head}{body}<script>{script.format(article=json.dumps(article))}</script>"
        path = urlsplit(row["link"]).path
        fed.answers[path] = Answer(200, text.replace("</article>", "<\\/article>").encode(), HTML)


@pytest.fixture
def odd(recording: Recording, tmp_path: Path) -> Callable[..., tuple[Crawl, Fed]]:
    """Return a function that crawls a recorded site whose pages run odd scripts."""

    def crawled(*scripts: str, options: Sequence[str] = ()) -> tuple[Crawl, Fed]:
        fed = Fed(recording)
        fed.bend = lambda _page, _answer: Answer(403, b"")
        fed.listed = lambda: fed.rows[: len(scripts)]
        fed.robots = [f"Disallow: {PRIVATE}"]
        shells(fed, list(scripts))
        with serving(fed) as url:
            fed.stand_at(url)
            feed = tmp_path / "posts.jsonl"
            return crawl(feed, *browser(), *options, site=url), fed

    return crawled


@pytest.mark.usefixtures("testbed")
def test_a_script_goes_around_nothing(odd: Callable[..., tuple[Crawl, Fed]]) -> None:
    """By no socket, no worker that pages share, and no page that may come next."""
    done, fed = odd(AROUND + SHOW, SHOW)
    assert (done.status, done.ledger["sources"]) == (0, {"rendered": 2})
    assert not [path for path in fed.asked if path.startswith(PRIVATE)]
    assert done.ledger["requests"] == fed.asked.total()
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("testbed")
@pytest.mark.parametrize("away", [PRIVATE, "http://localhost:9/elsewhere/"])
def test_a_page_that_leads_away_is_no_post(
    odd: Callable[..., tuple[Crawl, Fed]], away: str
) -> None:
    """What the browser shows in its place is its own page of errors."""
    done, fed = odd(f'location.href = "{away}";', SHOW)
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, done.ledger["sources"]) == (3, {"rendered": 1})
    assert "not asked for" in unreadable[0]["reason"]
    assert fed.asked[PRIVATE] == 0


@pytest.mark.usefixtures("testbed")
def test_a_rendered_page_that_is_doubted_may_be_a_door(
    recording: Recording, tmp_path: Path
) -> None:
    """Where sitemaps name no type: a login, or an error, that only the browser is shown."""
    fed = Fed(recording)
    fed.bend = lambda _page, _answer: Answer(403, b"")
    listed = fed.rows[:4]
    fed.robots = ["Sitemap: /en/map.xml"]
    login = "location.replace('/en/login/');"
    error = "location.replace('/en/error/');"
    shells(fed, [SHOW, login, error, SHOW])
    fed.answers["/en/login/"] = Answer(200, LOGIN, HTML)
    fed.answers["/en/error/"] = Answer(403, LOGIN, HTML)
    with serving(fed) as url:
        fed.stand_at(url)
        here = urlset(listed).replace(HOST.encode(), fed.here.encode())
        fed.answers["/en/map.xml"] = Answer(200, here, XML)
        done = crawl(tmp_path / "posts.jsonl", *browser(), site=url)
    unreadable = [row["reason"] for row in done.ledger["collections"]["posts"]["unreadable"]]
    assert (done.status, done.ledger["sources"]) == (3, {"rendered": 2})
    assert sorted(unreadable) == ["HTTP 403", ASKS_FOR_A_LOGIN]


@pytest.mark.usefixtures("testbed")
def test_a_page_that_loads_itself_again_and_again_is_left(
    odd: Callable[..., tuple[Crawl, Fed]],
) -> None:
    done, fed = odd("location.reload();", SHOW)
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, done.ledger["sources"]) == (3, {"rendered": 1})
    assert unreadable[0]["reason"].endswith(ENDLESS)
    assert fed.asked[urlsplit(fed.rows[0]["link"]).path] <= MOST_VISITS + 2
    assert done.ledger["requests"] == fed.asked.total()
    assert "Traceback" not in done.stderr


class Part:
    """A request of a page beside itself."""

    def is_navigation_request(self) -> bool:
        """Return whether it is that for a page."""
        return False


def test_what_waits_for_its_turn_when_the_time_is_up_does_not_leave() -> None:
    """A page may ask for a lot at once: no burst follows."""
    page = SimpleNamespace(on=lambda *_: None, is_closed=lambda: False)
    site = Site("https://news.example/", Plan(), Ledger(""))
    watch = Watch(cast("Page", page), site.url, site, most=1)
    parts = [cast("Asked", Part()) for _ in range(3)]

    async def ask() -> list[bool]:
        return await asyncio.gather(*(watch.turn(part, 0.05) for part in parts))

    assert asyncio.run(ask()) == [True, False, False]


@pytest.mark.usefixtures("testbed")
def test_a_page_that_takes_too_much_memory_is_stopped(
    odd: Callable[..., tuple[Crawl, Fed]],
) -> None:
    """The browser goes on, and shows the others."""
    done, _ = odd(SHOW, HEAPING, SHOW, options=["-s", "NEWSCRAWL_BROWSER_MEMORY=400"])
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, done.ledger["sources"]) == (3, {"rendered": 2})
    assert "NEWSCRAWL_BROWSER_MEMORY" in unreadable[0]["reason"]


def test_a_page_whose_browser_died_is_rendered_once_more() -> None:
    """The next one starts another browser; one that breaks each browser is named."""
    crawler = get_crawler(WordPressSpider, {"RETRY_TIMES": 4, "NEWSCRAWL_RETRY_BUDGET": 50})
    crawler.spider = WordPressSpider.from_crawler(crawler, site="https://news.example/")
    middleware = RetryMiddleware(crawler)
    page = Request("https://news.example/2024/strike/", meta={"playwright": True})
    again = middleware.process_exception(page, DownloadFailedError("Target closed"))
    assert again
    assert again.meta["playwright"]
    assert middleware.process_exception(again, DownloadFailedError("Target closed")) is None
    assert middleware.process_exception(page, DownloadCancelledError("it did not load")) is None
