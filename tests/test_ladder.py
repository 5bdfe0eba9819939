"""Where a door is closed the crawl goes on by the next best way, with the same GUIDs."""

import json
import os
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest

from newscrawl.core.identity import guid_key
from newscrawl.core.readers.webpages import AT_ONCE
from newscrawl.core.rss import EITHER
from tests.crawls import Crawl, crawl, is_near, scrapy
from tests.doors import keep_closed
from tests.pages import assert_tells, by_guid
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

POSTS = int(os.environ.get("NEWSCRAWL_LADDER", "150"))  # rows of the site; 2,000: minutes
SKIPPED, SHOWN = "2022-03-27T02:", "2022-03-27T03:"
LIGHT = 20  # requests of a site of a few hundred posts that shows its users
MOST, MOST_FOUND = 0.9, 0.98
NOT_IN_A_RESOURCE = {"relations", "revision_count", "excerpt", "fetched_at"}
PER_PAGE = 10  # posts on a page of a feed
Rows = dict[str, dict[str, Any]]
Behind = Callable[..., Crawl]


@pytest.fixture(scope="module")
def closing_site(testbed: Testbed) -> WordPressSite:
    """Return a news site that can close its doors."""
    return testbed.seeded("closed", POSTS, plugins="closed")


@pytest.fixture(scope="module")
def truth(closing_site: WordPressSite) -> Truth:
    """Return what its database holds."""
    return Truth(closing_site)


@pytest.fixture(scope="module")
def behind(closing_site: WordPressSite, tmp_path_factory: pytest.TempPathFactory) -> Behind:
    """Return a function that crawls the site, once, while it keeps some doors closed."""

    @cache
    def crawled(*doors: str, **arguments: object) -> Crawl:
        folder = tmp_path_factory.mktemp("-".join(doors) or "open")
        return crawl(folder / "posts.jsonl", site=closing_site.url, **arguments)

    def keeping(*doors: str, **arguments: object) -> Crawl:
        keep_closed(closing_site, *doors)
        return crawled(*doors, **arguments)

    return keeping


@pytest.fixture(scope="module")
def known(behind: Behind) -> Rows:
    """Return what the API tells of each post while every door is open."""
    return by_guid(behind())


@pytest.mark.parametrize(
    ("door", "reason"), [("api", "rest_disabled"), ("guests", "rest_not_logged_in")]
)
def test_a_probe_tells_what_closes_the_api_and_what_its_feed_costs(
    behind: Behind, closing_site: WordPressSite, door: str, reason: str
) -> None:
    done = behind(door)
    before = len(closing_site.requests())
    probed = scrapy("probe", closing_site.url, "--json")
    assert len(closing_site.requests()) - before <= 15
    report = json.loads(probed.stdout)
    assert (probed.returncode, report["open"]) == (1, False)
    assert reason in report["refusals"][0]["words"]
    assert report["feed"]["entries"] == PER_PAGE
    cost, requests = report["cost"]["main"]["requests"], done.ledger["requests"]
    assert is_near(cost, requests)
    assert report["cost"]["everything"] is None


def test_a_probe_tells_what_pages_cost_where_the_feed_is_closed_too(
    behind: Behind, closing_site: WordPressSite
) -> None:
    done = behind("api", "feeds")
    report = json.loads(scrapy("probe", closing_site.url, "--json").stdout)
    assert (report["open"], report["feed"]) == (False, None)
    assert is_near(report["cost"]["main"]["requests"], done.ledger["requests"])
    assert "the pages of its posts are what" in scrapy("probe", closing_site.url).stdout


