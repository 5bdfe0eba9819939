"""Language roots that are none, that show what is known already, or that a site only claims."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest

from newscrawl.core.alternates import is_below, root_of
from newscrawl.core.crawl import follow
from newscrawl.core.ledger import Ledger
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.plan import Plan
from newscrawl.core.readers.sisters import note_alternates
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import Site
from newscrawl.core.walk import Walk
from newscrawl.core.windows import Window
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.items.parts import Translation
from tests.crawls import Crawl, crawl

HEAD = '<html lang="en"><head>{links}</head><body></body></html>'
LINK = '<link rel="alternate" hreflang="{lang}" href="{url}">'
Tongued = Callable[..., Crawl]


@dataclass(frozen=True)
class Speaking:
    """A recorded site at the root of its host whose page tells alternates.

    What lies below `/es/` is as `spanish` says, which may not know an address.
    """

    recording: Recording
    page: bytes
    spanish: Callable[[str], Answer | None]
    asked: list[str]
    home: str = ""

    def answer(self, url: str) -> Answer:
        self.asked.append(url)
        path = urlsplit(url).path
        if path == "/":
            return Answer(200, self.page, {"Content-Type": "text/html"})
        if path.startswith("/es"):
            return self.spanish(url) or Answer(404, b"", {})
        return self.recording.answer(url)


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def speaking(recording: Recording, asked: list[str], tmp_path: Path) -> Tongued:
    """Return a function that crawls a site with one more language, which is told by an address."""

    def crawled(
        alternate: str, spanish: Callable[[str], Answer | None] = lambda _: None, **told: object
    ) -> Crawl:
        link = LINK.format(lang="es", url=alternate)
        page = HEAD.format(links=link).encode()
        site = Speaking(replace(recording, home=""), page, spanish, asked)
        with serving(site) as url:
            return crawl(tmp_path / "posts.jsonl", site=url, **told)

    return crawled


def posts_of(recording: Recording) -> list[int]:
    return sorted(row["id"] for row in recording.collections["posts"])


def test_a_language_root_without_an_api_is_named_and_makes_no_gap(
    speaking: Tongued, recording: Recording, asked: list[str]
) -> None:
    done = speaking("/es/")
    assert done.status == 0, done.stderr[-2000:]
    assert sorted(row["id"] for row in done.rows) == posts_of(recording)
    assert "no API of its own" in done.reasons
    assert done.ledger["complete"]
    spanish = [url for url in asked if url.startswith("/es/")]
    assert 0 < len(spanish) <= 8


def test_the_site_s_own_api_at_an_address_of_a_language_is_no_root_of_it(
    speaking: Tongued, recording: Recording
) -> None:
    """WordPress answers to `?rest_route=` at any path."""
    index = orjson.dumps({**recording.documents["index"], "home": "https://ameforum.net/en"})
    json = {"Content-Type": "application/json"}
    done = speaking("/es/", lambda url: Answer(200, index, json) if "?rest_route=" in url else None)
    assert (done.status, len(done.rows)) == (0, len(posts_of(recording))), done.stderr[-2000:]
    assert "no API of its own" in done.reasons


def test_a_language_root_that_does_not_answer_is_a_gap(speaking: Tongued) -> None:
    done = speaking("/es/", lambda _: Answer(503, b"", {"Retry-After": "0"}))
    assert done.status == 3
    english, spanish = done.ledger["sites"]
    assert (english["complete"], spanish["complete"]) == (True, False)


def test_a_language_root_that_refuses_is_a_gap_and_no_feed_is_read_for_it(
    speaking: Tongued, asked: list[str]
) -> None:
    no = b'{"code": "rest_not_logged_in", "data": {"status": 401}}'
    page = b'<link rel="https://api.w.org/" href="/es/wp-json/">'
    answers = {"/es/": Answer(200, page, {"Content-Type": "text/html"})}
    json = {"Content-Type": "application/json"}
    done = speaking("/es/", lambda url: answers.get(url, Answer(401, no, json)))
    assert done.status == 3
    assert "not read in place of its API" in done.ledger["sites"][1]["refusals"][-1]["reason"]
    assert not [url for url in asked if "feed" in url]


def test_an_api_that_does_not_know_languages_tells_each_post_once(
    speaking: Tongued, recording: Recording, asked: list[str]
) -> None:
    """The parameter is ignored, and what is read already is not read again."""
    done = speaking("/?lang=es")
    assert done.status == 0, done.stderr[-2000:]
    assert sorted(row["id"] for row in done.rows) == posts_of(recording)
    spanish = done.ledger["sites"][1]["collections"]["posts"]
    assert (spanish["expected"], spanish["found"]) == (0, 0)
    assert "and no others" in done.ledger["sites"][1]["refusals"][0]["reason"]
    assert len([url for url in asked if "lang=es" in url and "/posts?" in url]) <= 2


def test_a_root_with_an_address_of_its_own_may_show_the_same_posts(
    speaking: Tongued, recording: Recording
) -> None:
    """Its ids are not compared; the GUIDs say that each is there already, which is no fault."""
    told = orjson.dumps(recording.documents["index"]["home"])
    page = b'<link rel="https://api.w.org/" href="/es/wp-json/">'

    def spanish(url: str) -> Answer:
        if url == "/es/":
            return Answer(200, page, {"Content-Type": "text/html"})
        there = replace(recording, home="").answer(url.removeprefix("/es"))
        own = there.body.replace(b'"url":"https://ameforum.net"', b'"url":"https://a.example/es"')
        return replace(there, body=own.replace(told, b'"https://a.example/es"'))

    done = speaking("/es/", spanish)
    assert done.status == 0, done.stderr[-2000:]
    assert sorted(row["id"] for row in done.rows) == posts_of(recording)


def test_an_address_that_is_no_language_root_leads_nowhere(
    speaking: Tongued, asked: list[str]
) -> None:
    for alternate in ("/", "https://es.elsewhere.example/", "/noticias/", "//[/es/"):
        done = speaking(alternate)
        assert (done.status, done.reasons) == (0, "")
    assert not [url for url in asked if "es/" in url]


def test_a_site_of_which_each_language_has_a_root_is_in_that_of_its_page(
    speaking: Tongued, recording: Recording, asked: list[str]
) -> None:
    done = speaking("/es/", lang="en")
    assert done.status == 0, done.stderr[-2000:]
    assert sorted(row["id"] for row in done.rows) == posts_of(recording)
    assert not [url for url in asked if "es/" in url]
    refused = speaking("/es/", lang="es")
    assert refused.status == 2
    assert "/es/" in refused.stderr


def test_documents_that_end_a_site_side_by_side_begin_one_sister() -> None:
    elder = site_of("https://a.example/")
    elder.root, elder.done = ApiRoot("https://a.example/wp-json/"), True
    elder.walks = {"wp/v2/posts": Walk("wp/v2/posts", LinkMap(elder.root), Window(None, None), {})}
    elder.ledger.walked = {"posts"}
    elder.sisters.shown = {f"https://a.example/{lang}/": set() for lang in ("es", "fr")}
    first, second = follow(elder), follow(elder)
    assert first
    assert (first.url, second) == ("https://a.example/es/", None)
    assert follow(first) is None
    first.done = True
    last = follow(first)
    assert last
    assert last.url == "https://a.example/fr/"


@pytest.mark.parametrize(
    ("lang", "url", "root"),
    [
        ("es", "https://a.example/es/", "https://a.example/es/"),
        ("es-MX", "https://a.example/es-mx/2024/huelga/", "https://a.example/es-mx/"),
        ("es-MX", "https://a.example/mx/huelga/?x=1", "https://a.example/mx/"),
        ("zh-Hant-TW", "https://a.example/zh-hant/", None),
        ("pt-BR", "https://a.example/blog/pt_BR/a/", "https://a.example/blog/pt_BR/"),
        ("es", "https://a.example/2024/05/es/", None),
        ("es", "https://es.a.example/huelga/", "https://es.a.example/"),
        ("es", "https://a.example/huelga/?lang=es&utm=1", "https://a.example/?lang=es"),
        ("es", "https://a.example/huelga/?lang=fr", None),
        ("es", "https://[a/es/", None),
        (None, "https://a.example/es/", None),
    ],
)
def test_what_of_an_address_is_a_language_root(lang: str, url: str, root: str | None) -> None:
    assert root_of(lang, url) == root
    assert root is None or is_below(root, url)


def test_ids_of_a_site_with_an_address_of_its_own_are_others() -> None:
    """WPML has one database, of which each root tells the same address; a multisite has two."""
    elder = site_of("https://a.example/", url="https://a.example")
    same, other = site_of("https://a.example/es/"), site_of("https://a.example/es/")
    for sister, url in ((same, "https://a.example"), (other, "https://a.example/es")):
        sister.elder, sister.index = elder, {"url": url}
        sister.sisters.met = {"wp/v2/posts": {7}}
    assert same.elsewhere("wp/v2/posts") == {7}
    assert not same.elsewhere("wp/v2/pages")
    assert not other.elsewhere("wp/v2/posts")
    assert not elder.elsewhere("wp/v2/posts")


def site_of(address: str, **index: str) -> Site:
    return Site(address, Plan(), Ledger(address), index=dict(index))


@pytest.mark.parametrize(
    ("site", "roots"),
    [
        ("https://a.example/", ["https://a.example/es/"]),
        ("https://a.example", ["https://a.example/es/"]),
        (
            "https://a.example/blog/2024/strike/",
            ["https://a.example/es/", "https://a.example/blog/es/"],
        ),
    ],
)
def test_a_language_root_lies_in_the_directory_of_its_site(site: str, roots: list[str]) -> None:
    told = [f"https://a.example/{path}/es/huelga/" for path in ("shop", "blog")]
    found = site_of(site)
    for url in ("https://a.example/es/huelga/", *told):
        note_alternates(found, [Translation(lang="es", id=None, url=url)])
    assert [*found.sisters.shown] == roots


def test_language_roots_that_are_made_up_come_to_an_end() -> None:
    site = site_of("https://www.bbc.co.uk/")
    for number in range(1000):
        url = f"https://es.n{number}.bbc.co.uk/"
        note_alternates(site, [Translation(lang="es", id=None, url=url)])
    assert len(site.sisters.shown) == 100


def test_a_host_of_another_site_is_no_language_root() -> None:
    site = site_of("https://www.bbc.co.uk/")
    hosts = ("es.bbc.co.uk", "es.attacker.co.uk", "es.bbc.co.uk:8443")
    told = [Translation(lang="es", id=None, url=f"https://{host}/") for host in hosts]
    note_alternates(site, told)
    assert [*site.sisters.shown] == ["https://es.bbc.co.uk/"]
