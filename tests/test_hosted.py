"""A site that WordPress.com hosts: its API is a proxy's, the site stands within its routes."""

from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.core.discovery import candidates
from newscrawl.core.documents import Document
from newscrawl.core.fence import objection
from newscrawl.core.hosted import root_of
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import crawl

PROXY = "https://public-api.wordpress.com"
INDEX = f"{PROXY}/wp-json/?rest_route=/sites/7"
NO_SITE = Answer(404, b'{"code":"rest_no_route","data":{"status":404}}')


@dataclass
class Hosted:
    """A recorded site that advertises a proxy's root; the proxy answers on its host, too."""

    recording: Recording
    here: str = ""

    @property
    def home(self) -> str:
        """Return the path of its home."""
        return self.recording.home

    def answer(self, url: str) -> Answer:
        """Return what the site or the proxy answers: hrefs are the proxy's, totals are not told."""
        parts = urlsplit(url)
        if parts.path.startswith("/en/wp-json"):
            return NO_SITE
        if "rest_route=/sites/7" in url:
            return self.recording.answer("/en/wp-json/")
        if parts.path.startswith("/wp/v2/sites/7/"):
            route = parts.path.removeprefix("/wp/v2/sites/7/")
            told = self.recording.answer(f"/en/wp-json/wp/v2/{route}?{parts.query}")
            body = told.body.replace(
                b"https://ameforum.net/en/wp-json/wp/v2/", f"{self.here}/wp/v2/sites/7/".encode()
            )
            return Answer(told.status, body, {"Content-Type": "application/json"})
        told = self.recording.answer(url)
        link = f'<{self.here}/wp-json/?rest_route=/sites/7>; rel="https://api.w.org/"'
        return replace(told, headers={**told.headers, "Link": link})


def test_a_hosted_site_is_read_by_the_proxy(recording: Recording, tmp_path: Path) -> None:
    hosted = Hosted(recording)
    with serving(hosted) as url:
        hosted.here = url.removesuffix("/en/")
        done = crawl(tmp_path / "posts.jsonl", site=url, items="posts,links,media,sites")
    assert done.status == 0, done.ledger["refusals"]
    posts = [row for row in done.rows if row["kind"] == "post"]
    assert {row["id"] for row in posts} == {row["id"] for row in recording.collections["posts"]}
    assert all(row["source_url"].startswith(f"{hosted.here}/wp/v2/sites/7/") for row in posts)
    assert all(author["name"] for row in posts for author in row["authors"])
    assert any(row["image"] and row["image"]["url"] for row in posts)
    followed = [row for row in done.rows if row["kind"] == "link" and row["rel"] == "author"]
    assert {row["status"] for row in followed} == {"resolved"}
    assert done.ledger["sources"] == {"rest": len(posts)}


@pytest.mark.parametrize(
    ("url", "link", "first"),
    [
        ("https://news.example/", f'<{INDEX}>; rel="https://api.w.org/"', INDEX),
        ("https://news.wordpress.com/", "", INDEX.replace("7", "news.wordpress.com/")),
    ],
)
def test_the_proxy_is_found_where_it_is_advertised_and_on_its_own_hosts(
    url: str, link: str, first: str
) -> None:
    found = [candidate.url for candidate in candidates(Document(url, 200, b"", {"link": link}))]
    assert found[0] == first


def test_of_the_proxy_only_the_site_s_own_routes_are_known() -> None:
    root = root_of(INDEX).known_by("https://news.example/")
    assert root.route(f"{PROXY}/wp/v2/sites/7/posts/45") == "wp/v2/posts/45"
    assert root.route(f"{PROXY}/wp/v2/sites/8/posts/45") == ""
    assert root.here(f"{PROXY}/wp/v2/sites/7/tags?post=4") == f"{PROXY}/wp/v2/sites/7/tags?post=4"
    assert root.address("", {"_fields": "name"}) == f"{INDEX}/&_fields=name"
    assert objection(f"{PROXY}/wp/v2/sites/7/posts", ["https://news.example/", root.url]) is None
