"""What the page of a post tells, and what it does not."""

import json
from dataclasses import asdict, replace
from html import escape

import pytest

from newscrawl.core.archives import next_in, posts_in
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.obstacles import ASKS_FOR_A_LOGIN, ASKS_FOR_A_PERSON, NOT_FREE
from newscrawl.core.rss import EITHER
from newscrawl.core.rungs import changed_between_rungs
from newscrawl.core.shells import (
    article_in,
    is_empty,
    is_shell,
    obstacle,
)
from newscrawl.core.stand_ins import AT_HOME, NOT_FOUND
from newscrawl.core.webpage import is_protected, post_of
from newscrawl.items import Post

URL = "https://news.example/2024/05/strike/"
BODY = "<p>The strike goes on.</p>" * 9


def read(body: str, head: str = "") -> Post:
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return post_of(Document(URL, 200, text.encode()), "https://news.example")


def article(inner: str = "") -> str:
    return f'<article><h1>Strike</h1>{inner}<div class="entry-content">{BODY}</div></article>'


def schema(**told: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def names(post: Post) -> list[str | None]:
    return [author["name"] for author in post.authors]


def test_schema_org_is_believed_first() -> None:
    """Yoast's graph: the article refers to its author by an address."""
    person = {"@type": "Person", "@id": "#ada", "name": "Ada Lovelace"}
    told = {
        "@type": ["Article", "NewsArticle"],
        "headline": "Strike &amp; more",
        "datePublished": "2024-05-16T09:53:48+02:00",
        "dateModified": "2024-05-17T00:00:00+00:00",
        "author": {"@id": "#ada"},
    }
    shown = '<time datetime="2020-01-01T00:00:00+00:00"></time><a rel="author">Somebody</a>'
    post = read(
        article(shown), schema(**{"@context": "https://schema.org", "@graph": [told, person]})
    )
    assert (post.title, names(post)) == ("Strike", ["Ada Lovelace"])
    assert (post.published, post.modified) == ("2024-05-16T07:53:48Z", "2024-05-17T00:00:00Z")


def test_an_author_that_schema_org_tells_in_place_is_not_the_article() -> None:
    person = {"@type": "Person", "name": "Ada \ud83d\0"}
    told = {"@type": "NewsArticle", "name": "Strike", "headline": "Strike", "author": person}
    post = read(article(), schema(**told))
    assert (post.title, names(post)) == ("Strike", ["Ada"])


FORM = '<form action="x" class="post-password-form" method="post"><p>Password:</p></form>'
PERSON = 'itemprop="author" itemscope itemtype="https://schema.org/Person"'
MARKED = (
    '<h2 itemprop="headline">Strike &amp; more</h2>'
    '<time itemprop="datePublished" datetime="2024-05-16T09:53:48+02:00">then</time>'
    '<meta itemprop="dateModified" content="2024-05-17T00:00:00+00:00">'
    f'<b {PERSON}><a itemprop="url" href="/a/"><i itemprop="name">Ada</i></a></b>'
)


def scoped(type_: str, inner: str, prop: str = "") -> str:
    return f'<div {prop} itemscope itemtype="https://schema.org/{type_}">{inner}</div>'


@pytest.mark.parametrize(
    "body",
    [
        scoped("NewsArticle", MARKED),
        scoped("CreativeWork", MARKED),
        scoped("WebPage", scoped("BlogPosting", MARKED, 'itemprop="mainEntity"')),
        scoped("CreativeWork", '<b itemprop="headline">Not</b>') + scoped("Article", MARKED),
    ],
)
def test_microdata_tell_of_the_article(body: str) -> None:
    """Themes write them around what is shown."""
    post = read(f"<main>{BODY}</main>{body}")
    assert (post.title, names(post)) == ("Strike & more", ["Ada"])
    assert (post.published, post.modified) == ("2024-05-16T07:53:48Z", "2024-05-17T00:00:00Z")


def test_schema_org_as_json_goes_before_microdata() -> None:
    """What it does not tell they do."""
    told = {"@type": "NewsArticle", "headline": "Strike", "author": {"name": "Bob"}}
    post = read(article() + scoped("NewsArticle", MARKED), schema(**told))
    assert (post.title, names(post)) == ("Strike", ["Bob"])
    assert post.modified == "2024-05-17T00:00:00Z"


@pytest.mark.parametrize(
    "body",
    [
        scoped("NewsArticle", MARKED) * 2,
        scoped("Person", MARKED),
        scoped("Article", '<time itemprop="dateModified">yesterday</time>'),
        '<div itemscope itemtype=":" itemref="x"><b itemprop="author">Bob</b></div>',
    ],
    ids=["two articles", "no article", "no time", "odd"],
)
def test_microdata_that_are_not_of_the_article_are_not_believed(body: str) -> None:
    """Related posts have their own: which of several is the page's nobody tells."""
    post = read(article() + body)
    assert (post.title, post.authors, post.modified) == ("Strike", [], None)


def test_microdata_tell_of_a_paywall() -> None:
    closed = scoped("NewsArticle", '<meta itemprop="isAccessibleForFree" content="False">')
    assert read(article() + closed).content_refused == NOT_FREE


def test_open_graph_tells_times() -> None:
    head = (
        '<meta property="og:title" content="Strike - News">'
        '<meta property="article:published_time" content="2024-05-16T07:53:48+00:00">'
        '<meta property="article:modified_time" content="2024-05-18T07:53:48+00:00">'
    )
    post = read(article(), head)
    assert (post.title, post.published) == ("Strike", "2024-05-16T07:53:48Z")
    assert post.modified == "2024-05-18T07:53:48Z"


def test_hreflang_tells_the_language_and_the_translations() -> None:
    alternates = {"en-us": URL, "fr": "https://news.example/fr/greve/", "x-default": f"{URL}?x"}
    head = (
        f'<link rel="canonical" href="{URL}"><link rel=alternate hreflang=de href=//[x/>'
        + "".join(
            f'<link rel="alternate" hreflang="{lang}" href="{url}" />'
            for lang, url in alternates.items()
        )
    )
    post = read(article(), head + '<link rel=alternate hreflang=PT-br href="/br/greve/">')
    assert post.lang == "en-US"
    assert post.translations == [
        {"lang": "fr", "id": None, "url": "https://news.example/fr/greve/"},
        {"lang": "pt-BR", "id": None, "url": "https://news.example/br/greve/"},
    ]


@pytest.mark.parametrize(
    "shown",
    [
        '<span class="author vcard"><a class="url fn n">Ada</a></span>',
        '<p class="wp-block-post-author__name">Ada</p>',
        '<div class="wp-block-post-author-name"><a>Ada</a></div>',
        'by <a rel="author" href="/author/ada/">Ada</a>',
    ],
)
def test_a_byline_is_where_themes_put_it(shown: str) -> None:
    assert names(read(article(shown))) == ["Ada"]


def test_what_a_page_does_not_tell_is_null() -> None:
    post = read(article())
    assert (post.id, post.guid, post.published, post.modified) == (None, None, None, None)
    assert (post.authors, post.terms) == ([], {EITHER: []})
    assert (post.slug, post.status, post.excerpt, post.url) == (None, None, None, URL)


CARD = (
    '<h2 class="entry-title">Another</h2><b class="author"><i class="fn">Eve</i></b>'
    '<time class="published" datetime="2001-01-01T00:00:00+00:00"></time><a rel="tag">Far</a>'
)
SHOWN = (
    '<i class="author vcard"><a class="fn">Ada</a></i> <a rel="tag">City</a>'
    '<time class="entry-date published" datetime="2024-05-16T07:53:48+00:00"></time>'
)


def told(post: Post) -> tuple[str | None, list[str | None], str | None, list[str | None]]:
    return post.title, names(post), post.published, [term["name"] for term in post.terms[EITHER]]


BESIDE = [
    f'<section class="related"><article class="post-1 type-post">{CARD}</article></section>',
    f'<article class="hentry">{CARD}</article>',
    f"<aside>{CARD}</aside>",
    f'<ol class="comment-list"><li>{CARD}</li></ol>',
    f'<div class="wp-block-latest-posts">{CARD}</div>',
    f'<ul class="wp-block-post-template"><li class="wp-block-post hentry">{CARD}</li></ul>',
]


@pytest.mark.parametrize("other", BESIDE)
@pytest.mark.parametrize("place", ["{other}{own}", "{own}{other}", "<main>{other}{own}</main>"])
def test_what_is_shown_of_others_is_not_the_articles(place: str, other: str) -> None:
    """Cards, comments and sidebars are marked as the article is."""
    post = read(place.format(other=other, own=article(SHOWN)))
    assert told(post) == ("Strike", ["Ada"], "2024-05-16T07:53:48Z", ["City"])
    assert told(read(place.format(other=other, own=article()))) == ("Strike", [], None, [])


@pytest.mark.parametrize("other", BESIDE)
def test_what_is_shown_within_an_article_of_others_is_not_its_own(other: str) -> None:
    assert told(read(article(f"{other}{SHOWN}")))[:3] == ("Strike", ["Ada"], "2024-05-16T07:53:48Z")


@pytest.mark.parametrize(
    "body",
    [
        (
            f'<header><h1 class="entry-title">Strike</h1>{SHOWN}</header>'
            f'<main><article><div class="entry-content">{BODY}</div></article></main>'
        ),
        (
            f'<main><div><h1 class="wp-block-post-title">Strike</h1></div>{SHOWN}'
            f'<div class="entry-content">{BODY}</div></main>'
        ),
        f'<article><h1>Strike</h1><div class="entry-content">{BODY}</div><footer>{SHOWN}</footer>',
        f'<div><h1 class="entry-title">Strike</h1>{SHOWN}</div><div class="entry-content">{BODY}',
        (
            '<h1 class="site-title">News</h1><div class="hentry">'
            '<h2 class="entry-title">Strike</h2>'
            f'{SHOWN}<div class="entry-content">{BODY}</div></div>'
        ),
    ],
    ids=["head", "main", "foot", "no article", "heading of two"],
)
def test_what_an_article_shows_is_where_themes_put_it(body: str) -> None:
    assert told(read(body)) == ("Strike", ["Ada"], "2024-05-16T07:53:48Z", ["City"])


def test_the_title_is_what_the_article_shows() -> None:
    """Plugins write another one for search engines; a site's name is none."""
    head = schema(**{"@type": "Article", "headline": ["Strike: all you need", "x"]})
    assert read(article(), head).title == "Strike"
    logo = f'<h1>News</h1><div class="entry-content">{BODY}</div>'
    assert read(logo, head).title == "Strike: all you need"
    assert read(logo, schema(**{"@type": "Article", "headline": {"x": 1}})).title == "News"


def test_an_article_of_another_page_is_not_this_one() -> None:
    """Schema.org's word may be of what is related."""
    ada, eve = {"name": "Ada"}, {"name": "Eve"}
    other = {"@type": "Article", "url": "https://news.example/other/", "author": eve}
    unnamed = {"@type": "Article", "author": ada}
    assert names(read(article(), schema(**other))) == []
    assert names(read(article(), schema(**other) + schema(**unnamed))) == ["Ada"]
    assert names(read(article(), schema(**unnamed) * 2)) == []
    for own in (
        {"url": URL},
        {"@id": f"{URL}#article"},
        {"mainEntityOfPage": {"@id": "http://www.news.example/2024/05/strike"}},
        {"mainEntityOfPage": "https://news.example/?p=7"},
    ):
        head = '<link rel="shortlink" href="https://news.example/?p=7">'
        head += schema(**other) + schema(**unnamed, **own)
        assert names(read(article(), head)) == ["Ada"]


@pytest.mark.parametrize(
    "shown",
    [
        '<time class="entry-date" itemprop="dateModified" datetime="2025-01-01T00:00:00+00:00">',
        '<time class="updated" datetime="2025-01-01T00:00:00+00:00">',
    ],
)
def test_a_time_of_change_alone_is_none_of_publication(shown: str) -> None:
    assert read(article(f"{shown}</time>")).published is None


def test_a_post_that_never_changed_shows_one_time_for_both() -> None:
    shown = '<time class="entry-date published updated" datetime="2024-05-16T07:53:48+00:00">'
    assert read(article(f"{shown}</time>")).published == "2024-05-16T07:53:48Z"


def test_a_day_is_no_time() -> None:
    assert read(article('<time datetime="2024-05-16">May</time>')).published is None


def test_a_time_of_change_is_not_that_of_publication() -> None:
    shown = (
        '<time class="updated" datetime="2024-06-01T00:00:00+00:00"></time>'
        '<time class="entry-date published" datetime="2024-05-16T07:53:48+00:00"></time>'
    )
    assert read(article(shown)).published == "2024-05-16T07:53:48Z"


@pytest.mark.parametrize(
    ("href", "id_"),
    [
        ("https://news.example/?p=7", 7),
        ("https://www.news.example/?p=7", 7),
        ("https://wp.me/p1-7", None),
        ("https://news.example/?p=99999999999999999999", None),
        (f"https://news.example/?p={'9' * 5000}", None),
        ("https://[news.example/?p=7", None),
        ("https://other.example/?p=7", None),
    ],
)
def test_a_shortlink_is_the_guid_if_it_is_the_sites_own(href: str, id_: int | None) -> None:
    post = read(article(), f'<link rel="shortlink" href="{href}">')
    assert (post.id, post.guid) == (id_, href if id_ else None)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://news.example/strike/", "https://news.example/strike/"),
        ("/strike/", "https://news.example/strike/"),
        ("//www.news.example/strike/", "https://www.news.example/strike/"),
        ("https://news.example/?p=7", "https://news.example/?p=7"),
        ("https://news.example/", URL),
        ("https://news.example/en/", URL),
        ("https://other.example/strike/", URL),
        ("javascript:0", URL),
        ("http://[bad/", URL),
        ("", URL),
    ],
)
def test_a_canonical_address_is_the_url_if_it_may_be(href: str, url: str) -> None:
    text = f'<head><link rel="canonical" href="{href}"></head>{article()}'
    post = post_of(Document(f"{URL}#more", 200, text.encode()), "https://news.example/en")
    assert post.url == url


