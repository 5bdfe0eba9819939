"""`scrapy probe`: what a site allows, in few documents, and what a crawl of it really costs."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from newscrawl.core.cost import everything
from newscrawl.core.probe import Finding, Probe
from newscrawl.demo.recording import FILTERS, Answer, Recording, _has
from newscrawl.demo.server import serving
from tests.bent import Bend, Bent, Query, on_index, refusing
from tests.crawls import PAUSE, crawl, is_near, scrapy
from tests.mapped import index
from tests.test_truth import plain
from tests.wordpress.site import WordPressSite

MOST_DOCUMENTS = 15
HASTY = ("-s", f"NEWSCRAWL_PAUSE={PAUSE}")
ALL = {"items": "all", "follow": "all"}
API = "/en/wp-json/"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><item/><item/><item/></channel></rss>'
CORE_MAP, OWN_MAP = "/en/wp-sitemap-posts-post-1.xml", "/en/wp-sitemap.xml"
URLSET = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    b"<loc>https://ameforum.net/en/a/</loc><lastmod>2024-05-16T07:53:48Z</lastmod></url></urlset>"
)


@dataclass
class Watched:
    """A site that keeps the addresses that it was asked for."""

    site: Bent
    asked: list[str] = field(default_factory=list)

    @property
    def home(self) -> str:
        return self.site.home

    def answer(self, url: str) -> Answer:
        self.asked.append(url)
        return self.site.answer(url)


@dataclass
class Probed:
    """What a probe printed, its exit status, and what the site was asked for."""

    done: subprocess.CompletedProcess[str]
    asked: list[str]
    url: str

    @property
    def report(self) -> dict[str, Any]:
        return dict(json.loads(self.done.stdout))

    def collection(self, name: str) -> dict[str, Any]:
        return next(row for row in self.report["collections"] if row["name"] == name)


Probing = Callable[..., Probed]


@pytest.fixture
def probe(recording: Recording) -> Probing:
    """Return a function that probes the recorded site, bent."""

    def probed(bend: Bend = plain, *options: str, of: Recording = recording) -> Probed:
        watched = Watched(Bent(of, bend))
        with serving(watched) as url:  # type: ignore[arg-type] # it answers as a recording does
            done = scrapy("probe", url, *(options or ("--json",)), *HASTY)
        return Probed(done, watched.asked, url)

    return probed


def answering(answers: dict[str, Answer]) -> Bend:
    """Return a bend that answers so below these paths, the first that fits."""

    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        path = route if route.startswith("/") else f"{API}wp/v2/{route}"
        fits = (told for start, told in answers.items() if path.startswith(start))
        return next(fits, answer)

    return bend


def robots(*rules: str) -> dict[str, Answer]:
    body = "\n".join(["User-agent: *", *rules, ""]).encode()
    return {"/robots.txt": Answer(200, body, {"Content-Type": "text/plain"})}


def refusal(status: int, code: str) -> Answer:
    body = json.dumps({"code": code, "message": "", "data": {"status": status}}).encode()
    return Answer(status, body, {"Content-Type": "application/json"})


def costs(report: dict[str, Any]) -> tuple[int, int]:
    return report["cost"]["main"]["requests"], report["cost"]["everything"]["requests"]


def counted(url: str, folder: Path) -> Iterator[int]:
    """Yield the requests that the ledgers of both crawls count."""
    for arguments in ({}, ALL):
        yield crawl(folder / "posts.jsonl", site=url, **arguments).ledger["requests"]


def test_an_open_site(probe: Probing) -> None:
    probed = probe()
    assert (probed.done.returncode, probed.done.stderr) == (0, "")
    report = probed.report
    assert report["open"]
    assert (report["name"], report["home"]) == ("AME Forum", "https://ameforum.net/en")
    assert (report["api_root"], report["found_by"]) == (f"{probed.url}wp-json/", "Link header")
    totals = {row["name"]: row["total"] for row in report["collections"]}
    expected = {"posts": 80, "users": 7, "media": 94, "categories": 13, "tags": 25}
    assert expected.items() <= totals.items()
    assert {row["slug"]: row["total"] for row in report["types"]} == {"post": 80, "page": None}
    assert report["refusals"] == []


def test_what_it_asks_is_counted_and_no_more_than_15(probe: Probing) -> None:
    probed = probe()
    assert len(probed.asked) == probed.report["documents"] <= MOST_DOCUMENTS
    assert len(set(probed.asked)) == len(probed.asked), "something was asked for twice"


@pytest.fixture
def illustrated(grown: Recording) -> Recording:
    """Return the grown site without the images that no post has."""
    rows = grown.collections
    used = {row["featured_media"] for row in rows["posts"]}
    media = [row for row in rows["media"] if row["id"] in used]
    return replace(grown, collections={**rows, "media": media})


@pytest.fixture
def attached(grown: Recording, monkeypatch: pytest.MonkeyPatch) -> Recording:
    """Return the grown site with more images than posts, each attached to one, told by `parent`."""
    monkeypatch.setitem(FILTERS, "parent", _has("post"))
    rows = grown.collections
    posts = [row["id"] for row in rows["posts"]]
    media = [row | {"post": post} for row, post in zip(rows["media"], cycle(posts), strict=False)]
    return replace(grown, collections={**rows, "media": media})


@pytest.mark.parametrize("site", ["recording", "illustrated", "attached"])
def test_the_cost_is_what_a_crawl_s_ledger_counts(
    probe: Probing, site: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    recorded = request.getfixturevalue(site)
    estimates = costs(probe(of=recorded).report)
    with serving(recorded) as url:
        for estimate, requests in zip(estimates, counted(url, tmp_path), strict=True):
            assert is_near(estimate, requests), (estimate, requests)


def test_closed_users_are_told_with_what_closes_them(
    probe: Probing, recording: Recording, tmp_path: Path
) -> None:
    """Its posts' pages tell their authors, as neither a schema nor oEmbed does."""
    refuse, lacking = (
        refusing("users", 401, "rest_user_cannot_view"),
        on_index(namespaces=["wp/v2"]),
    )

    def bend(route: str, query: Query, answer: Answer) -> Answer:
        return lacking(route, query, refuse(route, query, answer))

    probed = probe(bend)
    assert probed.done.returncode == 0
    users = probed.collection("users")
    assert (users["open"], users["status"]) == (False, 401)
    assert users["words"] == "401 rest_user_cannot_view: shown to editors only"
    with serving(Bent(recording, bend)) as url:
        requests = next(counted(url, tmp_path))
    assert is_near(costs(probed.report)[0], requests)


