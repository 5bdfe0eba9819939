"""What WordPress, its plugins and its editors write; each was once read wrong."""

from typing import Any

import pytest

from newscrawl.core.normalize import furniture_of, normalize, plain_text

BASE = "https://news.example/2024/story/"
TUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
MAIL = "4226273129022c2735316c2d3025"
HIDDEN = "/cdn-cgi/l/email-protection"
LATE = '<img class="lazyload" src="data:x" data-src="/a.jpg">'
IMAGE = '<img src="https://news.example/a.jpg" alt="">'


def embed(provider: str, url: str) -> str:
    return f'<figure data-embed="{provider}"><a href="{url}">{url}</a></figure>'


ADDRESSES = [  # what only looks like an address
    ("<p>http://[y]</p>", "text", "http://[y]"),
    ("<p>T<br><br>https://[placeholder]</p>", "text", "T\n\nhttps://[placeholder]"),
    ('<a href="http://[y]/"><img src=/a.jpg></a>', "html", f"<figure>{IMAGE}</figure>"),
    ('<a href="//[a.jpg"><img src=/a.jpg></a>', "html", f"<figure>{IMAGE}</figure>"),
    (f'<p><a href="{BASE}#x">a</a> <a href=" #y">b</a></p>', "html", "<p>a b</p>"),
    (
        f'<a href="{HIDDEN}#{MAIL}"><span data-cfemail="{MAIL}">[email&#160;protected]</span></a>',
        "html",
        '<p><a href="mailto:desk@news.org">desk@news.org</a></p>',
    ),
    (
        f'<a href="{HIDDEN}#{MAIL}">Write</a>',
        "html",
        '<p><a href="mailto:desk@news.org">Write</a></p>',
    ),
    (
        '<img src="https://i0.wp.com/i1.wp.com/news.example/100%25.jpg">',
        "html",
        '<figure><img src="https://news.example/100%25.jpg" alt=""></figure>',
    ),
]
BLOCKS = [
    (
        '<pre class="wp-block-verse">Red,<br><em>blue</em>\n<a href="/p">poem</a></pre>',
        "html",
        '<p>Red,<br><em>blue</em><br><a href="https://news.example/p">poem</a></p>',
    ),
    ('<pre class="wp-block-preformatted">a<br/>  b</pre>', "text", "a\n  b"),
    ('<pre class="code language"><code>x</code></pre>', "markdown", "```\nx\n```"),
    ("<ul>We need:<li>milk</li> and <li>bread</li></ul>", "text", "We need:\nmilk\nand\nbread"),
    ("<dl><p>kept</p><dt>a</dt><dd>b</dd></dl>", "text", "kept\na\nb"),
    (
        '<h3><button class="wp-block-accordion-heading__toggle"><span>What?</span></button></h3>',
        "text",
        "What?",
    ),
    ("<p>E is <math><mi>E</mi><mo>=</mo><annotation>x</annotation></math></p>", "text", "E is E="),
    (
        "<figure><canvas></canvas><figcaption>Jobs</figcaption></figure>",
        "markdown",
        "*Jobs*",
    ),
    (
        f"<figure><div>{LATE}<figcaption>C</figcaption></div></figure>",
        "html",
        f"<figure>{IMAGE}<figcaption>C</figcaption></figure>",
    ),
    ('<video src="/v.mp4" /><p>Rest</p>', "text", "Rest"),
    ('<iframe src="https://vimeo.com/5" /><p>Rest</p>', "text", "Rest"),
    ("<p>one</p><title>Rest", "text", "one\n\nRest"),
    ("<p><q>yes</q><q>no</q></p>", "html", "<p><q>yes</q><q>no</q></p>"),
    (
        (
            "<p>她说我们继续走，然后离开。</p>"
            "<figure class=pullquote><blockquote>我们继续走</blockquote></figure>"
        ),
        "text",
        "她说我们继续走，然后离开。",
    ),
    (
        (
            f'<p>T</p><p>La entrada <a href="{BASE}">X</a> en <a href="https://news.example">Y</a>.</p>'
            f"<figure>{LATE}</figure>"
        ),
        "text",
        "T",
    ),
    (
        "<blockquote><p>q</p><cite><a href=/x>Jane</a></cite></blockquote>",
        "html",
        '<blockquote><p>q</p><cite><a href="https://news.example/x">Jane</a></cite></blockquote>',
    ),
]
SHOWN = [  # images and embeds
    (f"<noscript><img src=/a.jpg></noscript>{LATE}", "html", f"<figure>{IMAGE}</figure>"),
    (
        f"<p>Hi {LATE}<noscript><img src=/a.jpg></noscript> you</p>",
        "html",
        f"<p>Hi you</p>\n<figure>{IMAGE}</figure>",
    ),
    (
        (
            f'<iframe src="about:blank" data-lazy-src="{TUBE}"></iframe>'
            f'<noscript><iframe src="{TUBE}"></iframe></noscript>'
        ),
        "html",
        embed("youtube", TUBE),
    ),
    (
        '<a href="/story"><img src=/a.jpg></a>',
        "html",
        f'<figure><a href="https://news.example/story">{IMAGE}</a></figure>',
    ),
    (
        '<p>a <img src="https://x.example/emoji.php/v9/x.png" alt="🎉"></p>',
        "html",
        "<p>a 🎉</p>",
    ),
    ('<img src=/p.gif width="1"><img src=/q.gif style="width:1px">', "html", ""),
    (f'<img src="data:{"x" * 70_000}" data-src="/a.jpg">', "html", f"<figure>{IMAGE}</figure>"),
    (f'<p><a href="https://e.example/p">{TUBE}</a></p>', "text", TUBE),
    ("<p>https://t.me/channel</p>", "text", "https://t.me/channel"),
    ("<p>https://t.me/channel/12</p>", "html", embed("telegram", "https://t.me/channel/12")),
    (
        '<div class="fb-post" data-href="https://www.facebook.com/z/posts/1"></div>',
        "html",
        embed("facebook", "https://www.facebook.com/z/posts/1"),
    ),
    (
        '<script data-telegram-post="durov/68"></script>',
        "html",
        embed("telegram", "https://t.me/durov/68"),
    ),
    ('<amp-youtube data-videoid="dQw4w9WgXcQ"></amp-youtube>', "html", embed("youtube", TUBE)),
    (
        '<object><param name="movie" value="//www.youtube.com/v/dQw4w9WgXcQ"></object>',
        "html",
        embed("youtube", TUBE),
    ),
    (
        (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/n/comments/1/x/">t'
            '</a> by <a href="https://www.reddit.com/user/u/">u</a></blockquote>'
        ),
        "html",
        embed("reddit", "https://www.reddit.com/r/n/comments/1/x/"),
    ),
    (
        '<figure class="wp-block-embed"><div>https://www.flickr.com/p/1\n</div></figure>',
        "html",
        embed("flickr.com", "https://www.flickr.com/p/1"),
    ),
    (
        (
            '<blockquote class="twitter-tweet"><p>one</p><p>two</p>'
            '<a href="https://twitter.com/a/status/1">x</a></blockquote>'
        ),
        "text",
        "one\ntwo",
    ),
]
SHORTCODES = [
    ("<p>[quote]<em>Hello</em>[/quote]</p>", "text", "Hello"),
    ("<p>[spoiler]</p><p>Text</p><p>[/spoiler]</p>", "text", "Text"),
    ('<p>[contact-form-7 404 "Not Found"] [video] [us]</p>', "text", "[video] [us]"),
    ('<p>[youtube https://x] [Gallery ids="1"] a</p>', "text", "a"),
    ("<p>small [interaction p=0.03] in men</p>", "text", "small [interaction p=0.03] in men"),
    (
        (
            '<p>[caption id="a"]<img src=/a.jpg> One[/caption] so [caption id="b"]<img src=/b.jpg> '
            "Two[/caption] end</p>"
        ),
        "markdown",
        "so end\n\n![](https://news.example/a.jpg)\n*One*\n\n![](https://news.example/b.jpg)\n*Two*",
    ),
    ('<p>[caption id="a"]<img src=/a.jpg><img src=/b.jpg> One[/caption]</p>', "text", "One"),
]
MARKDOWN = [  # CommonMark reads it as the HTML says
    ("<p>他说<strong>“你好”</strong>然后</p>", "markdown", "他说<strong>“你好”</strong>然后"),
    ("<p>他说<strong>你好</strong>然后</p>", "markdown", "他说**你好**然后"),
    ("<p><strong>Kyiv.</strong>Text</p>", "markdown", "<strong>Kyiv.</strong>Text"),
    ("<p><strong>Kyiv.</strong> Text</p>", "markdown", "**Kyiv.** Text"),
    ("<p><s><del>old</del></s> new</p>", "markdown", "~~old~~ new"),
    ("<p><em><i>T</i></em></p>", "markdown", "*T*"),
    ("<p>a<strong><em>b</em></strong>c</p>", "markdown", "a***b***c"),
    ("<details><p>x</p></details>", "markdown", "x"),
    ("<h2>C #</h2>", "markdown", "## C \\#"),
    (
        "<figure><img src=/a.jpg><figcaption>By <a href=/s>AP</a></figcaption></figure>",
        "markdown",
        "![](https://news.example/a.jpg)\n*By [AP](https://news.example/s)*",
    ),
    ("<code><a href=/f>f()</a></code>", "markdown", "[`f()`](https://news.example/f)"),
    ("<p>a | b<br>--- | ---</p>", "markdown", "a | b\\\n\\--- | ---"),
    ("<p>^<a href=/x>1</a></p>", "markdown", "\\^[1](https://news.example/x)"),
]


