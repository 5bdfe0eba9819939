"""Faults of real sites before a real WordPress: nothing is lost without a word, nobody is hurt."""

import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from itertools import pairwise
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import pytest

from newscrawl.core.identity import guid_key
from tests import faults
from tests.crawls import PROJECT, Crawl, crawl
from tests.faults import FAULTS, Fault
from tests.faulty import Answer, Asked, Inject, Proxy, faulty
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

POSTS = 150
EXIT = {"recovered": 0, "withheld": 3, "refused": 1}


@pytest.fixture(scope="module")
def site(testbed: Testbed) -> WordPressSite:
    """Return a small site of its own."""
    return testbed.seeded("faulty", POSTS)


@pytest.fixture(scope="module")
def small(site: WordPressSite) -> Truth:
    """Return what its database says."""
    return Truth(site)


@pytest.fixture
def newest(small: Truth) -> list[int]:
    """Return the ids of its posts, newest first."""
    posts = sorted(small.posts.values(), key=lambda post: post["post_date"], reverse=True)
    return [post["id"] for post in posts]


def crawled(fault: Fault, proxy: Proxy, folder: Path) -> Crawl:
    options = [part for name, value in fault.settings.items() for part in ("-s", f"{name}={value}")]
    return crawl(folder / "posts.jsonl", *options, **{"site": proxy.url, **fault.arguments})


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_and_what_becomes_of_it(
    site: WordPressSite, small: Truth, newest: list[int], tmp_path: Path, fault: Fault
) -> None:
    faults.POISONED["slug"] = small.posts[newest[faults.POISON]]["slug"]
    faults.POISONED["image"] = next(image["id"] for image in small.images.values())
    with faulty(site.port, fault.inject) as proxy:
        done = crawled(fault, proxy, tmp_path)
    told = json.dumps(done.ledger)
    assert "Traceback" not in done.stderr
    assert done.status == EXIT[fault.end], (done.stderr[-3000:], told[:3000])
    assert fault.told in told
    known = {guid_key(post["guid"]): id_ for id_, post in small.posts.items()}
    rows = done.rows if done.feed.exists() else []
    ids = [known.get(guid_key(row["guid"] or ""), row["id"]) for row in rows]
    assert len(ids) == len(set(ids))
    if fault.end == "recovered":
        assert set(ids) == set(newest)
    if fault.withheld is not None:
        withheld = newest[fault.withheld]
        assert set(ids) == set(newest) - {withheld}
        unreadable = done.ledger["collections"]["posts"]["unreadable"]
        assert withheld in {post["id"] for post in unreadable}
    if fault.end == "refused":
        assert not ids
        assert len(proxy.of("/wp-json")) < 30


def test_the_page_of_faults_is_their_table() -> None:
    page = (PROJECT / "docs/faults.md").read_text(encoding="utf-8")
    assert page.endswith(faults.table())


def robots(rules: bytes) -> Inject:
    """Return a fault that is none: the site's robots.txt."""

    def inject(asked: Asked, answer: Answer) -> Answer:
        if asked.path != "/robots.txt":
            return answer
        return Answer(200, b"User-agent: *\n" + rules, {"Content-Type": "text/plain"})

    return inject


def commented(proxy: Proxy, folder: Path, at_once: int) -> Crawl:
    """Return a crawl of posts and comments, so many requests at a time."""
    several = ("-s", f"CONCURRENT_REQUESTS_PER_DOMAIN={at_once}")
    return crawl(folder / "posts.jsonl", *several, site=proxy.url, items="posts,comments")


def test_the_delay_of_robots_txt_is_kept(
    site: WordPressSite, newest: list[int], tmp_path: Path
) -> None:
    with faulty(site.port, robots(b"Crawl-delay: 0.4\n")) as proxy:
        done = commented(proxy, tmp_path, at_once=8)
    assert done.status == 0
    assert {row["id"] for row in done.rows if row["kind"] == "post"} == set(newest)
    assert len(proxy.log) > 8
    assert min(later.came - sooner.came for sooner, later in pairwise(proxy.log)) >= 0.4
    assert done.ledger["pace"]["smallest_gap"] >= 0.4
    assert done.ledger["pace"]["most_at_once"] == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_site_that_asks_for_quiet_has_it(
    site: WordPressSite, newest: list[int], tmp_path: Path, status: int, form: str
) -> None:
    def tired(asked: Asked, answer: Answer) -> Answer:
        told = faults.in_seconds(3) if form == "date" else "2"
        refusal = Answer(status, b"", {"Retry-After": told, "Content-Type": "text/html"})
        return refusal if asked.number == 6 and asked.is_api else answer

    with faulty(site.port, tired) as proxy:
        done = commented(proxy, tmp_path, at_once=4)
    assert done.status == 0
    assert {row["id"] for row in done.rows if row["kind"] == "post"} == set(newest)
    refused = next(entry for entry in proxy.log if entry.status == status)
    behind = [entry.came for entry in proxy.log if entry.came > refused.went]
    assert behind
    assert min(behind) - refused.went >= 2
    assert done.ledger["pace"]["pauses"] == 1
    assert done.ledger["pace"]["waited"] >= 2


def test_no_disallowed_path_is_asked_for(site: WordPressSite, tmp_path: Path) -> None:
    with faulty(site.port, robots(b"Disallow: /wp-json/wp/v2/media\n")) as proxy:
        done = crawl(tmp_path / "posts.jsonl", site=proxy.url)
    assert done.rows
    assert not proxy.of("/wp/v2/media")
    assert proxy.of("/wp/v2/users")
    assert {"forbidden by the site's robots.txt"} == {r["reason"] for r in done.ledger["refusals"]}


