"""A store below the API: what is renamed, moved or refused is neither lost nor twice."""

import itertools
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl.core.ledger import Ledger
from newscrawl.core.plan import Plan
from newscrawl.core.readers.excerpts import WITHOUT_PAGE
from newscrawl.core.readers.locating import home_of
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of, keys_of
from newscrawl.core.stand_ins import OF_ANOTHER
from newscrawl.core.standing import Register, Standing
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HTML, Fed
from tests.test_store import read

POSTS = 80
SHORTLINK, BODY = (b'rel="shortlink"', b""), (b"<body>", b'<body class="single-post">')
CLOSED = Answer(403, b"No feed.")
ALIVE = "SELECT url FROM posts WHERE deleted IS NULL"
Again = Callable[..., Crawl]


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site, its API closed, whose sitemap lists all posts."""
    fed = Fed(recording)
    fed.listed = lambda: fed.rows
    return fed


def shut(fed: Fed) -> None:
    """Close the feed of a site: its pages are left."""
    fed.bend = lambda _page, _answer: CLOSED


def open_again(fed: Fed) -> None:
    fed.bend = lambda _page, answer: answer


def without_shortlinks(fed: Fed) -> None:
    """Let the pages of a site name no shortlink."""
    whole = fed.webpage

    def bare(path: str) -> Answer | None:
        answer = whole(path)
        return answer and Answer(200, answer.body.replace(*SHORTLINK).replace(*BODY), HTML)

    fed.webpage = bare  # type: ignore[method-assign] # a theme of its own


def rename(fed: Fed, number: int = 0) -> None:
    """Give a post another slug; its old address leads to the new one."""
    row = fed.rows[number]
    old = row["link"]
    row["link"] = f"{old.rstrip('/')}-renamed/"
    fed.answers[urlsplit(old).path] = Answer(301, b"", {"Location": urlsplit(row["link"]).path})


def told(done: Crawl) -> list[tuple[str, str]]:
    return sorted((row["change"], row["reason"] or urlsplit(row["url"]).path) for row in done.rows)


def alive(store: str, fed: Fed) -> bool:
    """Return whether a store has each post of a site once, at its address, and no other."""
    stored = [urlsplit(row["url"]).path for row in read(store, ALIVE)]
    return sorted(stored) == sorted(urlsplit(row["link"]).path for row in fed.rows)


@pytest.fixture
def again(fed: Fed, tmp_path: Path, store: str) -> Again:
    """Return a function that crawls the site, served at one address, into a store."""
    tmp_path.mkdir(exist_ok=True)
    count = itertools.count()

    def again(url: str, **arguments: object) -> Crawl:
        fed.stand_at(url)
        feed = tmp_path / f"{next(count)}.jsonl"
        return crawl(feed, site=url, store=store, **arguments)

    return again


def test_a_post_that_has_its_first_address_for_its_guid_is_renamed(
    fed: Fed, again: Again, store: str
) -> None:
    """WordPress gives one to a post that is published at once; a page tells the shortlink.

    A page tells no more of an address than its site does now: no row tells of another rung's.
    """
    for row in fed.rows:
        row["guid"] = {"rendered": row["link"]}
    shut(fed)
    with serving(fed) as url:
        first = again(url)
        rename(fed)
        open_again(fed)
        second, third = again(url), again(url)
    assert (first.status, len(first.rows)) == (0, POSTS)
    assert (second.status, second.rows, third.status, third.rows) == (0, [], 0, [])
    assert alive(store, fed)


@pytest.mark.parametrize("rung", ["feed", "pages"])
def test_a_post_that_is_known_by_its_address_alone_and_renamed_is_another(
    fed: Fed, again: Again, store: str, rung: str
) -> None:
    """By its feed, with its first address for a GUID, or by a page without a shortlink."""
    for row in fed.rows:
        row["guid"] = {"rendered": row["link"]}
    if rung == "pages":
        without_shortlinks(fed)
        shut(fed)
    with serving(fed) as url:
        again(url)
        rename(fed)
        shut(fed)
        second, third = again(url), again(url)
    assert told(second) == [("deleted", OF_ANOTHER), ("new", urlsplit(fed.rows[0]["link"]).path)]
    assert (second.status, third.status, third.rows) == (0, 0, [])
    assert alive(store, fed)


def test_a_site_that_answers_as_if_nothing_were_there_deletes_nothing(
    fed: Fed, again: Again, store: str
) -> None:
    """From its third page on the feed is gone, and so are sitemaps and posts."""
    with serving(fed) as url:
        again(url)
        fed.bend = lambda page, answer: answer if page < 3 else Answer(404, b"")
        fed.listed, fed.pages = None, False
        second = again(url)
        fed.listed, fed.pages = lambda: fed.rows, True
        open_again(fed)
        third = again(url)
    assert (second.status, second.rows) == (3, [])
    assert "nothing is sure to be gone" in second.reasons
    assert (third.status, third.rows, alive(store, fed)) == (0, [], True)


def test_what_went_is_deleted_where_another_page_is_there(
    fed: Fed, again: Again, store: str
) -> None:
    with serving(fed) as url:
        again(url)
        gone = fed.rows[:3]
        for row in gone:
            fed.recording.collections["posts"].remove(row)
        second = again(url)
    assert told(second) == [("deleted", "HTTP 404")] * 3
    assert (second.status, alive(store, fed)) == (0, True)


def test_a_page_that_is_refused_for_a_while_swallows_no_edit(
    fed: Fed, again: Again, store: str
) -> None:
    """The feed holds excerpts, which are as they were: the page is what tells of an edit."""
    fed.whole = False
    with serving(fed) as url:
        first = again(url)
        edited = fed.rows[3]
        edited["content"] = {"rendered": "<p>Other words than those of yesterday.</p>" * 9}
        fed.pages = False
        second = again(url)
        fed.pages = True
        third = again(url)
    refused = {row["reason"] for row in second.ledger["collections"]["posts"]["unreadable"]}
    assert (first.status, second.status, second.rows) == (0, 3, [])
    assert refused == {WITHOUT_PAGE.format(reason="HTTP 404")}
    assert told(third) == [("updated", urlsplit(edited["link"]).path)]
    assert (third.status, alive(store, fed)) == (0, True)


def test_a_site_that_moved_has_the_same_posts_though_its_pages_name_no_ids(
    fed: Fed, again: Again, store: str
) -> None:
    without_shortlinks(fed)
    shut(fed)
    with serving(fed) as url:
        again(url)
        old = url
    with serving(fed) as url:
        second, third = again(url, same_as=old), again(url)
    assert {change for change, _ in told(second)} <= {"updated"}, "content names the host"
    assert (second.status, third.status, third.rows) == (0, 0, [])
    assert alive(store, fed)


def test_a_feed_that_counts_its_readers_by_the_addresses_of_posts_is_as_it_was(
    fed: Fed, again: Again
) -> None:
    """What the sitemaps list without that is no other post: nothing is read once more."""
    tag = {"ETag": '"1"'}

    def bend(_page: int, answer: Answer) -> Answer:
        counted = answer.body.replace(b"/</link><dc", b"/?ref=rss</link><dc")
        return Answer(answer.status, counted, {**answer.headers, **tag})

    fed.bend = bend
    with serving(fed) as url:
        first = again(url)
        fed.bend = lambda _page, _answer: Answer(304, b"", tag)
        before = sum(fed.asked.values())
        second = again(url)
    assert {urlsplit(row["url"]).query for row in first.rows} == {"ref=rss"}
    assert (second.status, second.rows) == (0, [])
    assert sum(fed.asked.values()) - before < 10


def test_a_post_whose_address_another_has_taken_is_asked_for_by_its_guid(
    fed: Fed, again: Again, store: str
) -> None:
    """A feed tells no id, but ``?p=ID``; the old address leads to one with the same slug."""
    gone = fed.rows[5]
    with serving(fed) as url:
        again(url)
        fed.recording.collections["posts"].remove(gone)
        old = urlsplit(gone["link"]).path
        fed.rows[0]["link"] = f"https://ameforum.net/en/other{old[3:]}"
        path = urlsplit(fed.rows[0]["link"]).path
        fed.answers[old] = Answer(301, b"", {"Location": path})
        fed.answers[f"/en/?p={gone['id']}"] = Answer(404, b"")
        second, third = again(url), again(url)
    assert {row["change"] for row in second.rows} == {"deleted", "updated"}
    assert (second.status, third.status, third.rows) == (0, 0, [])
    assert alive(store, fed)


def test_of_two_known_posts_with_one_address_the_former_is_asked_for() -> None:
    """A crawl with a gap has left it: the address is listed for the other one."""
    url = "https://a.example/one/"
    told = [(f"a.example?p={id_}", "post", id_, f"https://a.example/?p={id_}") for id_ in (8, 7)]
    times = ["2024-05-16T00:00:00Z", "2024-05-15T00:00:00Z"]
    later, former = (
        Standing(*names, url, time, None, "page") for names, time in zip(told, times, strict=True)
    )
    register = Register.of([later, former])
    register.met.add(later.key)
    assert list(register.absent([key_of(url)])) == []
    assert list(register.replaced()) == [former]
    assert register.posts == {key_of(url): later}


@pytest.mark.parametrize("feed", ["https://a.example/en/feed/", "https://a.example/en/feed?x=1"])
def test_a_feed_says_where_its_site_is(feed: str) -> None:
    """Permalinks without a slash at their end leave it out there, too."""
    site = Site("https://a.example/en/one", Plan(), Ledger(""), feeds=[feed])
    assert home_of(site) == "https://a.example/en"


def test_a_post_whose_address_is_on_another_host_stands(fed: Fed, again: Again) -> None:
    """Plugins lead it there; the feed that is as it was says that it is, too."""
    tag, away = {"ETag": '"1"'}, fed.rows[4]
    away["link"] = "https://elsewhere.example/paper/"
    fed.answers["/paper/"] = Answer(404, b"")
    fed.bend = lambda _page, answer: Answer(answer.status, answer.body, {**answer.headers, **tag})
    rest = [row for row in fed.rows if row is not away]
    fed.listed = lambda: rest
    with serving(fed) as url:
        again(url)
        fed.bend = lambda _page, _answer: Answer(304, b"", tag)
        second = again(url)
    assert (second.status, second.rows) == (0, [])


def test_two_posts_that_lead_to_one_address_stand(fed: Fed, again: Again) -> None:
    tag, target = {"ETag": '"1"'}, "https://ameforum.net/en/about-all/"
    for row in fed.rows[3:5]:
        row["link"] = target
    fed.bend = lambda _page, answer: Answer(answer.status, answer.body, {**answer.headers, **tag})
    rest = [row for row in fed.rows if row["link"] != target]
    fed.listed = lambda: rest
    about = f'<body class="page page-id-9"><main><h1>All</h1>{"<p>About all.</p>" * 40}</main>'
    fed.answers["/en/about-all/"] = Answer(200, about.encode(), HTML)
    with serving(fed) as url:
        first = again(url)
        fed.bend = lambda _page, _answer: Answer(304, b"", tag)
        second = again(url)
    assert len(first.rows) == POSTS
    assert (second.status, second.rows) == (0, [])


def test_what_counts_readers_is_no_part_of_an_address() -> None:
    assert "a.example?p=7" in keys_of("https://a.example/?p=7&ref=rss")
    assert "a.example/one" in keys_of("https://a.example/one/?ref=rss")
