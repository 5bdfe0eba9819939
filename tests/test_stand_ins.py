"""What a site shows in place of a post is no post: a login, a CAPTCHA, a notice, another page."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import pytest
from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import Ledger
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.links import Link
from newscrawl.core.normalize import plain_text
from newscrawl.core.obstacles import ASKS_FOR_A_LOGIN, ASKS_FOR_A_PERSON
from newscrawl.core.plan import Plan
from newscrawl.core.readers.beyond import BEYOND, Beyond, fail_beyond, read_beyond
from newscrawl.core.readers.excerpts import WITHOUT_PAGE
from newscrawl.core.readers.showing import MUTE
from newscrawl.core.showings import ALIKE, OF_NO_EXCERPT, SAME, Showings
from newscrawl.core.shown import type_in
from newscrawl.core.site import Site
from newscrawl.core.stand_ins import OF_ANOTHER
from newscrawl.core.walk import Walk
from newscrawl.core.webpage import IN_PARTS, post_of
from newscrawl.core.windows import Window
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl
from tests.fed import HTML, SITEMAP, Fed, page_of
from tests.mapped import XML, urlset
from tests.test_store import read

POSTS = 80
CLOSED = Answer(403, b"No feed.")
URL = "https://news.example/2024/05/strike/"
WORDS = "<p>Members of this site read the stories of the city, and you are none of them.</p>" * 9
FORM = '<form><input name="log"><input type="password" name="pwd"></form>'
CORE = f'<body class="login js wp-core-ui"><div id="login"><h1>Log In</h1>{WORDS}{FORM}</div>'
MEMBERS = f'<body class="page page-id-9"><main><h1>Members</h1>{WORDS}{FORM}</main>'
ROBOT = f'<body><main><h1>One moment</h1>{WORDS}<div class="cf-turnstile"></div></main>'
ABOUT = f'<body class="page page-id-9"><main><h1>Subscribe</h1>{WORDS}</main>'
WAY_IN = '<a href="https://ameforum.net/en/wp-login.php?redirect_to={number}">Log in</a>'
MORE = "<p>Members read more of this, and of all the other stories that we have told.</p>"
NOTICE = f"<body><main><h1>We come back soon</h1>{WORDS}{{}}</main>"
CANONICAL = '<link rel="canonical" href="{href}">'


def page(body: str) -> Answer:
    """Return a page that is there."""
    return Answer(200, f"<!DOCTYPE html><html><head></head>{body}".encode(), HTML)


def led(path: str) -> Answer:
    """Return an answer that leads elsewhere."""
    return Answer(302, b"", {"Location": path})


@pytest.fixture
def fed(recording: Recording) -> Fed:
    """Return the recorded site, of which pages alone are open."""
    fed = Fed(recording)
    fed.bend = lambda _page, _answer: CLOSED
    fed.listed = lambda: fed.rows
    return fed


@pytest.fixture
def crawled(fed: Fed, tmp_path: Path) -> Callable[..., Crawl]:
    """Return a function that crawls the site at the address that it says it has."""

    def crawled(name: str = "posts", **arguments: object) -> Crawl:
        with serving(fed) as url:
            fed.stand_at(url)
            return crawl(tmp_path / f"{name}.jsonl", site=url, **arguments)

    return crawled


def path_of(fed: Fed, number: int) -> str:
    return urlsplit(fed.rows[number]["link"]).path


@pytest.mark.parametrize(
    ("shown", "reason"),
    [(CORE, ASKS_FOR_A_LOGIN), (MEMBERS, ASKS_FOR_A_LOGIN), (NOTICE, "does not say that it is")],
    ids=["core's login", "a login", "something else"],
)
def test_a_page_that_posts_lead_to_is_none_of_them(
    fed: Fed, crawled: Callable[..., Crawl], shown: str, reason: str
) -> None:
    fed.answers["/en/account/"] = page(shown)
    for number in range(5):
        fed.answers[path_of(fed, number)] = led("/en/account/?back=1")
    done = crawled()
    account = done.ledger["collections"]["posts"]
    assert (done.status, len(done.rows), account["expected"]) == (3, POSTS - 5, POSTS)
    assert [reason in entry["reason"] for entry in account["unreadable"]] == [True] * 5
    assert done.reasons.count(ASKS_FOR_A_LOGIN) == (reason == ASKS_FOR_A_LOGIN)


@pytest.mark.parametrize(
    ("shown", "reason"), [(MEMBERS, ASKS_FOR_A_LOGIN), (ROBOT, ASKS_FOR_A_PERSON)]
)
def test_a_door_in_place_of_a_post_is_named(
    fed: Fed, crawled: Callable[..., Crawl], shown: str, reason: str
) -> None:
    for number in range(5):
        fed.answers[path_of(fed, number)] = page(f"{shown}<p>{number}</p>")
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, len(done.rows)) == (3, POSTS - 5)
    assert [entry["reason"] for entry in unreadable] == [reason] * 5
    assert done.reasons.count(reason) == 1


def test_a_login_in_a_content_says_that_it_is_not_all() -> None:
    """One in the head of the page does not."""
    content = f'<h1>Strike</h1><div class="entry-content">{WORDS}{{}}</div>'
    told = {}
    for name, body in {"inside": content.format(FORM), "above": f"<header>{FORM}</header>"}.items():
        text = f'<body class="single-post">{body}{content if name == "above" else ""}'
        told[name] = post_of(Document(URL, 200, text.encode()), "https://news.example")
    assert told["inside"].content_refused == ASKS_FOR_A_LOGIN
    assert told["above"].content_refused is None


def test_a_notice_that_a_site_shows_everywhere_is_one_post_at_the_most(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Also where it has the address that was asked for in it."""
    for number in range(POSTS):
        way_in = f'<a href="/en/login/?to={number}">Log in</a>'
        fed.answers[path_of(fed, number)] = page(f"<!-- {number} -->{NOTICE}".format(way_in))
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (done.status, len(done.rows)) == (3, 1)
    assert [entry["reason"] for entry in unreadable] == [ALIKE] * (POSTS - 1)