def test_a_firewall_is_told_apart_from_wordpress(probe: Probing) -> None:
    media = probe(refusing("media", 403)).collection("media")
    assert media["words"] == "403: refused by a server or a firewall"


def test_a_closed_api_is_told_with_what_closes_it_and_what_is_open(probe: Probing) -> None:
    closed = refusal(401, "rest_login_required")
    told = {API: closed, "/en/feed": Answer(200, RSS), "/feed": Answer(200, RSS)}
    probed = probe(answering(told))
    assert probed.done.returncode == 1
    report = probed.report
    assert (report["open"], report["api_root"], report["cost"]) == (False, None, None)
    assert any("rest_login_required" in row["words"] for row in report["refusals"])
    assert report["feed"]["entries"] == 3
    assert len([path for path in probed.asked if "feed" in path]) == 1
    table = probe(answering(told), "-s", "LOG_LEVEL=ERROR").done.stdout
    assert "is CLOSED: its API cannot be read" in table.splitlines()[0]
    assert "rest_login_required: the site shows its API to nobody" in table


def test_posts_that_fill_several_sitemaps_are_counted_by_the_first_and_the_last(
    probe: Probing,
) -> None:
    """Where the API does not count them."""
    maps = [f"/en/post-sitemap{number}.xml" for number in ("", 2, 3)]
    first, last = (
        b"<urlset>%s</urlset>"
        % b"".join(b"<url><loc>https://ameforum.net/en/%d/</loc></url>" % i for i in range(size))
        for size in (1000, 20)
    )
    told = {
        **robots("Sitemap: /en/sitemap_index.xml"),
        API: refusal(401, "rest_login_required"),
        "/en/feed": Answer(200, RSS),
        "/en/sitemap_index.xml": Answer(200, index(maps)),
        maps[1]: Answer(200, first),
        maps[2]: Answer(200, last),
        "/en/post-sitemap.xml": Answer(200, first),
    }
    probed = probe(answering(told))
    assert [row["entries"] for row in probed.report["sitemaps"]] == [3, 1000, 20]
    documents = ceil(2020 / 3) + 1 + 1 + len(maps) + 2020  # its feed holds excerpts
    assert 0 < probed.report["cost"]["main"]["requests"] - documents < MOST_DOCUMENTS