@pytest.mark.parametrize(
    ("classes", "query", "type_"),
    [
        ("single single-story postid-7", "p=7", "story"),
        ("single single-story single-format-standard", "p=7", "story"),
        ("story-template-default single single-story single-wide", "p=7", "story"),
        ("post-template-default single single-post single-format-video", "p=7", "post"),
        ("single-wide single-narrow", "p=7", "post"),
        ("", "post_type=story&amp;p=7", "story"),
        ("", "post_type=<b>&amp;p=7", "post"),
        ("", "p=7", "post"),
    ],
)
def test_a_page_tells_the_type_of_its_post(classes: str, query: str, type_: str) -> None:
    link = f'<link rel="shortlink" href="https://news.example/?{query}">'
    text = f'<html><head>{link}</head><body class="{classes}">{article()}'
    assert post_of(Document(URL, 200, text.encode()), "https://news.example").type == type_


def test_the_time_of_a_feed_is_not_compared_with_that_of_a_page() -> None:
    """In the hour that autumn repeats a theme shows another than the feed of the same post."""
    shown = '<time class="published" datetime="2024-10-27T02:30:00+01:00"></time>'
    post = read(article(shown))
    excerpt = replace(post, excerpt="In short.", published="2024-10-27T00:30:00Z")
    assert post.published == "2024-10-27T01:30:00Z"
    assert changed_between_rungs(asdict(excerpt), post) == []
    assert changed_between_rungs(asdict(post), excerpt) == []
    other = replace(post, published="2024-10-28T01:30:00Z")
    assert changed_between_rungs(asdict(post), other) == ["published"]