def test_one_address_for_all_pages_is_the_address_of_none(fed: Fed, tmp_path: Path) -> None:
    """Some themes name one as canonical; nothing is deleted for it, and what is gone is seen."""
    for number, row in enumerate(fed.rows):
        told = page_of(row, fed.names).replace(row["link"], "https://ameforum.net/en/stories/", 1)
        bare = told.replace('rel="shortlink"', 'rel="x"') if number % 2 else told
        fed.answers[path_of(fed, number)] = Answer(200, bare.encode(), HTML)
    store, last = str(tmp_path / "news.db"), path_of(fed, 0)
    with serving(fed) as url:
        fed.stand_at(url)
        first, second = (crawl(tmp_path / f"{n}.jsonl", site=url, store=store) for n in "12")
        rows = fed.rows[1:]
        fed.listed = lambda: rows
        fed.answers[last] = Answer(404, b"")
        third = crawl(tmp_path / "3.jsonl", site=url, store=store)
    assert sorted(urlsplit(row["url"]).path for row in first.rows) == sorted(
        urlsplit(row["link"]).path for row in fed.rows
    )
    assert (second.status, second.rows) == (0, [])
    assert [(row["change"], urlsplit(row["url"]).path) for row in third.rows] == [("deleted", last)]


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("https://news.example/strike/", "https://news.example/strike/"),
        ("https://news.example/2024/05/strike/amp/", "https://news.example/2024/05/strike/amp/"),
        ("https://news.example/2024/", URL),
        ("https://news.example/stories/", URL),
    ],
)
def test_an_address_of_another_name_is_not_the_pages(told: str, url: str) -> None:
    asked = f"{URL}amp/" if told.endswith("/amp/") else URL
    text = f'{CANONICAL.format(href=told)}<div class="entry-content">{WORDS}</div>'
    document = Document(asked, 200, text.encode())
    assert post_of(document, "https://news.example").url == url


