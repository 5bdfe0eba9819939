"""What a reader who tried to break the normalization found: each was once wrong."""

import pytest

from newscrawl.core.normalize import excerpt_text, normalize, plain_text

BASE = "https://news.example/2024/story/"
VIMEO = "https://vimeo.com/5"
SVG = '<p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg> item</p>'
TEXTS = [
    ("<dl><dt>a</dt><dd>b<dl><dt>c</dt><dd>d</dd></dl></dd></dl>", "a\nb\nc\nd"),
    (SVG * 1500 + "<p>Ky<b>iv</b></p><script>var a;if(b<c){}</script>", "item\n\n" * 1500 + "Kyiv"),
    ("<div>" * 105 + "<script>bad()</script><p>end</p>", "end"),
    ("<p>data:" + "中" * 1200 + " end</p>", "data:" + "中" * 1200 + " end"),
    ("<p>a\ud800b</p>", "ab"),
    ('<h2 id="newsletter-boom">Newsletter boom</h2>', "Newsletter boom"),
    ('<h2 id="related-posts-vanish">Related posts vanish</h2>', "Related posts vanish"),
    ('<p style="-webkit-backface-visibility: hidden">Kept</p>', "Kept"),
    ("<table><tr><td><p>a one</p><p>b two</p></td><td>x</td></tr></table>", "a one b two\tx"),
    ("<h2><div>a</div><div>b</div></h2>", "a\nb"),
    ("<p><b>bold <br></b>after</p>", "bold\nafter"),
    ("<ul>Bare<li>a</li><p>para</p></ul>", "a\npara"),
    ("<blockquote><cite>Only a cite</cite></blockquote>", "Only a cite"),
    ("<blockquote><p>In <cite>Hamlet</cite> he is.</p></blockquote>", "In Hamlet he is."),
    (
        "<blockquote><p>a</p><footer>— <cite>Jane</cite></footer></blockquote>",
        "a\n\n—\n— Jane",
    ),
    ('<p>a [slider id="4"] b</p>', "a b"),
    ('<p><strong>[slider id="4"]</strong> b</p>', "b"),
    ("<p>End. [/sarcasm]</p>", "End. [/sarcasm]"),
    ("<p>He wrote [quote]hello[/quote] there</p>", "He wrote hello there"),
    (
        '<p>Body</p><p>The article by J first appeared on <a href="https://c.example/">C</a>.</p>',
        "Body\n\nThe article by J first appeared on C.",
    ),
    ("<p>https://twitter.com/jane</p>", "https://twitter.com/jane"),
    ("<ul><li><img src=/a.jpg></li></ul><p>T</p>", "T"),
]


@pytest.mark.parametrize(("html", "text"), TEXTS)
def test_a_text(html: str, text: str) -> None:
    assert normalize(html, BASE).text == text


@pytest.mark.parametrize(
    ("html", "sources"),
    [
        ('<p><img src="data:x" data-src="/n.jpg"><noscript><img src="/n.jpg"></noscript></p>', 1),
        ('<img srcset="/a.jpg 300w,/b.jpg 900w">', 1),
        ('<img src="/a.gif" width="0" height="0">', 0),
        ("<table><tr><td><img src=/a.jpg></td><td>x</td></tr></table>", 1),
    ],
)
def test_images(html: str, sources: int) -> None:
    images = normalize(html, BASE).images
    assert len(images) == sources
    assert all("," not in image["src"] for image in images)


@pytest.mark.parametrize(
    ("html", "urls"),
    [
        ('<iframe src="" title="x"></iframe>', []),
        ('<blockquote class="twitter-tweet"><p>No link</p></blockquote>', []),
        (
            '<iframe src="about:blank" data-lazy-src="https://vimeo.com/5"></iframe>',
            ["https://vimeo.com/5"],
        ),
        ('<iframe src="https://www.facebook.com/plugins/post.php?href=javascript:x"></iframe>', []),
    ],
)
def test_embeds(html: str, urls: list[str]) -> None:
    assert [embed["url"] for embed in normalize(html, BASE).embeds] == urls


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Photographers wait outside court", None),
        ("The image shows a cat", None),
        ("Credit Suisse headquarters", None),
        ("A cat. Photo: AP", "AP"),
        ("A cat. Photo by Ann Lee", "Ann Lee"),
        ("A cat (Image credit: NASA)", "NASA"),
        ("© Reuters", "Reuters"),
    ],
)
def test_credits(caption: str, credit: str | None) -> None:
    figure = f"<figure><img src=/a.jpg><figcaption>{caption}</figcaption></figure>"
    assert normalize(figure, BASE).images[0]["credit"] == credit


@pytest.mark.parametrize(
    ("html", "text", "cut"),
    [
        ("<p>Continue reading habits matter.</p>", "Continue reading habits matter.", False),
        ("<p>Some [&hellip;] <a href=/x>Continue reading</a></p>", "Some…", True),
    ],
)
def test_excerpts(html: str, text: str, cut: bool) -> None:  # noqa: FBT001 - what is expected
    excerpt = excerpt_text(html)
    assert (excerpt.text, excerpt.cut) == (text, cut)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p>Read this!<a href="/x">link</a></p>', "Read this\\![link](https://news.example/x)"),
        ("<p>AT&amp;T &amp;copy; x</p>", "AT&T \\&copy; x"),
        ("<p>Text<br>---</p>", "Text\\\n\\---"),
        ("<p><code>a`b</code></p>", "`` a`b ``"),
    ],
)
def test_markdown(html: str, markdown: str) -> None:
    assert normalize(html, BASE).markdown == markdown


def test_a_title_has_plain_spaces() -> None:
    assert plain_text("12\u00a0000 x") == plain_text("12&nbsp;000 x") == "12 000 x"


def test_an_address_keeps_no_password() -> None:
    link = normalize('<a href="https://me:pw@a.example/x">x</a>', BASE).links[0]
    assert link["url"] == "https://a.example/x"
