"""Sitemaps below the API: however they are named, nested and packed, what they list is read."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newscrawl.core.documents import Damaged, Document, UnreadableDocument
from newscrawl.core.listing import MOST_DEPTH, MOST_SITEMAPS, TOO_DEEP, TOO_MANY, Listing
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.readers.webpages import AT_ONCE, MOST_PASSED
from newscrawl.core.reading import Reading
from newscrawl.core.sitemap_names import chosen
from newscrawl.core.sitemaps import contents_in
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HOST, HTML, SIZE, Fed, static_page
from tests.mapped import XML, document, index, urlset

Row = dict[str, Any]
POSTS = 80
ABOUT = "/en/about/"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site with its API closed, and a post that its feed does not show."""
    fed = Fed(recording)
    absent = fed.rows[33]["guid"]["rendered"]

    def hide(_page: int, answer: Answer) -> Answer:
        before, found, rest = answer.body.partition(absent.encode())
        if not found:
            return answer
        end = rest.partition(b"</item>")[2]
        return Answer(200, before.rpartition(b"<item>")[0] + end, answer.headers)

    fed.bend = hide
    fed.answers[ABOUT] = static_page()
    return fed


def mixed(rows: list[Row], *others: str) -> bytes:
    """Return a sitemap of posts and of other pages."""
    return urlset([*rows, *({"link": f"{HOST}{path}"} for path in others)], lambda _row: None)


def named(*names: str) -> Answer:
    """Return an index of sitemaps."""
    return Answer(200, index(f"{HOST}/en/{name}" for name in names), XML)


def news(rows: list[Row]) -> bytes:
    """Return a sitemap of Google News."""
    told = "<news:news><news:title>Seen</news:title></news:news>"
    return document(
        "urlset", [f"<url><loc>{row['link']}</loc>{told}</url>" for row in rows]
    ).replace(b"<urlset", f"<urlset {NEWS}".encode())


def archive(rows: list[Row]) -> Answer:
    """Return a home that lists posts."""
    listed = [
        f'<div class="type-post"><h2><a href="{row["link"]}">x</a></h2></div>' for row in rows
    ]
    return Answer(200, f"<html><body>{''.join(listed)}</body></html>".encode(), HTML)


def assert_whole(fed: Fed, done: Crawl) -> None:
    """Assert that every post was written once, that which the feed hides by its page."""
    assert sorted(row["url"] for row in done.rows) == sorted(row["link"] for row in fed.rows)
    assert (done.status, done.ledger["sources"]) == (0, {"feed": POSTS - 1, "page": 1})
    account = done.ledger["collections"]["posts"]
    assert (account["expected"], account["unreadable"]) == (POSTS, [])