def test_an_excerpt_is_not_completed_by_the_page_of_another_post(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.whole, fed.bend = False, lambda _page, answer: answer
    fed.answers[path_of(fed, 0)] = led(path_of(fed, 1))
    done = crawled()
    assert (done.status, len(done.rows), len({row["guid"] for row in done.rows})) == (3, 80, 80)
    entry = done.ledger["collections"]["posts"]["unreadable"][0]
    assert entry["reason"].endswith(OF_ANOTHER)


def test_known_posts_are_not_passed_by_where_a_site_shows_a_notice(
    fed: Fed, tmp_path: Path
) -> None:
    """Where sitemaps name no type, pages say what they are of; this one does not any more."""
    sitemap = fed.answer("https://ameforum.net/en/wp-sitemap-posts-post-1.xml")
    fed.listed = None
    fed.robots.append("Sitemap: https://ameforum.net/en/map.xml")
    fed.answers["/en/map.xml"] = sitemap
    store = str(tmp_path / "news.db")
    with serving(fed) as url:
        fed.stand_at(url)
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        for number in range(3, POSTS):
            fed.answers[path_of(fed, number)] = page(NOTICE)
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    reasons = {row["reason"] for row in second.ledger["collections"]["posts"]["unreadable"]}
    assert (first.status, len(first.rows)) == (0, POSTS)
    assert (second.status, second.rows, reasons) == (3, [], {MUTE})
    assert read(store, "SELECT count(*) n FROM posts WHERE deleted IS NULL")[0]["n"] == POSTS


def test_a_notice_in_place_of_a_known_post_is_no_edit_of_it(fed: Fed, tmp_path: Path) -> None:
    """Also where it is the only page that is read, so that nothing is like it."""
    store, kept = str(tmp_path / "news.db"), "SELECT title, content_text FROM posts ORDER BY id"
    with serving(fed) as url:
        fed.stand_at(url)
        crawl(tmp_path / "1.jsonl", site=url, store=store)
        before = read(store, kept)
        fed.answers[path_of(fed, 0)] = page(NOTICE)
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    reasons = [row["reason"] for row in second.ledger["collections"]["posts"]["unreadable"]]
    assert (second.status, second.rows, reasons) == (3, [], [MUTE])
    assert read(store, kept) == before


def ask_to_read_more(fed: Fed, posts: int, words: str = MORE) -> None:
    """Let the newest posts of a site show the same in place of their contents."""
    for number, row in enumerate(fed.rows[:posts]):
        content = words + WAY_IN.format(number=number)
        told = page_of({**row, "content": {"rendered": content}}, fed.names)
        here = told.replace("https://ameforum.net", fed.here)
        fed.answers[path_of(fed, number)] = Answer(200, here.encode(), HTML)


def test_members_read_more_is_said_of_each_post_but_the_first(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """A plugin that shows the same in place of each content leaves title and shortlink as it is.

    A whole article that stands in several posts is one.
    """
    ask_to_read_more(fed, 9, MORE * 9)
    ask_to_read_more(fed, 5)
    done = crawled()
    refused = [row["content_refused"] for row in done.rows]
    assert (done.status, len(done.rows), refused.count(SAME)) == (3, POSTS, 1)


def test_a_post_that_sitemaps_list_at_two_addresses_is_written_once(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Its page says which is its own; without a shortlink that is all there is to know it by."""
    told = page_of(fed.rows[0], fed.names).replace('rel="shortlink"', 'rel="x"')
    twice = Answer(200, told.encode(), HTML)
    fed.answers |= {path_of(fed, 0): twice, f"/en/amp{path_of(fed, 0)[3:]}": twice}
    rows = fed.rows
    again = {**rows[0], "link": rows[0]["link"].replace("/en/", "/en/amp/")}
    fed.listed = lambda: [*rows, again]
    done = crawled()
    account = done.ledger["collections"]["posts"]
    assert (done.status, len(done.rows), account["expected"]) == (0, POSTS, POSTS)


@pytest.fixture
def cut(fed: Fed) -> Fed:
    """Return the site with a feed of excerpts that WordPress has cut off."""
    fed.whole = False

    def bend(_number: int, answer: Answer) -> Answer:
        rows = iter(fed.rows[(_number - 1) * 10 :])
        parts = answer.body.decode().split("<p>In short.</p>")
        told = parts[0] + "".join(f"{_beginning(next(rows))} [&#8230;]{part}" for part in parts[1:])
        return Answer(answer.status, told.encode(), answer.headers)

    fed.bend = bend
    return fed


def _beginning(row: dict[str, Any]) -> str:
    words = plain_text(row["content"]["rendered"]).split()[:55]
    return escape(" ".join(words))


def test_a_notice_is_not_the_rest_of_an_excerpt(cut: Fed, tmp_path: Path) -> None:
    """It says nothing of the excerpt; the next crawl reads the pages, modified or not."""
    store, answers = str(tmp_path / "news.db"), cut.answers
    with serving(cut) as url:
        cut.stand_at(url)
        cut.answers = {path_of(cut, n): page(NOTICE) for n in range(POSTS)}
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        cut.answers = answers
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
        cut.answers = {path_of(cut, n): page(NOTICE) for n in range(POSTS)}
        third = crawl(tmp_path / "3.jsonl", site=url, store=store)
    refused = {row["content_refused"] for row in first.rows}
    assert refused == {WITHOUT_PAGE.format(reason=OF_NO_EXCERPT)}
    assert [row["change"] for row in second.rows] == ["updated"] * POSTS
    assert (third.status, third.rows) == (3, [])


def test_excerpts_that_are_written_by_hand_are_completed_by_a_notice_once_at_the_most(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    fed.whole, fed.bend = False, lambda _page, answer: answer
    for number in range(POSTS):
        fed.answers[path_of(fed, number)] = page(NOTICE)
    refused = [row["content_refused"] for row in crawled().rows]
    assert len(refused) == POSTS
    assert refused.count(WITHOUT_PAGE.format(reason=ALIKE)) == POSTS - 1


@pytest.mark.parametrize(
    ("shown", "to", "rows"),
    [(NOTICE, "?to={id}", 1), (NOTICE, "", 1), (ABOUT, "?to={id}", 0)],
    ids=["a notice", "the same notice", "a page"],
)
def test_plain_addresses_that_lead_elsewhere_are_of_no_posts(
    fed: Fed, crawled: Callable[..., Crawl], shown: str, to: str, rows: int
) -> None:
    """``?p=ID`` may lead to any address; what all lead to is none of them."""
    plain = [{**row, "link": f"https://ameforum.net/en/?p={row['id']}"} for row in fed.rows[:5]]
    fed.listed = lambda: plain
    for row in plain:
        fed.answers[f"/en/?p={row['id']}"] = led(f"/en/subscribe/{to.format(**row)}")
    fed.answers["/en/subscribe/"] = page(shown)
    done = crawled()
    unreadable = done.ledger["collections"]["posts"]["unreadable"]
    assert (len(done.rows), len(unreadable)) == (rows, 5 - rows)


@pytest.mark.parametrize(
    "inside",
    [
        '<script id="google-recaptcha-js" src="/recaptcha.js"></script>',
        '<style id="captcha-css">p {}</style>',
        '<h2 id="h-what-is-a-captcha">What is a CAPTCHA?</h2>',
        '<img class="wp-image-7 captcha" src="/captcha.png">',
        '<noscript><iframe src="https://a.example/recaptcha/fallback"></iframe></noscript>',
        '<form><input type="hidden" name="recaptcha_token"></form>',
        '<div class="post category-captcha tag-captcha"><p>A story.</p></div>',
        '<div style="display:none"><form><input type="password"></form></div>',
        '<div class="mfp-hide"><form><input type="password"></form></div>',
    ],
)
def test_an_article_on_captchas_asks_for_none(inside: str) -> None:
    text = f"<body><main><h1>CAPTCHAs</h1>{inside}{WORDS}</main>"
    assert post_of(Document(URL, 200, text.encode()), "https://news.example").title == "CAPTCHAs"


@pytest.mark.parametrize(
    "widget",
    [
        '<div class="g-recaptcha" data-sitekey="x"></div>',
        '<div class="h-captcha" data-sitekey="x"></div>',
        '<div class="frc-captcha" data-sitekey="x"></div>',
        '<form><input name="captcha"></form>',
        '<form><img src="/captcha.php"></form>',
        '<div class="cf-turnstile"></div>',
        '<iframe src="https://a.example/hcaptcha/"></iframe>',
    ],
)
def test_a_page_that_shows_a_captcha_asks_for_one(widget: str) -> None:
    text = f"<body><main><h1>One moment</h1>{WORDS}{widget}</main>"
    with pytest.raises(UnreadableDocument, match="CAPTCHA"):
        post_of(Document(URL, 200, text.encode()), "https://news.example")


def test_a_page_that_shows_a_part_of_its_post_says_so() -> None:
    """``wp_link_pages()`` lists the others."""
    parts = f'<p class="page-links"><a class="post-page-numbers" href="{URL}2/">2</a></p>'
    text = f'<body class="single-post"><div class="entry-content">{WORDS}</div>{parts}'
    post = post_of(Document(URL, 200, text.encode()), "https://news.example")
    assert post.content_refused == IN_PARTS


@pytest.mark.parametrize(
    ("to", "shown", "named"),
    [("/en/account/", MEMBERS, 5), ("/en/account/", NOTICE, 3), ("/en/", NOTICE, 3)],
    ids=["a login", "a page", "the home"],
)
def test_what_several_addresses_lead_to_is_not_what_they_are_of(
    fed: Fed, tmp_path: Path, to: str, shown: str, named: int
) -> None:
    """Where sitemaps name no type: two pages that lead elsewhere are of no post, others may be."""
    sitemap = fed.answer("https://ameforum.net/en/wp-sitemap-posts-post-1.xml")
    fed.listed = None
    fed.robots.append("Sitemap: /en/map.xml")
    fed.answers |= {path_of(fed, number): led(to) for number in range(5)}
    with serving(fed) as url:
        fed.stand_at(url)
        here = sitemap.body.replace(b"https://ameforum.net", fed.here.encode())
        fed.answers |= {"/en/map.xml": Answer(200, here, XML), to: page(shown)}
        done = crawl(tmp_path / "posts.jsonl", site=url)
    account = done.ledger["collections"]["posts"]
    assert (done.status, len(done.rows)) == (3, POSTS - 5)
    assert (account["expected"], len(account["unreadable"])) == (POSTS - 5 + named, named)


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (page(ABOUT), 3),
        (page('<body class="error404"><p>Nothing.</p>'), 5),
        (Answer(200, b"%PDF", {"Content-Type": "application/pdf"}), 0),
    ],
    ids=["a page", "errors", "files"],
)
def test_what_several_addresses_show_is_not_what_they_are_of(
    fed: Fed, tmp_path: Path, answer: Answer, named: int
) -> None:
    """Sitemaps name no type: a page has one address, a page of errors none, a file its own."""
    sitemap = fed.answer("https://ameforum.net/en/wp-sitemap-posts-post-1.xml")
    fed.listed = None
    fed.robots.append("Sitemap: /en/map.xml")
    for number in range(5):
        body = answer.body + f"<!-- {number} -->".encode()
        fed.answers[path_of(fed, number)] = Answer(answer.status, body, answer.headers)
    with serving(fed) as url:
        fed.stand_at(url)
        here = sitemap.body.replace(b"https://ameforum.net", fed.here.encode())
        fed.answers["/en/map.xml"] = Answer(200, here, XML)
        account = crawl(tmp_path / "posts.jsonl", site=url).ledger["collections"]["posts"]
    assert (account["written"], len(account["unreadable"])) == (POSTS - 5, named)


def test_two_posts_with_one_canonical_address_are_two(
    fed: Fed, crawled: Callable[..., Crawl]
) -> None:
    """Some themes name the same; without shortlinks their titles tell them apart."""
    first, second = fed.rows[:2]
    second["slug"] = first["slug"]
    second["link"] = first["link"].replace("/en/", "/en/more/")
    for number, row in enumerate((first, second)):
        told = page_of({**row, "link": first["link"]}, fed.names)
        bare = told.replace('rel="shortlink"', 'rel="x"')
        fed.answers[path_of(fed, number)] = Answer(200, bare.encode(), HTML)
    done = crawled()
    assert (done.status, len(done.rows)) == (0, POSTS)


def test_excerpts_that_are_few_among_many_are_written_by_hand() -> None:
    """Behind a wall no content is that of its excerpt; elsewhere one may be an editor's."""
    showings = Showings()
    contents = [f"<p>The story of number {number} is long.</p>" for number in range(9)]
    for content in contents[:5]:
        assert not showings.contradicts(content, f"{content[:-12]} […]")
    for content in contents[5:]:
        assert not showings.contradicts(content, "What an editor has written, and cut […]")
    assert not showings.contradicts("<p>Soon.</p>", "No cut in this one")
    assert Showings().contradicts("<p>We come back soon.</p>", "The story of a mayor […]")


def test_an_import_has_the_guids_of_other_ids(cut: Fed, crawled: Callable[..., Crawl]) -> None:
    """Of its own host even: a page at the address that was asked for is the post's."""
    for row in cut.rows:
        row["guid"] = {"rendered": f"https://ameforum.net/en/?p={row['id'] + 7000}"}
    done = crawled()
    assert (done.status, done.ledger["sources"]) == (0, {"page": POSTS})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(403, b"No."), "HTTP 403"),
        (page(CORE), ASKS_FOR_A_LOGIN),
        (page(MEMBERS), None),
        (page('<body class="page page-id-4"><p>About</p>'), None),
        (Answer(404, b""), None),
    ],
    ids=["an error", "a login", "a page with a login", "a page", "gone"],
)
def test_a_page_beside_the_api_that_cannot_be_read_is_a_gap(
    answer: Answer, reason: str | None
) -> None:
    """One that is of another thing, or gone, is of no post."""
    site = Site("https://news.example", Plan(), Ledger(""), home="https://news.example")
    beyond = Beyond(Walk("wp/v2/posts", LinkMap(site.root), Window(), {}))
    link = Link(BEYOND, "https://news.example/secret/", purpose=beyond)
    document = Document(link.href, answer.status, answer.body)
    try:
        list(read_beyond(site, document, link))
    except UnreadableDocument as error:
        list(fail_beyond(site, link, error))
    assert list(site.ledger.collection("posts").unreadable.values()) == ([reason] if reason else [])