def test_the_homes_of_languages_are_no_translations_of_a_post() -> None:
    """Some themes name them on each page."""
    homes = "".join(
        f'<link rel="alternate" hreflang="{lang}" href="https://news.example{path}">'
        for lang, path in [("en", "/"), ("es", "/es/"), ("fr", "/fr/greve/")]
    )
    told = post_of(
        Document(URL, 200, f"<html><head>{homes}</head><body>{article()}".encode()),
        "https://news.example",
    )
    assert [entry["lang"] for entry in told.translations or []] == ["fr"]


def test_a_paywall_is_named() -> None:
    free = {"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": True}
    assert read(article(), schema(**free)).content_refused is None
    closed = free | {"isAccessibleForFree": "False"}
    assert read(article(), schema(**closed)).content_refused == NOT_FREE


def test_an_archive_may_hold_addresses_that_are_none() -> None:
    """A post whose first link is none has another."""
    body = (
        '<div class="type-post"><h2><a href="http://[x/">Strike</a></h2></div>'
        '<div class="type-post"><h2><a href="//[x/">A</a></h2><h3><a href="/b/">B</a></h3></div>'
        '<a class="next" href="http://[x/">Older</a><div class="nav-previous"><a href="/2/">O</a>'
    )
    assert posts_in(page(body)) == ["https://news.example/b/"]
    assert next_in(page(body)) == "https://news.example/2/"


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>Strike</h1>{BODY}</main>",
        f'<div class="entry-content"><p>Another.</p></div>{article()}',
    ],
    ids=["no mark", "two marks"],
)
def test_a_content_that_is_not_marked_is_found(body: str) -> None:
    assert "The strike goes on." in read(body).content_html