def test_sitemaps_that_are_not_where_they_should_be_are_looked_for(
    probe: Probing,
) -> None:
    """As a crawl does it."""
    told = {
        API: refusal(401, "rest_login_required"),
        "/en/wp-sitemap.xml": Answer(404, b""),
        CORE_MAP: Answer(404, b""),
        "/en/sitemap.xml": Answer(200, URLSET),
    }
    report = probe(answering(told)).report
    assert [row["url"].rpartition("/")[2] for row in report["sitemaps"]] == ["sitemap.xml"]


def test_posts_alone_may_be_closed(probe: Probing) -> None:
    probed = probe(refusing("posts", 401, "rest_forbidden"))
    assert probed.done.returncode == 1
    assert probed.collection("posts")["words"] == "401 rest_forbidden: for who is logged in"
    assert probed.report["cost"] is None


def test_a_challenge_is_named_and_nothing_more_is_asked(probe: Probing) -> None:
    challenge = Answer(403, b"<html>", {"cf-mitigated": "challenge", "Content-Type": "text/html"})
    probed = probe(answering({**robots("Disallow:"), "/": challenge}))
    assert probed.done.returncode == 1
    assert "Cloudflare's challenge" in str(probed.report["refusals"])
    assert len(probed.asked) == 2


def test_an_api_that_robots_txt_forbids_is_not_asked_for(probe: Probing) -> None:
    probed = probe(answering(robots(f"Disallow: {API}")))
    assert probed.done.returncode == 1
    assert {"API", "posts", "users"} <= set(probed.report["robots"]["forbids"])
    assert "home page" not in probed.report["robots"]["forbids"]
    assert "robots.txt" in str(probed.report["refusals"])
    assert not [path for path in probed.asked if "wp-json" in path]


def test_a_collection_that_robots_txt_forbids_is_closed_by_it(probe: Probing) -> None:
    probed = probe(answering(robots(f"Disallow: {API}wp/v2/users")))
    assert probed.done.returncode == 0
    assert probed.report["robots"]["forbids"] == ["users"]
    assert probed.collection("users")["words"] == "forbidden by the site's robots.txt"


def test_a_crawl_delay_makes_a_crawl_last(probe: Probing) -> None:
    report = probe(answering(robots("Crawl-delay: 0.2"))).report
    main = report["cost"]["main"]
    assert report["robots"]["crawl_delay"] == report["cost"]["delay"] == 0.2
    assert 0.2 * main["requests"] <= main["seconds"] <= 0.4 * main["requests"] + 1


def test_a_delay_of_the_settings_does_too(probe: Probing) -> None:
    cost = probe(plain, "--json", "-s", "DOWNLOAD_DELAY=0.2").report["cost"]
    assert cost["delay"] == 0.2
    assert cost["everything"]["seconds"] >= 0.2 * cost["everything"]["requests"]


