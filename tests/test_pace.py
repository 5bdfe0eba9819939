"""The pace of a host, on a clock of the tests' own: growth, strain, two clocks that never mix."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from time import monotonic
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.core.ledger import Ledger
from newscrawl.core.pace import LONGEST_PAUSE, Pace, retry_after
from newscrawl.core.plan import Plan
from newscrawl.core.rendering import PARTS
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import Site
from newscrawl.middlewares.pace import PaceMiddleware

EVEN = 0.5  # jitter that changes nothing
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_site_has_one_pace_on_all_its_hosts_and_shares_it_with_others_there() -> None:
    first, second = (
        Site(url, Plan(), Ledger(url), root=ApiRoot("https://api.news.example/wp-json/"))
        for url in ("https://www.news.example/en/", "https://news.example/de/")
    )
    crawler = get_crawler()
    crawler.spider = SimpleNamespace(sites=[first, second])  # type: ignore[assignment] # enough
    middleware = PaceMiddleware(crawler)
    for url, site in [
        ("https://www.news.example/en/", first),
        ("https://news.example/wp-json/", first),
        ("https://api.news.example/wp-json/", first),
        ("https://news.example/de/", second),
        ("https://api.news.example/robots.txt", None),
    ]:
        request = Request(url, cb_kwargs={"site": site} if site else {})
        asyncio.run(middleware.process_request(request))
        middleware.process_response(request, Response(url))
    assert list(middleware.gates) == ["news.example"]
    assert first.ledger.pace is second.ledger.pace


def run(
    pace: Pace, requests: int, latency: Callable[[int], float], now: float = 0.0
) -> list[float]:
    """Return when each request left, as many at a time as the pace allows."""
    now, flying = 0.0, list[tuple[float, float]]()
    departures: list[float] = []
    while len(departures) < requests or flying:
        wait = pace.wait(now) if len(departures) < requests else None
        if wait is None:
            now, departed = flying.pop(0)
            pace.arrive(now, departed, "posts")
        elif wait:
            now += wait
        else:
            pace.depart(now)
            departures.append(now)
            flying = sorted([*flying, (now + latency(pace.active), now)])
    return departures


def test_it_begins_with_one_at_a_time_and_grows_while_documents_take_no_longer() -> None:
    pace = Pace(most=4)
    run(pace, 200, lambda _active: 0.3)
    assert pace.kept.most_at_once == 4
    assert pace.limit == 4


def test_a_site_that_slows_down_is_asked_one_at_a_time() -> None:
    """Two at a time take twice as long each: nothing is won, and the site strains."""
    pace = Pace(most=4)
    departures = run(pace, 200, lambda active: 0.3 * active)
    assert pace.kept.most_at_once == 2
    late = departures[100:]
    assert (late[-1] - late[0]) / len(late) > 0.25


def test_it_never_grows_beyond_the_setting() -> None:
    pace = Pace(most=1)
    run(pace, 100, lambda _active: 0.1)
    assert pace.kept.most_at_once == 1


def test_a_delay_parts_requests_and_lets_one_leave_at_a_time() -> None:
    pace = Pace(most=8, delay=2.0)
    departures = run(pace, 20, lambda _active: 0.5)
    gaps = [later - sooner for sooner, later in pairwise(departures)]
    assert min(gaps) >= 2.0
    assert pace.kept.smallest_gap == min(gaps)


def test_a_pause_grows_with_each_sign_of_strain_and_ends_with_a_document() -> None:
    pace = Pace()
    now, pauses = 0.0, []
    for _ in range(12):
        now += pace.wait(now) or 0.0
        pace.depart(now)
        pace.strain(now, now, None, EVEN)
        pauses.append(pace.paused_until - now)
    assert pauses[:4] == [1.0, 2.0, 4.0, 8.0]
    assert pauses[-1] == LONGEST_PAUSE
    now += pace.wait(now) or 0.0
    pace.depart(now)
    pace.arrive(now, now, "posts")
    pace.depart(now)
    pace.strain(now, now, None, EVEN)
    assert pace.paused_until - now == 1.0


def test_what_was_under_way_when_a_pause_began_does_not_make_it_longer() -> None:
    pace = Pace(most=4, limit=4)
    for _ in range(4):
        pace.depart(0.0)
    for arrival in (1.0, 1.1, 1.2, 1.3):
        pace.strain(arrival, 0.0, None, EVEN)
    assert pace.strains == 1
    assert pace.paused_until == pytest.approx(2.3)


@pytest.mark.parametrize(
    ("asked", "pause"),
    [(0.0, 1.0), (30.0, 30.0), (None, 1.0), (1e9, 1e9)],
)
def test_retry_after_is_kept_and_zero_does_not_switch_the_pause_off(
    asked: float | None, pause: float
) -> None:
    pace = Pace()
    pace.depart(0.0)
    pace.strain(0.0, 0.0, asked, EVEN)
    assert pace.wait(0.0) == pause


def test_the_two_clocks_do_not_mix() -> None:
    """A pause is no delay: when it is over, requests are as far apart as before it."""
    pace = Pace(delay=1.0)
    pace.depart(0.0)
    pace.strain(0.0, 0.0, 60.0, EVEN)
    assert pace.wait(0.0) == 60.0
    pace.depart(60.0)
    pace.arrive(60.2, 60.0)
    assert pace.wait(60.2) == pytest.approx(1.0)


def test_a_document_that_broke_is_followed_by_a_short_pause_however_often() -> None:
    pace = Pace()
    for now in (0.0, 10.0, 20.0):
        pace.depart(now)
        pace.stumble(now, EVEN)
        assert pace.wait(now) == 1.0


@pytest.mark.parametrize(
    ("told", "date", "seconds"),
    [
        ("120", "", 120.0),
        (" 7 ", "", 7.0),
        ("Thu, 01 Jan 2026 12:01:00 GMT", "", 60.0),
        # the host's own clock is an hour slow
        ("Thu, 01 Jan 2026 11:01:00 GMT", "Thu, 01 Jan 2026 11:00:00 GMT", 60.0),
        ("Thu, 01 Jan 2026 11:59:00 GMT", "", 0.0),
        ("soon", "", None),
        ("Thu, 01 Jan 99999999999999999999 12:00:00 GMT", "", None),
        ("Thu, 01 Jan 2026 12:01:00 +9999", "", None),
        ("9" * 400, "", 999_999_999_999.0),
        ("-5", "", None),
        ("", "", None),
    ],
)
def test_retry_after_in_both_forms(told: str, date: str, seconds: float | None) -> None:
    assert retry_after(told, date, NOW) == seconds


def test_the_pace_that_was_kept() -> None:
    pace = Pace(most=2, limit=2)
    for now in (0.0, 0.1, 0.2, 1.15):
        pace.depart(now)
        pace.arrive(now, now)
    assert pace.kept.account() == {
        "most_at_once": 1,
        "most_a_second": 3,
        "smallest_gap": 0.1,
        "waited": 0.0,
        "pauses": 0,
        "retries": 0,
    }


def test_a_page_that_asked_for_more_is_followed_by_as_many_delays() -> None:
    """Crawl-delay is between requests, whoever sends them."""
    crawler = get_crawler()
    middleware = PaceMiddleware(crawler)
    page = Request("https://news.example/2024/strike/")
    gate = middleware._gate(page)
    gate.pace.delay = 5.0
    asyncio.run(middleware.process_request(page))
    page.meta[PARTS] = 3
    middleware.process_response(page, Response(page.url))
    assert 19 < (gate.pace.wait(monotonic()) or 0) <= 20


def test_a_request_that_did_not_leave_strains_nobody() -> None:
    crawler = get_crawler()
    middleware = PaceMiddleware(crawler)
    page = Request("https://news.example/2024/strike/")
    asyncio.run(middleware.process_request(page))
    middleware.process_exception(page, IgnoreRequest("no browser"))
    pace = middleware._gate(page).pace
    assert (pace.wait(monotonic()), pace.kept.pauses) == (0, 0)