def test_sitemaps_that_name_no_type_are_read(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """Jetpack's: an index in an index; those of images are left out, a page is of no post."""
    fed.robots = ["Sitemap: /en/sitemap.xml"]
    fed.answers |= {
        "/en/sitemap.xml": named("sitemap-index-1.xml", "image-sitemap-index-1.xml"),
        "/en/sitemap-index-1.xml": named("sitemap-1.xml", "sitemap-2.xml"),
        "/en/sitemap-1.xml": Answer(200, mixed(fed.rows[:50], "/en/"), XML),
        "/en/sitemap-2.xml": Answer(200, mixed(fed.rows[50:], ABOUT), XML),
    }
    assert_whole(fed, crawled())
    assert (fed.asked[ABOUT], fed.asked["/en/image-sitemap-index-1.xml"]) == (1, 0)


def test_sitemaps_by_type_and_month_are_those_of_posts(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Google XML Sitemaps': nothing else is asked for."""
    parts = ["sitemap-pt-post-2024-05.xml", "sitemap-pt-post-p2-2024-04.xml"]
    others = ["sitemap-misc.xml", "sitemap-tax-category.xml", "sitemap-pt-page-2024-05.xml"]
    fed.robots = ["Sitemap: /en/sitemap.xml"]
    fed.answers["/en/sitemap.xml"] = named(*others, *parts)
    for path, rows in zip(parts, (fed.rows[:40], fed.rows[40:]), strict=True):
        fed.answers[f"/en/{path}"] = Answer(200, mixed(rows), XML)
    assert_whole(fed, crawled())
    assert not any(fed.asked[f"/en/{name}"] for name in others)


@pytest.mark.parametrize("packed", [1, 2], ids=["packed", "packed twice"])
def test_what_robots_txt_names_is_read_packed_or_not(
    fed: Fed, crawled: Callable[..., Crawl], packed: int
) -> None:
    """Several, none of them an index: one of addresses alone, one a text, one a packed file."""
    body = mixed(fed.rows[60:], ABOUT)
    for _ in range(packed):
        body = gzip.compress(body)
    text = "\r\n".join(row["link"] for row in fed.rows[30:60]).encode()
    fed.robots = [
        f"Sitemap: /en/{name}" for name in ("a.xml", "b.txt", "c.xml.gz", "page-sitemap.xml")
    ]
    fed.answers |= {
        "/en/a.xml": Answer(200, mixed(fed.rows[:30]), XML),
        "/en/b.txt": Answer(200, text, {"Content-Type": "text/plain"}),
        "/en/c.xml.gz": Answer(200, body, {"Content-Type": "application/gzip"}),
    }
    assert_whole(fed, crawled())
    assert fed.asked["/en/page-sitemap.xml"] == 0


def test_where_nothing_is_named_sitemaps_are_looked_for(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """What robots.txt names is not there any more."""
    fed.robots = ["Sitemap: /en/old_index.xml"]
    fed.answers["/en/sitemap.xml"] = Answer(200, mixed(fed.rows, ABOUT), XML)
    assert_whole(fed, crawled())
    assert fed.asked["/en/wp-sitemap.xml"] == 1


def test_sitemaps_of_news_complete_and_prove_nothing(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.robots = ["Sitemap: /en/news-sitemap.xml"]
    fed.answers["/en/news-sitemap.xml"] = Answer(200, news(fed.rows[20:40]), XML)
    done = crawled()
    assert (done.status, len(done.rows), done.ledger["sources"]["page"]) == (3, POSTS, 1)
    assert "the last two days only" in done.reasons


def test_sitemaps_that_list_few_of_the_feeds_posts_prove_nothing(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """They may be of pages, or of one year."""
    fed.robots = ["Sitemap: /en/some.xml"]
    fed.answers["/en/some.xml"] = Answer(200, mixed(fed.rows[20:40], ABOUT), XML)
    done = crawled()
    assert (done.status, len(done.rows)) == (3, POSTS)
    assert f"sitemaps list 19 of the {POSTS - 1} posts" in done.reasons


def test_a_sitemap_that_breaks_keeps_no_other_from_being_read(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.robots = ["Sitemap: /en/a.xml", "Sitemap: /en/b.xml"]
    fed.answers |= {
        "/en/a.xml": Answer(503, b""),
        "/en/b.xml": Answer(200, mixed(fed.rows), XML),
    }
    done = crawled()
    assert (done.status, len(done.rows)) == (3, POSTS)
    assert "nothing tells how many posts there are: HTTP 503" in done.reasons


def test_a_page_that_cannot_be_read_may_be_of_a_post(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.robots = ["Sitemap: /en/a.xml"]
    fed.answers |= {
        "/en/a.xml": Answer(200, mixed(fed.rows, ABOUT), XML),
        ABOUT: Answer(404, static_page("error404").body),
    }
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, [entry["id"].endswith(ABOUT) for entry in unreadable]) == (3, [True])


def test_pages_alone_are_no_posts(fed: Fed, tmp_path: Path) -> None:
    """Without a feed a sitemap of which no page is of a post proves nothing."""
    fed.bend = lambda _page, _answer: Answer(403, b"")
    fed.robots = ["Sitemap: /en/a.xml"]
    with serving(fed) as url:
        body = mixed([], ABOUT).replace(HOST.encode(), url.removesuffix("/en/").encode())
        fed.answers["/en/a.xml"] = Answer(200, body, XML)
        done = crawl(tmp_path / "posts.jsonl", site=url, items="posts,sites")
    assert (done.status, [row["kind"] for row in done.rows]) == (3, ["site"])
    assert "1 pages in a row that sitemaps list are of no posts" in done.reasons
    assert done.rows[0]["source"] == "sitemap"


def test_too_many_pages_of_no_post_end_the_reading(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """A shop's: they are not all read, and that is a gap."""
    shop = [f"/en/product/{number}/" for number in range(MOST_PASSED + 40)]
    fed.robots = ["Sitemap: /en/a.xml"]
    fed.answers |= dict.fromkeys(shop, static_page("single single-product postid-7"))
    fed.answers["/en/a.xml"] = Answer(200, mixed(fed.rows, *shop), XML)
    done = crawled()
    assert done.status == 3
    assert MOST_PASSED <= sum(fed.asked[path] for path in shop) <= MOST_PASSED + AT_ONCE
    assert f"{MOST_PASSED} pages in a row that sitemaps list are of no posts" in done.reasons


def test_indexes_that_name_each_other_end(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    fed.robots = ["Sitemap: /en/a.xml"]
    fed.answers |= {
        "/en/a.xml": named("b.xml", "a.xml"),
        "/en/b.xml": named("a.xml", "b.xml", "c.xml"),
        "/en/c.xml": Answer(200, mixed(fed.rows), XML),
    }
    assert_whole(fed, crawled())
    assert [fed.asked[f"/en/{name}.xml"] for name in "abc"] == [1, 1, 1]


def test_sitemaps_are_bounded() -> None:
    deep, wide = Listing(Reading("")), Listing(Reading(""))
    deep.wait(["/0.xml"])
    for depth in range(1, MOST_DEPTH + 2):
        deep.wait([f"/{depth}.xml"], deep.waiting.pop())
    wide.wait(f"/{number}.xml" for number in range(MOST_SITEMAPS + 1))
    assert (deep.objection(), len(deep.waiting)) == (TOO_DEEP, 0)
    assert (wide.objection(), len(wide.waiting)) == (TOO_MANY, MOST_SITEMAPS)


@pytest.mark.parametrize(
    ("urls", "read"),
    [
        (["/wp-sitemap-posts-post-1.xml", "/wp-sitemap-posts-page-1.xml"], [0]),
        (["/wp-sitemap-taxonomies-category-1.xml", "/wp-sitemap-users-1.xml"], []),
        (["/?sitemap=posts&sitemap-subtype=post", "/?sitemap=taxonomies&sitemap-subtype=x"], [0]),
        (["/?sitemap=users", "/sitemap.xml?yyyy=2024&mm=05&dd=16"], [1]),
        (["/post-sitemap2.xml.gz", "/post_tag-sitemap.xml", "/author-sitemap.xml"], [0]),
        (["/sitemap-posttype-post.2024.xml", "/sitemap-taxonomy-category.xml"], [0]),
        (["/sitemap-post-type-post.xml", "/sitemap-post-type-page.xml"], [0]),
        (["/sitemap-1.xml", "/image-sitemap-1.xml", "/video-sitemap-1.xml"], [0]),
        (["/sitemap-2024-05.xml", "/sitemap-misc.xml", "/sitemap-tax-category.xml"], [0, 1]),
        (["/sitemap-posts.xml", "/sitemap-categories.xml", "/sitemap-news.xml"], [0]),
        (["/category-sitemap.xml", "/page-sitemap.xml", "/articles-sitemap.xml"], [2]),
    ],
)
def test_names_tell_what_sitemaps_list(urls: list[str], read: list[int]) -> None:
    addresses = [f"https://news.example{url}" for url in urls]
    assert chosen(addresses) == [addresses[number] for number in read]


@pytest.mark.parametrize(
    "entry",
    [
        b"<loc>https://news.example/one/?a=1&b=2</loc>",
        b"<loc>https://news.example/one/?a=1&amp;b=2</loc><image:image><image:loc>x</image:loc></image:image>",
        b"<loc><![CDATA[https://news.example/one/?a=1&b=2]]></loc>",
    ],
    ids=["an ampersand", "a prefix", "CDATA"],
)
def test_a_small_flaw_leaves_a_sitemap_readable(entry: bytes) -> None:
    body = b"<urlset><url>%s</url></urlset>" % entry
    found = contents_in(Document("https://news.example/sitemap.xml", 200, body))
    assert found.addresses == ["https://news.example/one/?a=1&b=2"]


@pytest.mark.parametrize(
    ("before", "behind"), [(b"", b"<p>Notice: a plugin</p>"), (b"\n", b"<script></script>")]
)
def test_what_a_server_writes_around_a_sitemap_is_none_of_it(before: bytes, behind: bytes) -> None:
    entry = b"<urlset><url><loc>https://news.example/one/\x08</loc></url></urlset>"
    body = before + b'<?xml version="1.0"?>' + entry + behind
    found = contents_in(Document("https://news.example/sitemap.xml", 200, body))
    assert found.addresses == ["https://news.example/one/"]


@pytest.mark.parametrize("before", [b"<!-- </urlset> -->", b"<!-- <urlset></urlset> -->"])
def test_a_comment_ends_no_sitemap(before: bytes) -> None:
    body = b"<urlset>%s<url><loc>https://news.example/one/</loc></url></urlset>" % before
    found = contents_in(Document("https://news.example/sitemap.xml", 200, body))
    assert found.addresses == ["https://news.example/one/"]


def test_two_sitemaps_in_one_document_are_none() -> None:
    body = b"<urlset><url><loc>https://news.example/one/</loc></url></urlset>" * 2
    with pytest.raises(Damaged):
        contents_in(Document("https://news.example/sitemap.xml", 200, body))


@pytest.mark.parametrize("ending", [b"", b"<url><loc>https://news.example/two/</loc></urlset>"])
def test_a_sitemap_that_is_cut_off_is_not_read_as_far_as_it_goes(ending: bytes) -> None:
    """Also where another flaw of it would not matter."""
    entry = b"<loc>https://news.example/one/</loc><image:loc>x</image:loc>"
    body = b"<urlset><url>%s</url>%s" % (entry, ending)
    with pytest.raises(Damaged):
        contents_in(Document("https://news.example/sitemap.xml", 200, body))


@pytest.mark.parametrize("body", [b"", b"a text", b"<html></html>", b"\x1f\x8b\x08cut"])
def test_what_is_no_sitemap_is_none(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        contents_in(Document("https://news.example/sitemap.xml", 200, body))


@pytest.mark.parametrize(
    ("classes", "head", "told"),
    [
        ("home blog single-post postid-7", "", True),
        (
            "page-template-default page page-id-7",
            '<meta property="og:type" content="article">',
            False,
        ),
        ("single single-podcast postid-7", "", False),
        ("archive category category-news", '<link rel="shortlink" href="/?p=7">', False),
        ("single single-format-standard", '<link rel="shortlink" href="/?p=7">', True),
        ("", '<meta property="og:type" content="article">', True),
        ("", '<meta property="og:type" content="website">', None),
        ("", '<script type="application/ld+json">{"@type": "NewsArticle"}</script>', True),
        ("dark", "", None),
    ],
)
def test_a_page_says_whether_it_is_of_a_post(classes: str, head: str, told: object) -> None:
    text = f'<html prefix="og: https://ogp.me/ns#"><head>{head}</head><body class="{classes}">x'
    assert is_of_a_post(Document("https://news.example/a/", 200, text.encode())) is told


def test_what_is_no_address_of_the_web_is_left_out(fed: Fed, crawled: Callable[..., Crawl]) -> None:
    """In robots.txt, in an index, in a sitemap and in a text."""
    fed.robots = [
        f"Sitemap: {url}" for url in ("http://[bad/x.xml", "/en/a.xml", "/en/b.txt", "mailto:a@b.c")
    ]
    others = [{"link": url} for url in ("http://[bad/", "mailto:a@b.c", "javascript:alert(1)")]
    text = "\n".join([*(row["link"] for row in fed.rows[40:]), "http://[bad/", "http://a:b/"])
    part = f"{HOST}/en/c.xml"
    fed.answers |= {
        "/en/a.xml": Answer(200, index(["http://[bad/c.xml", "mailto:a@b.c", part]), XML),
        "/en/b.txt": Answer(200, text.encode(), {"Content-Type": "text/plain"}),
        "/en/c.xml": Answer(200, urlset([*fed.rows[:40], *others], lambda _row: None), XML),
    }
    assert_whole(fed, crawled())


@pytest.mark.parametrize(
    "named_one",
    [
        Answer(200, b"<html><p>No sitemap.</html>"),
        Answer(403, b""),
        Answer(200, news([{"link": f"{HOST}/en/2024/"}])),
        Answer(200, document("urlset", [])),
    ],
    ids=["page", "refused", "news", "empty"],
)
@pytest.mark.parametrize("usual", ["/en/wp-sitemap.xml", "/en/sitemap.xml"])
def test_what_is_named_and_lists_no_posts_hides_no_other(
    fed: Fed, crawled: Callable[..., Crawl], named_one: Answer, usual: str
) -> None:
    fed.robots = ["Sitemap: /en/named.xml"]
    two_days = news(fed.rows[:2])
    told = Answer(200, two_days, XML) if b"news" in named_one.body else named_one
    fed.answers |= {"/en/named.xml": told, usual: Answer(200, mixed(fed.rows), XML)}
    assert_whole(fed, crawled())


def test_with_plain_permalinks_core_has_another_index(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """`/?sitemap=index`: it is at the path of the home."""
    plain = fed.told
    fed.told = lambda url: (
        Answer(200, mixed(fed.rows), XML) if url.endswith("/en/?sitemap=index") else plain(url)
    )
    assert_whole(fed, crawled())


def test_an_empty_sitemap_without_a_feed_leads_to_the_archive(fed: Fed, tmp_path: Path) -> None:
    """Nothing of nothing is not complete."""
    fed.bend = lambda _page, _answer: Answer(403, b"")
    fed.robots = ["Sitemap: /en/a.xml"]
    fed.answers |= {
        "/en/a.xml": Answer(200, document("urlset", []), XML),
        "/en/": archive(fed.rows),
    }
    with serving(fed) as url:
        fed.stand_at(url)
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, done.ledger["sources"]) == (3, {"page": POSTS})


def test_behind_a_feed_that_is_cut_off_the_archive_lists_more(fed: Fed, tmp_path: Path) -> None:
    """What the feed has shown is not read again; nothing is proved."""
    fed.bend = lambda page, answer: Answer(403, b"") if page > 1 else answer
    fed.answers["/en/"] = archive(fed.rows)
    with serving(fed) as url:
        fed.stand_at(url)
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, done.ledger["sources"]) == (3, {"feed": SIZE, "page": POSTS - SIZE})
    assert done.ledger["collections"]["posts"]["duplicates"] == 0