@pytest.mark.parametrize(
    ("door", "reason"), [("api", "rest_disabled"), ("guests", "rest_not_logged_in")]
)
def test_a_closed_api_leaves_the_feed(behind: Behind, truth: Truth, door: str, reason: str) -> None:
    """Recall 1.0: each published post once, with its title, date, byline and terms."""
    done = behind(door)
    rows = by_guid(done)
    assert rows.keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    for post in truth.posts.values():
        row = rows[guid_key(post["guid"])]
        assert row["title"] == post["title"]
        assert row["published"] == told(post["post_date_gmt"])
        assert [author["name"] for author in row["authors"]] == [
            truth.authors[post["author"]]["name"]
        ]
        assert {term["name"] for term in row["terms"][EITHER]} == {
            unescape(term["name"])
            for taxonomy in ("category", "post_tag")
            for term in truth.terms[post["id"]][taxonomy].values()
        }
    account = done.ledger["collections"]["posts"]
    assert len(account["unreadable"]) == len(truth.protected)
    assert (done.status, done.ledger["sources"]) == (0, {"feed": len(truth.posts)})
    assert reason in done.reasons
    assert done.ledger["requests"] <= -(-POSTS // PER_PAGE) + 9


def told(column: object) -> str | None:
    """Return a GMT column as a feed tells it: an hour late in that which spring skips.

    WordPress leaves some unset. The API tells the local time, too, by which it is put right.
    """
    text = str(column).replace(" ", "T").replace(SKIPPED, SHOWN)
    return None if text.startswith(("0000", "None")) else f"{text}Z"


def test_the_feed_tells_the_same_words_as_the_api(behind: Behind, known: Rows) -> None:
    """To the letter but for emoji, which a feed holds without the mark that asks for a picture."""
    by_feed = by_guid(behind("api"))
    assert by_feed.keys() == known.keys()
    for key, row in known.items():
        assert plain(by_feed[key]["content_text"]) == plain(row["content_text"])


def plain(text: str) -> str:
    return text.replace("\N{VARIATION SELECTOR-16}", "")


def test_an_api_without_pretty_addresses_is_read_by_its_other_form(
    behind: Behind, truth: Truth
) -> None:
    done = behind("pretty")
    assert by_guid(done).keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    assert (done.status, done.ledger["sources"]) == (0, {"rest": len(truth.posts)})


def test_hidden_users_close_no_other_door(behind: Behind, truth: Truth) -> None:
    done = behind("users")
    assert by_guid(done).keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    assert done.ledger["sources"] == {"rest": len(truth.posts)}


def test_a_byline_that_only_pages_show_completes_the_api(behind: Behind, truth: Truth) -> None:
    """Neither users nor embedded authors nor oEmbed: two requests an author, and their names."""
    done = behind("users", "oembed")
    assert done.ledger["sources"] == {"rest": len(truth.posts)}
    for row in done.rows:
        known = truth.authors[truth.posts[row["id"]]["author"]]
        assert [(author["id"], author["name"]) for author in row["authors"]] == [
            (known["id"], known["name"])
        ]
    assert done.ledger["requests"] <= 2 * len(truth.authors) + POSTS / 40 + LIGHT


def test_posts_that_the_api_keeps_to_itself_are_read_by_their_pages(
    behind: Behind, known: Rows
) -> None:
    """And told: the API's own total knows nothing of them. Each page leads to its resource."""
    done = behind("some")
    rows = by_guid(done)
    hidden = {key for key, row in known.items() if row["id"] % 20 == 3}
    assert rows.keys() == known.keys()
    for key in hidden:
        for name in known[key].keys() - NOT_IN_A_RESOURCE:
            assert rows[key][name] == known[key][name], name
    assert (done.status, done.ledger["sources"]) == (0, {"rest": len(known)})
    assert f"list {len(hidden)} posts that its API does not show" in done.reasons


def test_without_sitemaps_nothing_proves_that_the_feed_was_whole(
    behind: Behind, truth: Truth
) -> None:
    done = behind("api", "sitemaps")
    assert by_guid(done).keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    assert done.status == 3
    assert "nothing tells how many posts" in done.reasons


def test_pages_are_read_where_api_and_feed_are_closed(
    behind: Behind, known: Rows, truth: Truth
) -> None:
    """Recall 1.0: each published post once, with its id, title, time, byline, terms and words."""
    done = behind("api", "feeds")
    rows = by_guid(done)
    assert rows.keys() == known.keys()
    for key, row in rows.items():
        assert_tells(row, known[key])
    account = done.ledger["collections"]["posts"]
    assert len(account["unreadable"]) == len(truth.protected)
    assert (done.status, done.ledger["sources"]) == (0, {"page": len(truth.posts)})


def test_sitemaps_that_name_no_type_lead_to_every_post_and_to_no_page(
    behind: Behind, closing_site: WordPressSite, truth: Truth
) -> None:
    """Jetpack's: posts, pages, terms and authors alike, in an index in an index."""
    before = len(closing_site.requests())
    done = behind("api", "feeds", "jetpack")
    assert {row["id"] for row in done.rows} == {*truth.posts}
    account = done.ledger["collections"]["posts"]
    assert account["expected"] == len(truth.posts) + len(truth.protected)
    assert (done.status, len(done.rows)) == (0, len(truth.posts))
    assert not any("image-sitemap" in line for line in closing_site.requests()[before:])


def test_a_feed_that_repeats_itself_has_branches(behind: Behind, truth: Truth) -> None:
    """Recall 1.0, for less than the pages of posts would cost."""
    done = behind("api", "capped")
    assert by_guid(done).keys() == {guid_key(post["guid"]) for post in truth.posts.values()}
    assert (done.status, done.ledger["collections"]["posts"]["duplicates"]) == (0, 0)
    assert done.ledger["sources"]["feed"] >= MOST * len(truth.posts)
    assert done.ledger["requests"] < MOST * len(truth.posts)


def test_without_sitemaps_pages_name_branches(behind: Behind, truth: Truth) -> None:
    """The archive lists those whose own archives no other post names; nothing is proved."""
    done = behind("api", "capped", "sitemaps")
    known = {guid_key(post["guid"]) for post in truth.posts.values()}
    assert by_guid(done).keys() == known
    assert (done.status, done.ledger["sources"]["feed"] >= MOST_FOUND * len(known)) == (3, True)


def test_pages_alone_are_found_from_the_home_on(behind: Behind, known: Rows, truth: Truth) -> None:
    """Recall 1.0, but for what has a password; nothing proves that it is all."""
    done = behind("api", "feeds", "sitemaps")
    rows = by_guid(done)
    assert rows.keys() == known.keys()
    for key, row in rows.items():
        assert_tells(row, known[key])
    assert (done.status, done.ledger["sources"]) == (3, {"page": len(truth.posts)})
    assert "nothing tells how many posts" in done.reasons
    assert done.ledger["requests"] <= POSTS + POSTS / PER_PAGE + 15


@pytest.mark.parametrize("doors", [("lists", "feeds"), ("lists", "excerpts")], ids="-".join)
def test_pages_lead_to_resources_that_are_open(
    behind: Behind, known: Rows, doors: tuple[str, ...]
) -> None:
    """What the API would tell where its list were open, but for the relations of each post."""
    done = behind(*doors)
    rows = by_guid(done)
    assert rows.keys() == known.keys()
    assert (done.status, done.ledger["sources"]) == (0, {"rest": len(rows)})
    for key, row in known.items():
        for name in row.keys() - NOT_IN_A_RESOURCE:
            assert rows[key][name] == row[name], name


def test_resources_that_are_closed_are_asked_for_a_few_times(
    behind: Behind, closing_site: WordPressSite
) -> None:
    """The list is what the API refuses, and so is each post; its pages tell of them."""
    before = len(closing_site.requests())
    done = behind("lists", "posts", "feeds")
    asked = [line for line in closing_site.requests()[before:] if "/wp/v2/posts/" in line]
    assert (done.status, done.ledger["sources"]) == (0, {"page": len(done.rows)})
    assert len(asked) <= AT_ONCE + 2


def test_a_feed_of_excerpts_leads_to_the_pages(behind: Behind, known: Rows) -> None:
    done = behind("api", "excerpts", limit=PER_PAGE * 3)
    rows = by_guid(done)
    assert (done.status, done.ledger["sources"]) == (0, {"page": len(rows)})
    assert len(rows) + len(done.ledger["collections"]["posts"]["unreadable"]) == PER_PAGE * 3
    for key, row in rows.items():
        assert_tells(row, known[key])
        assert row["excerpt"]


def test_where_every_door_is_closed_each_is_named(behind: Behind) -> None:
    done = behind("api", "feeds", "sitemaps", "pages")
    assert done.status == 1
    assert "rest_disabled" in done.stderr
    assert "/feed/" in done.stderr
    assert "HTTP 403" in done.stderr