@pytest.fixture
def dated(fed: Fed) -> Fed:
    """Return the site with sitemaps that tell when each post was modified."""
    plain = fed.listing

    def listing(path: str) -> Answer | None:
        told = plain(path)
        return told and Answer(200, urlset(fed.rows), XML) if path == SITEMAP else told

    fed.listing = listing  # type: ignore[method-assign] # with lastmod
    return fed


def test_a_page_that_does_not_say_what_it_is_of_is_read_again(dated: Fed, tmp_path: Path) -> None:
    """Whatever sitemaps tell of it: it may have been a notice."""
    store = str(tmp_path / "news.db")
    with serving(dated) as url:
        dated.stand_at(url)
        dated.answers = {path_of(dated, 0): page(NOTICE)}
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        dated.answers, before = {}, dated.asked[path_of(dated, 1)]
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    assert (first.status, len(first.rows)) == (0, POSTS)
    titles = [row["title"] for row in second.rows if row["change"] != "deleted"]
    assert titles == [plain_text(dated.rows[0]["title"]["rendered"])]
    assert dated.asked[path_of(dated, 1)] == before


def test_a_class_of_core_themes_for_sites_of_one_author_is_no_type() -> None:
    tree = LexborHTMLParser('<body class="single-post single-author postid-7"></body>')
    assert type_in(tree) == "post"