@pytest.mark.parametrize(
    ("html", "form", "outcome"),
    [*ADDRESSES, *BLOCKS, *SHOWN, *SHORTCODES, *MARKDOWN],
)
def test_what_is_written(html: str, form: str, outcome: Any) -> None:  # noqa: ANN401 - as the form
    body = normalize(html, BASE)
    assert getattr(body, form) == outcome
    assert normalize(body.html, BASE).html == body.html


def test_a_title_with_an_address_that_is_none() -> None:
    assert plain_text('<a href="http://[y]/"><img src=/a.jpg></a>T') == "T"


def test_twenty_posts_are_enough_to_learn_from() -> None:
    bodies = [f"<p>Subscribe</p><p>http://[{n}]</p>" for n in range(20)]
    assert furniture_of(bodies, BASE) == {"Subscribe"}
    assert furniture_of(bodies[1:], BASE) == frozenset()


@pytest.mark.parametrize(
    "before", ['<!-- <a title="old> -->', "<script>if(a <b && c=='x'){s='don\"t'}</script>"]
)
def test_what_looks_like_a_tag_costs_no_text(before: str) -> None:
    assert len(normalize(before + "<p>word</p>" * 9_000, BASE).text.split()) == 9_000


def test_a_body_of_many_tags_keeps_its_words_and_links_whole() -> None:
    html = '<a name="x"><b>w</b> ' * 3_000 + 'Ky<b>iv</b> and <a href="/x">link</a>'
    body = normalize(html, BASE)
    assert body.text.endswith("Kyiv and link")
    assert [link["url"] for link in body.links] == ["https://news.example/x"]


def test_shortcodes_are_counted() -> None:
    html = '<p>[ad id="1"] [ad id="2"]</p><p>[box]</p><p>a</p><p>[/box]</p>'
    assert normalize(html, BASE).shortcodes == {"ad": 2, "box": 1}