def test_sitemaps_and_the_feed_are_seen(probe: Probing) -> None:
    told = {CORE_MAP: Answer(200, URLSET), "/en/feed": Answer(200, RSS)}
    report = probe(answering(told)).report
    assert [(row["is_index"], row["entries"], row["dated"]) for row in report["sitemaps"]] == [
        (False, 1, True)
    ]
    assert report["feed"]["entries"] == 3
    undated = URLSET.replace(b"<lastmod>2024-05-16T07:53:48Z</lastmod>", b"")
    report = probe(answering(told | {CORE_MAP: Answer(200, undated)})).report
    assert not report["sitemaps"][0]["dated"]


def test_plugins_are_seen(probe: Probing, recording: Recording) -> None:
    names = ["wp/v2", "yoast/v1", "coauthors/v1", "jetpack/v4", "acme/v1"]
    index = {**recording.documents["index"], "namespaces": names}
    posts = [row | {"lang": "en"} for row in recording.collections["posts"]]
    site = replace(
        recording,
        documents={**recording.documents, "index": index},
        collections={**recording.collections, "posts": posts},
    )
    features = probe(of=site).report["features"]
    assert features == ["Yoast SEO", "Co-Authors Plus", "Jetpack", "languages of posts"]


def test_revisions_that_a_password_opens_cost_a_request_a_post() -> None:
    found = {"wp/v2/posts": Finding("", 500), "wp/v2/posts/7/revisions": Finding("", 3)}
    opened = Probe(main="wp/v2/posts", found=found)
    closed = Probe(main="wp/v2/posts", found={"wp/v2/posts": Finding("", 500)})
    assert everything(opened).requests - everything(closed).requests == 500 - 1


def test_a_site_that_bears_less_than_a_hundred_posts_is_asked_for_less(probe: Probing) -> None:
    def bend(route: str, query: Query, answer: Answer) -> Answer:
        large = route == "posts" and int(query.get("per_page", 10)) > 10
        return refusal(400, "rest_invalid_param") if large else answer

    probed = probe(bend)
    assert probed.done.returncode == 0
    assert probed.report["cost"]["main"]["requests"] >= 5 + 8 + 1


def moved(route: str, query: Query, answer: Answer) -> Answer:
    """Lead from each address of the API to another, which is the same."""
    if not (route.startswith(API) or "/" not in route) or "again" in query or answer.status != 200:
        return answer
    return Answer(301, b"", {"Location": "?again=1"})


def hidden(_route: str, _query: Query, answer: Answer) -> Answer:
    """Advertise no API, and have it nowhere."""
    if "text/html" in answer.headers.get("Content-Type", ""):
        return Answer(200, b"<html>", {"Content-Type": "text/html"})
    return answer if answer.status != 200 else Answer(404, b"", {})


def failing(_route: str, _query: Query, answer: Answer) -> Answer:
    return Answer(500, b"", {}) if "json" in answer.headers.get("Content-Type", "") else answer


@pytest.mark.parametrize("bend", [moved, hidden, failing])
def test_no_site_is_asked_for_more_than_15(probe: Probing, bend: Bend) -> None:
    probed = probe(bend)
    report = probed.report
    assert 8 < len(probed.asked) <= report["documents"] <= MOST_DOCUMENTS
    told = json.dumps([report["collections"], report["refusals"]])
    assert "NEWSCRAWL_MOST_DOCUMENTS" not in told, "what was not asked for is not closed"


def test_a_dead_host_is_told_so() -> None:
    done = scrapy("probe", "http://127.0.0.1:1/", *HASTY)
    assert (done.returncode, done.stderr) == (1, "")
    assert "CLOSED" in done.stdout
    assert "Connection was refused" in done.stdout
    assert "2 documents were asked for" in done.stdout, "robots.txt and the page, nothing more"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "URL"),
        (["nonsense"], "URL: 'nonsense'"),
        (["ftp://news.example.org/"], "URL"),
        (["https://a.example", "https://b.example"], "https://b.example"),
        (["https://a.example,https://b.example"], "https://a.example,https://b.example"),
        (["https://a.example", "--xml"], "--xml"),
    ],
)
def test_wrong_arguments_are_named_in_a_line(arguments: list[str], named: str) -> None:
    done = scrapy("probe", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"scrapy probe: {named}")
    assert done.stderr.count("\n") == 1