def test_the_pages_of_a_notice_are_read_again_once_it_is_known_for_one(
    dated: Fed, tmp_path: Path
) -> None:
    """Those of the first two posts that it stood in for, too, though sitemaps tell of no edit."""
    store = str(tmp_path / "news.db")
    with serving(dated) as url:
        dated.stand_at(url)
        ask_to_read_more(dated, 5)
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        dated.answers = {}
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    assert (first.status, second.status) == (3, 0)
    assert [row["change"] for row in second.rows] == ["updated"] * 5


def test_excerpts_whose_pages_show_the_same_few_words_are_completed_when_they_show_more(
    cut: Fed, tmp_path: Path
) -> None:
    """The feed is read again, though it is as it was."""
    store, tag = str(tmp_path / "news.db"), {"ETag": '"1"'}
    whole = cut.bend
    cut.bend = lambda number, answer: replace(
        whole(number, answer), headers={**answer.headers, **tag}
    )
    with serving(cut) as url:
        cut.stand_at(url)
        ask_to_read_more(cut, POSTS)
        first = crawl(tmp_path / "1.jsonl", site=url, store=store)
        state = read(store, "SELECT state FROM sites")[0]["state"]
        cut.answers = {}
        second = crawl(tmp_path / "2.jsonl", site=url, store=store)
    assert {row["content_refused"] for row in first.rows} == {OF_NO_EXCERPT, SAME}
    assert '"1"' not in str(state)
    assert [row["change"] for row in second.rows] == ["updated"] * POSTS
