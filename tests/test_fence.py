"""Where a crawl may go, and what refuses it as a whole."""

import asyncio
from typing import Any

import orjson
import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.test import get_crawler

from newscrawl.core import crawl
from newscrawl.core.challenges import challenge_of, refusal_of
from newscrawl.core.discovery import Candidate
from newscrawl.core.documents import Document
from newscrawl.core.fence import LONGEST_ADDRESS, objection
from newscrawl.core.ledger import Ledger
from newscrawl.core.links import Link
from newscrawl.core.plan import Plan
from newscrawl.core.readers.catalog import TYPES
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import Site
from newscrawl.middlewares.fence import FenceMiddleware

SITE = "https://news.bbc.co.uk/en/"
PUBLIC, METADATA = "93.184.216.34", "169.254.169.254"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.bbc.co.uk/wp-json/",
        "http://news.bbc.co.uk:80/",
        "https://www.bbc.co.uk/",
        "https://api.bbc.co.uk:443/wp-json/",
    ],
)
def test_what_is_the_site_s_own(url: str) -> None:
    assert objection(url, [SITE]) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://bbc.com/",
        "https://other.co.uk/",  # co.uk is no domain of anybody's
        "https://news.bbc.co.uk:8443/",
        "https://news.bbc.co.uk.evil.org/",
        "https://evil.org/?https://news.bbc.co.uk/",
        "https://news.bbc.co.uk@evil.org/",
        f"http://{METADATA}/latest/meta-data/",
        "http://[::1]/",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://0x7f000001/",
        "file:///etc/passwd",
        "ftp://news.bbc.co.uk/",
        "gopher://news.bbc.co.uk/",
        "data:text/plain,x",
        "//news.bbc.co.uk/",
        "https://[::bad/",
        "https://news.bbc.co.uk:99999/",
        f"https://news.bbc.co.uk/{'x' * LONGEST_ADDRESS}",
    ],
)
def test_what_is_not(url: str) -> None:
    assert objection(url, [SITE])


def test_a_site_on_this_machine_is_its_own_port_alone() -> None:
    own = ["http://127.0.0.1:8080/en/"]
    assert objection("http://127.0.0.1:8080/wp-json/", own) is None
    assert objection("http://127.0.0.1:22/", own)
    assert objection("http://127.0.0.1/", own)


def test_two_blogs_of_one_host_are_two_sites() -> None:
    assert objection("https://b.blogspot.com/", ["https://a.blogspot.com/"])


def fenced(
    request: Request, answers: dict[str, str] | None = None, **settings: object
) -> str | None:
    """Return why a fence refuses a request, None if it lets it pass; DNS answers as told."""

    async def resolve(host: str) -> str:
        return (answers or {})[host]

    middleware = FenceMiddleware(get_crawler(settings_dict=settings), resolve)
    try:
        asyncio.run(middleware.process_request(request))
    except IgnoreRequest as error:
        return str(error)
    return None


def request_of(url: str, site: Site, rel: str = "posts", **meta: Any) -> Request:  # noqa: ANN401
    return Request(url, cb_kwargs={"site": site, "link": Link(rel, url)}, meta=meta)


@pytest.fixture
def site() -> Site:
    return Site(SITE, Plan(), Ledger(SITE), root=ApiRoot("https://www.bbc.co.uk/wp-json/"))


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "127.0.0.1", METADATA, "192.168.1.1", "100.64.0.1"]
)
def test_a_host_of_the_site_s_with_a_private_address_is_not_asked(site: Site, address: str) -> None:
    reason = fenced(
        request_of("https://internal.bbc.co.uk/", site), {"internal.bbc.co.uk": address}
    )
    assert reason
    assert "a private address" in reason
    assert address in reason


def test_nor_is_a_language_root_of_the_site_s(site: Site) -> None:
    """The page tells it, not the user."""
    url = "https://es.bbc.co.uk/"
    sister = Site(url, Plan(), Ledger(url), elder=site)
    assert "a private address" in (
        fenced(request_of(url, sister), {"es.bbc.co.uk": "10.0.0.5"}) or ""
    )


def test_no_proxy_is_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "localhost")
    request = request_of("https://internal.bbc.co.uk/", site)
    assert fenced(request, {"internal.bbc.co.uk": METADATA})