@pytest.mark.parametrize("body", ["", "<p></p>", '<div id="root"></div><script>x()</script>'])
def test_a_page_without_an_article_is_none(body: str) -> None:
    with pytest.raises(UnreadableDocument, match="no article"):
        read(body)


def test_a_page_is_read_in_its_own_encoding() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><h1>Забастовка</h1>'
    page += '<div class="entry-content"><p>Она идёт.</p></div></body></html>'
    post = post_of(Document(URL, 200, page.encode("windows-1251")), "https://news.example")
    assert (post.title, post.content_html) == ("Забастовка", "<p>Она идёт.</p>")


@pytest.mark.parametrize(
    "told",
    [
        "[" * 5000,
        '{"@graph": ' * 900 + "{}" + "}" * 900,
        '{"@graph": [null, 7, "x"], "@type": {"a": 1}, "author": [[], 7, null]}',
        '{"@type": "NewsArticle", "headline": ["x"], "datePublished": 7, "author": {"name": 3}}',
        "not JSON",
    ],
)
def test_schemas_of_any_shape_do_no_harm(told: str) -> None:
    post = read(article(), f'<script type="application/ld+json">{told}</script>')
    assert "The strike goes on." in post.content_html
    assert post.published is None


@pytest.mark.parametrize("body", [b"", b" \n", b"\x00", b"\xff\xfe", b"%PDF-1.7"])
def test_bodies_that_are_no_page(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="no article"):
        post_of(Document(URL, 200, body), "https://news.example")