def test_a_crawl_at_many_at_once_shrinks_to_what_the_site_bears(
    site: WordPressSite, newest: list[int], tmp_path: Path
) -> None:
    """It begins with one at a time; each answer takes as long as there are requests."""
    flying = Lock()

    def one_by_one(_asked: Asked, answer: Answer) -> Answer:
        with flying:
            sleep(0.15)
        return answer

    with faulty(site.port, one_by_one) as proxy:
        done = crawl(
            tmp_path / "all.jsonl",
            *("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"),
            site=proxy.url,
            items="all",
            follow="all",
        )
    assert done.status == 0
    assert {row["id"] for row in done.rows if row["kind"] == "post"} == set(newest)
    assert 1 <= done.ledger["pace"]["most_at_once"] <= 3


def test_nothing_is_asked_of_a_host_that_a_site_points_to(
    site: WordPressSite, tmp_path: Path
) -> None:
    """Links, redirects, an advertised API: whatever a site writes, its own host is asked alone."""
    with faulty(site.port, lambda _asked, answer: answer) as trap:
        elsewhere = trap.url.replace("127.0.0.1", "localhost")

        def pointing(asked: Asked, answer: Answer) -> Answer:
            if asked.route in {"media", "users"}:
                return Answer(302, b"", {"Location": elsewhere + asked.path.lstrip("/")})
            body = answer.body.replace(f"127.0.0.1:{site.port}".encode(), trap.url[7:-1].encode())
            return answer.with_(body, Link=f'<{elsewhere}wp-json/>; rel="https://api.w.org/"')

        with faulty(site.port, pointing) as proxy:
            done = crawl(tmp_path / "all.jsonl", site=proxy.url, items="all", follow="all")
    assert [row for row in done.rows if row["kind"] == "post"]
    assert done.status == 3
    assert trap.log == []


def test_who_asks_says_so_and_whom_to_write_to(site: WordPressSite, tmp_path: Path) -> None:
    page = "https://example.org/about"
    with faulty(site.port, lambda _asked, answer: answer) as proxy:
        crawl(tmp_path / "a.jsonl", "-s", f"NEWSCRAWL_CONTACT={page}", site=proxy.url, limit=1)
        crawl(tmp_path / "b.jsonl", site=proxy.url, limit=1)
    agents = {entry.agent for entry in proxy.log}
    assert len(agents) == 2
    assert all(agent.startswith("newscrawl/") for agent in agents)
    assert [agent for agent in agents if agent.endswith(f"(+{page})")]


def test_a_password_goes_to_its_site_alone(site: WordPressSite, tmp_path: Path) -> None:
    netrc = site.editor(tmp_path)
    secret = netrc.read_text(encoding="utf-8").split('"')[1]
    with faulty(site.port, lambda _asked, answer: answer) as proxy:
        done = crawl(
            tmp_path / "all.jsonl",
            *("-s", "LOG_LEVEL=DEBUG"),
            netrc=netrc,
            site=proxy.url,
            items="all",
            follow="all",
        )
    assert done.status == 0
    kept = done.feed.read_text(encoding="utf-8") + json.dumps(done.ledger) + done.stderr
    assert secret not in kept
    assert b64encode(f"author1:{secret}".encode()).decode() not in kept
    assert all(entry.path.count("author1:") == 0 for entry in proxy.log)


def resting(seconds: int, number: int) -> Inject:
    """Return a fault: one request of the API is answered by 429, and a wish for quiet."""
    answer = Answer(429, b"", {"Retry-After": str(seconds), "Content-Type": "text/html"})
    return faults.instead(answer, lambda asked, _answer: asked.is_api and asked.number == number)


def test_a_site_that_rests_keeps_no_other_from_being_read(
    site: WordPressSite, tmp_path: Path
) -> None:
    with (
        faulty(site.port, resting(8, 3)) as tired,
        faulty(site.port, lambda _asked, answer: answer) as fresh,
    ):
        done = crawl(tmp_path / "posts.jsonl", site=f"{tired.url},{fresh.url}")
    assert done.rows
    rested = next(entry for entry in tired.log if entry.status == 429)
    behind = [entry.came for entry in tired.log if entry.came > rested.went]
    assert min(behind) - rested.went >= 8
    assert fresh.log[-1].went < min(behind)
    asked = [account["requests"] for account in done.ledger["sites"]]
    assert asked == [len(tired.log), len(fresh.log)]  # robots.txt of each among them


def test_a_crawl_that_waits_can_be_stopped(site: WordPressSite, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "crawl",
        "wordpress",
        "-O",
        str(tmp_path / "p.jsonl"),
    ]
    with (
        faulty(site.port, resting(600, 5)) as proxy,
        subprocess.Popen(
            [*command, "-a", f"site={proxy.url}"],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stderr=subprocess.PIPE,
            text=True,
        ) as run,
    ):
        while not any(entry.status == 429 for entry in proxy.log):
            sleep(0.1)
        sleep(1)
        run.send_signal(signal.SIGINT)
        began = monotonic()
        _, stderr = run.communicate(timeout=30)
    assert monotonic() - began < 10
    assert "INTERRUPTED" in stderr
    assert "Traceback" not in stderr
    assert run.returncode == 1