def test_a_public_one_is(site: Site) -> None:
    assert fenced(request_of("https://www.bbc.co.uk/", site), {"www.bbc.co.uk": PUBLIC}) is None


def test_an_api_that_the_site_advertises_elsewhere_is_asked_for_its_index_alone(site: Site) -> None:
    answers = {"cms.example.org": PUBLIC}
    url = "https://cms.example.org/wp-json/"
    assert fenced(request_of(url, site, "index"), answers) is None
    assert fenced(request_of(url, site, "posts"), answers)
    assert fenced(request_of(url, site, "index", redirect_times=1), answers)
    assert fenced(request_of(url, site, "index"), {"cms.example.org": "10.1.1.1"})
    assert fenced(request_of("https://cms.example.org:8443/wp-json/", site, "index"), answers)
    robots = Request("https://cms.example.org/robots.txt", meta={"dont_obey_robotstxt": True})
    assert fenced(robots, answers) is None


def test_a_site_that_refused_the_crawl_is_asked_nothing_more(site: Site) -> None:
    site.ledger.block(SITE, 403, "Wordfence")
    assert fenced(request_of(SITE, site)) == "Wordfence"


def test_a_site_that_answers_for_ever_comes_to_an_end(site: Site) -> None:
    site.ledger.requests = 30
    assert fenced(request_of(SITE, site), NEWSCRAWL_MOST_DOCUMENTS=31) is None
    assert fenced(request_of(SITE, site), NEWSCRAWL_MOST_DOCUMENTS=30)
    assert site.ledger.refusals[0]["reason"].startswith("more than 30 documents")


@pytest.mark.parametrize(
    ("home", "is_of"), [("https://www.bbc.co.uk", True), ("https://evil.org", False), ("", False)]
)
def test_an_api_elsewhere_is_the_site_s_by_its_own_word_alone(home: str, is_of: bool) -> None:  # noqa: FBT001 - what is expected
    site = Site(SITE, Plan(), Ledger(SITE))
    url = "https://cms.example.org/wp-json/"
    body = orjson.dumps({"namespaces": ["wp/v2"], "home": home})
    link = Link("index", url, purpose=(Candidate(url, "Link header"), iter(())))
    followed = list(crawl.read(site, Document(url, 200, body), link))
    assert any(isinstance(link, Link) and link.rel == TYPES for link in followed) == is_of
    assert bool(site.root.url) == is_of


CHALLENGES = [
    (403, {}, b"<script>window._cf_chl_opt={cType:'managed'}</script>", "Cloudflare's challenge"),
    (200, {"cf-mitigated": "challenge"}, b"<html>", "Cloudflare's challenge"),
    (202, {"sg-captcha": "challenge"}, b"<html>", "SiteGround's captcha"),
    (202, {}, b'<meta content="0;/.well-known/sgcaptcha/?r=%2F">', "SiteGround's captcha"),
    (403, {}, b"<title>Sucuri WebSite Firewall - Access Denied</title>", "Sucuri's firewall"),
    (503, {}, b"<p>Generated by Wordfence at ...</p>", "Wordfence"),
    (503, {}, b"<h1>Briefly unavailable for scheduled maintenance.</h1>", "maintenance"),
    (415, {}, b"Access denied by Imunify360 bot-protection.", "Imunify360's bot protection"),
]


@pytest.mark.parametrize(("status", "headers", "body", "name"), CHALLENGES)
def test_a_challenge_is_named(status: int, headers: dict[str, str], body: bytes, name: str) -> None:
    assert challenge_of(Document("", status, body, headers)) == name


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b'[{"id": 1, "content": "How /cdn-cgi/challenge-platform/ and Wordfence work"}]'),
        (403, b'{"code": "rest_forbidden", "message": "wordfence.com/"}'),
        (200, b"<html>An article on Wordfence Security and sucuri.net</html>"),
        (404, b"<html><script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>"),
        (404, b"<html><a href=https://www.wordfence.com/>Protected by Wordfence</a>"),
        (502, b"<html><div id=cf-error-details>Bad gateway</div>"),
        (404, b"<html>Not found</html>"),
        (200, b""),
    ],
)
def test_what_writes_about_one_is_none(status: int, body: bytes) -> None:
    assert challenge_of(Document("", status, body)) is None


def test_too_many_requests_stop_the_crawl_of_a_site() -> None:
    assert refusal_of(Document("", 429, b"{}"))