@pytest.mark.parametrize(
    ("url", "classes", "told"),
    [(URL, "error404 wp-theme", NOT_FOUND), ("http://www.news.example", "home blog", AT_HOME)],
)
def test_a_page_that_stands_in_for_one_that_is_gone_is_none(
    url: str, classes: str, told: str
) -> None:
    """Plugins lead what is not found to the home page, and servers lose its status."""
    body = f'<html><body class="{classes}">{article()}'
    with pytest.raises(UnreadableDocument, match=told):
        post_of(Document(url, 200, body.encode()), "https://news.example")


def test_a_script_that_is_broken_hides_no_other() -> None:
    broken = '<script type="application/ld+json">{"@type": "BreadcrumbList", "item": [}</script>'
    told = {"@type": "NewsArticle", "author": "Ada", "isAccessibleForFree": False}
    post = read(article(), f"{broken}{schema(**told)}")
    assert (names(post), post.content_refused) == (["Ada"], NOT_FREE)


def test_an_error_is_no_page() -> None:
    with pytest.raises(UnreadableDocument, match="HTTP 404"):
        post_of(Document(URL, 404, article().encode()), "https://news.example")


def test_a_password_form_is_seen() -> None:
    """It is the content: alone, with buttons to share, or where nothing is marked."""
    for body in (
        f'<div class="entry-content">{FORM}</div>',
        f'<div class="entry-content">{FORM}<p>Share on this and that.</p></div>',
        f"<main><h1>Strike</h1>{FORM}</main>",
    ):
        assert is_protected(page(body))
    assert not is_protected(page(article()))


@pytest.mark.parametrize(
    "body",
    [
        f'{article()}<ul class="wp-block-latest-posts"><li>{FORM}</li></ul>',
        f'<div class="entry-content">{BODY}<ul><li>{FORM}</li></ul></div>',
        f'<div class="entry-content">{BODY * 3}{FORM}</div>',
        f'<div class="entry-content"><!-- {FORM} -->{BODY}</div>',
        f'<div class="entry-content">{BODY}<code>{escape(FORM, quote=False)}</code></div>',
        f"<main><p>Strike</p></main><aside>{FORM}</aside>",
    ],
)
def test_a_password_form_beside_a_content_protects_nothing(body: str) -> None:
    """It is another post's, a remark, or what the article writes about."""
    assert not is_protected(page(body))
    assert article_in(body) != FORM


