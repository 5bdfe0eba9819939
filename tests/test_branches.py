"""Where a feed shows few of a site's posts, those of its categories and authors show the others."""

from collections.abc import Callable

import pytest

from newscrawl.demo.recording import Answer, Recording
from tests.crawls import Crawl
from tests.fed import ARCHIVE, HOST, SIZE, Fed
from tests.mapped import XML, index, urlset

POSTS = 80
SHOWN = 2  # pages of the feed
INDEX, LISTED = "/en/wp-sitemap.xml", "/en/wp-sitemap-posts-post-1.xml"
CATEGORIES, AUTHORS = "/en/wp-sitemap-taxonomies-category-1.xml", "/en/wp-sitemap-users-1.xml"


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site with its API closed and a feed that ends after two pages."""
    fed = Fed(recording, branches=True)
    fed.bend = lambda page, answer: answer if page <= SHOWN else Answer(404, b"")
    return fed


@pytest.fixture
def mapped(fed: Fed) -> Fed:
    """Return the site with core's sitemaps: of its posts, categories and authors."""
    terms = sorted({id_ for row in fed.rows for id_ in row["categories"]})
    authors = sorted({row["author"] for row in fed.rows})
    archives = {
        CATEGORIES: [f"{HOST}/en/term/{id_}/" for id_ in terms],
        AUTHORS: [f"{HOST}/en/author/{id_}/" for id_ in authors],
    }
    paths = [LISTED, *archives]
    fed.answers |= {INDEX: Answer(200, index(f"{HOST}{path}" for path in paths), XML)}
    fed.answers |= {LISTED: Answer(200, urlset(fed.rows), XML)}
    for path, urls in archives.items():
        rows = [{"link": url} for url in urls]
        fed.answers[path] = Answer(200, urlset(rows, lambda _row: None), XML)
    return fed


def branches_asked(fed: Fed) -> int:
    """Return how many pages of branches were asked for."""
    return sum(count for path, count in fed.asked.items() if ARCHIVE.fullmatch(path))


def assert_each_once(fed: Fed, done: Crawl) -> None:
    """Assert that every post was written, none twice."""
    assert sorted(row["url"] for row in done.rows) == sorted(row["link"] for row in fed.rows)
    assert done.ledger["collections"]["posts"]["duplicates"] == 0


def test_branches_show_what_a_short_feed_does_not(
    mapped: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Sitemaps prove that it is all."""
    done = crawled()
    assert_each_once(mapped, done)
    account = done.ledger["collections"]["posts"]
    assert (done.status, account["expected"], account["unreadable"]) == (0, POSTS, [])
    assert done.ledger["sources"]["feed"] > POSTS - SIZE
    assert 0 < branches_asked(mapped) < POSTS - SHOWN * SIZE


def test_branches_that_are_closed_leave_pages(mapped: Fed, crawled: Callable[..., Crawl]) -> None:
    mapped.branches = False
    done = crawled()
    assert_each_once(mapped, done)
    pages = POSTS - SHOWN * SIZE
    assert (done.status, done.ledger["sources"]) == (0, {"feed": SHOWN * SIZE, "page": pages})


def test_branches_that_show_nothing_new_cost_no_more_than_pages(
    mapped: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Each has hundreds of pages that show the newest posts in another order."""
    rows = mapped.rows[: SHOWN * SIZE]
    mapped.of = lambda _kind, id_: [rows[(id_ + number) % len(rows)] for number in range(5000)]
    done = crawled()
    assert_each_once(mapped, done)
    assert branches_asked(mapped) <= POSTS - SHOWN * SIZE


def test_few_absent_posts_are_read_by_their_pages(
    mapped: Fed, crawled: Callable[..., Crawl]
) -> None:
    mapped.bend = lambda page, answer: answer if page < POSTS // SIZE else Answer(404, b"")
    done = crawled()
    assert_each_once(mapped, done)
    assert (done.status, branches_asked(mapped)) == (0, 0)


def test_pages_name_the_branches_where_no_sitemap_does(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """The feed shows the same ten posts again; nothing proves that branches show all."""
    fed.bend = lambda _page, _answer: fed.page(1)
    done = crawled()
    assert_each_once(fed, done)
    assert (done.status, done.ledger["sources"]) == (3, {"feed": POSTS})
    assert "the same 10 posts again" in done.reasons


def test_what_pages_name_elsewhere_is_not_asked(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    fed.bend = lambda _page, _answer: fed.page(1)
    whole = fed.webpage

    def foreign(path: str) -> Answer | None:
        answer = whole(path)
        names = b'<a rel="tag" href="http://no.example/t/"></a><a rel="tag" href="http://[/"></a>'
        page = answer.body.replace(b"<article", names + b"<article") if answer else b""
        return answer and Answer(200, page, answer.headers)

    fed.webpage = foreign
    done = crawled()
    assert_each_once(fed, done)
    assert "another site" not in done.reasons


def test_a_limit_asks_no_branch(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """They do not tell which posts are the newest."""
    fed.bend = lambda _page, _answer: fed.page(1)
    done = crawled(limit=20)
    assert (done.status, len(done.rows), branches_asked(fed)) == (3, SIZE, 0)


def test_branches_are_read_back_to_the_time_asked_for(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.bend = lambda _page, _answer: fed.page(1)
    dates = [row["date_gmt"] for row in fed.rows]
    done = crawled(after=f"{dates[24]}Z")
    assert {row["published"] for row in done.rows} == {f"{date}Z" for date in dates[:25]}