def test_nothing_is_left_behind(recording: Recording, tmp_path: Path) -> None:
    left = ("-s", "NEWSCRAWL_LEDGER=ledger.json", "-s", 'FEEDS={"posts.jsonl": {}}')
    with serving(recording) as url:
        done = scrapy("probe", url, *left, cwd=tmp_path)
    assert done.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_table_is_for_people(probe: Probing) -> None:
    lines = probe(plain, "-s", "LOG_LEVEL=ERROR").done.stdout.splitlines()
    assert lines[0] == "https://ameforum.net/en is open: its posts can be read by the API"
    rows = [line for line in lines if line.endswith(("open", "not asked for")) and "type" in line]
    assert [row.split() for row in rows] == [
        ["posts", "80", "type", "post", "open"],
        ["pages", "?", "type", "page", "not", "asked", "for"],
    ]
    assert len({row.index("type") for row in rows}) == 1
    assert any(line.split() == ["posts,", "the", "main", "job", "11", "1", "s"] for line in lines)


def test_a_site_s_name_does_not_command_the_terminal(probe: Probing, recording: Recording) -> None:
    own = "a\x1b]0;owned\x07\r\n\x9b31m"
    types = {**recording.documents["types"], own: {"slug": own, "rest_base": "news"}}
    site = replace(recording, documents={**recording.documents, "types": types})
    table = probe(plain, "-s", "LOG_LEVEL=ERROR", of=site).done.stdout
    assert "type a" in table
    assert all(letter.isprintable() for letter in table.replace("\n", ""))


@pytest.mark.parametrize("part", ["wp-json/", "2024/05/a-story/", "wp-json/wp/v2/posts"])
def test_any_address_of_the_site_will_do(recording: Recording, part: str) -> None:
    with serving(recording) as url:
        report = json.loads(scrapy("probe", f"{url}{part}", "--json", *HASTY).stdout)
    assert report["open"]
    assert report["api_root"] == f"{url}wp-json/"
    assert report["documents"] <= MOST_DOCUMENTS


def test_json_has_the_documented_fields_and_no_others(probe: Probing) -> None:
    page = (Path(__file__).parents[1] / "docs/probe.md").read_text(encoding="utf-8")
    table = page.partition("## `--json`")[2]
    for name, value in probe().report.items():
        assert f"`{name}`" in table
        for part in value if isinstance(value, list) else [value]:
            keys = part if isinstance(part, dict) else {}
            assert all(f"`{key}`" in table for key in keys), (name, keys)


def test_the_log_can_be_asked_for(probe: Probing) -> None:
    done = probe(plain, "--json", "-L", "INFO").done
    assert "Spider opened" in done.stderr
    assert json.loads(done.stdout)["open"]


def test_a_real_wordpress(wordpress: WordPressSite, tmp_path: Path) -> None:
    before = len(wordpress.requests())
    done = scrapy("probe", wordpress.url, "--json")
    asked = wordpress.requests()[before:]
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert len(asked) == report["documents"] <= MOST_DOCUMENTS
    assert report["found_by"] == "Link header"
    assert report["feed"]["entries"] == 10
    assert report["sitemaps"]
    closed = [row for row in report["collections"] if not row["open"]]
    assert [(row["name"], row["reason"]) for row in closed] == [("revisions", "rest_cannot_read")]
    for estimate, requests in zip(costs(report), counted(wordpress.url, tmp_path), strict=True):
        assert is_near(estimate, requests), (estimate, requests)