SCRIPTED = "<script>load()</script>"
NAVIGATION = f"<nav>{'News ' * 40}</nav>"
EMOJI = '<img class="emoji" alt="🔥" src="https://s.w.org/fire.svg">'


def page(body: str, status: int = 200, classes: str = "") -> Document:
    return Document(URL, status, f'<html><body class="{classes}">{body}</body></html>'.encode())


@pytest.mark.parametrize(
    "body",
    [
        f'{NAVIGATION}<div id="root"></div>',
        f"{NAVIGATION}<main> </main>",
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div>',
        '<div class="entry-content"><p>Loading …</p></div>',
        "<p>One moment.</p>",
    ],
)
def test_a_page_that_a_script_makes_is_known(body: str) -> None:
    """It is none without a script, nor where the site has answered that it is not there."""
    assert is_shell(page(body + SCRIPTED))
    assert not is_shell(page(body))
    assert not is_shell(page(body + SCRIPTED, 404))
    assert article_in(body) == ""


@pytest.mark.parametrize(
    "body",
    [
        article(),
        '<div class="entry-content"><figure><img src="a.jpg"></figure></div>',
        '<div class="entry-content"><p>They won by six to nil.</p></div>',
        '<form class="post-password-form"><input type="password"></form>',
    ],
)
def test_a_page_with_an_article_is_not_rendered(body: str) -> None:
    """Nor is one whose article is an image, a line, or behind a password."""
    assert not is_shell(page(body + SCRIPTED))
    assert article_in(body)


@pytest.mark.parametrize("shown", ['<img src="a.jpg">', '<iframe src="/v/7"></iframe>'])
def test_a_post_of_an_image_is_one_where_the_page_says_it_is(shown: str) -> None:
    content = f'<div class="entry-content"><figure>{shown}</figure></div>{SCRIPTED}'
    assert not is_shell(page(content, classes="single single-post"))


@pytest.mark.parametrize("text", ["Goal!", "Rest in peace", "罢工"])
def test_a_post_of_a_few_words_is_one_where_the_page_says_it_is(text: str) -> None:
    content = f'<div class="entry-content"><p>{text}</p></div>{SCRIPTED}'
    assert not is_shell(page(content, classes="single single-post"))
    assert is_shell(page(content))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Loading",
        "Loading …",
        "Please wait",
        "One moment...",
        "Enable JavaScript",
        "Wird geladen",
    ],
)
def test_a_word_in_place_of_a_post_is_none(text: str) -> None:
    content = f'<div class="entry-content"><p>{text}</p></div>{SCRIPTED}'
    assert is_shell(page(content, classes="single single-post"))


def test_an_empty_article_is_one_where_others_are_none() -> None:
    assert not is_empty(page(f'<div class="entry-content"> </div>{SCRIPTED}'))
    assert is_empty(page(f'{NAVIGATION}<div id="root"></div>{SCRIPTED}'))


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        ('<div class="g-recaptcha" data-sitekey="x"></div>', ASKS_FOR_A_PERSON),
        ('<iframe src="https://newassets.hcaptcha.com/x"></iframe>', ASKS_FOR_A_PERSON),
        ('<img src="/captcha.php"><input name="answer">', ASKS_FOR_A_PERSON),
        ('<form><input type="password" name="pwd"></form>', ASKS_FOR_A_LOGIN),
        (schema(**{"@type": "NewsArticle", "isAccessibleForFree": False}), NOT_FREE),
        ('<script src="https://www.google.com/recaptcha/api.js?render=x"></script>', None),
        (SCRIPTED, None),
    ],
)
def test_what_a_page_asks_of_its_reader_is_named(body: str, asks: str | None) -> None:
    """A script that only watches its reader asks nothing of anybody."""
    assert obstacle(page(body)) == asks


def test_a_title_keeps_the_emoji_that_a_script_made_images_of() -> None:
    body = f'<h1 class="entry-title">Fire {EMOJI}</h1><div class="entry-content">{BODY}</div>'
    assert read(body).title == "Fire 🔥"
