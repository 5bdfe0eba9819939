"""What a reader who tried to break the normalization found: each was once wrong."""

import pytest

from newscrawl.core.normalize import excerpt_text, normalize, plain_text

BASE = "https://news.example/2024/story/"
VIMEO = "https://vimeo.com/5"
PLAYERS = "https://player."
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
    ("<ul>Bare<li>a</li><p>para</p></ul>", "Bare\na\npara"),
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
    (
        '<p>Text</p><p>L’article <a href="/a">A</a> est apparu en premier sur <a href="/">C</a>.',
        "Text",
    ),
    (
        '<p>Text</p><p>Сообщение <a href="/a">A</a> появились сначала на <a href="/">C</a>.</p>',
        "Text",
    ),
    ("<p>[foo id=&#8221;a b&#8221;] rest</p>", "rest"),
    ("<p>[foo id=&#8221;7 b&#8243; c=&#8216;d e&#8217;] rest</p>", "rest"),
    ('<p>[button link="<a href="https://c.example">https://c.example</a>"]Go[/button]</p>', "Go"),
    ('<p>[see, here="<a href="https://c.example">this</a>]</p>', '[see, here="this]'),
    ("<p>[gallery]</p><p>[recent_posts]<br>Text</p>", "Text"),
    (
        "<p>[video]</p><p>That [gallery] and [some_thing].</p>",
        "[video]\n\nThat [gallery] and [some_thing].",
    ),
    ("<p>https://twitter.com/jane</p>", "https://twitter.com/jane"),
    ("<ul><li><img src=/a.jpg></li></ul><p>T</p>", "T"),
    ("<form><p>kept</p><select><option>a<p>rest</p>", "kept\n\na\n\nrest"),
    ("<FORM><p>kept</p>", "kept"),
    ("<form>gone</form><p>kept</p>", "kept"),
    ('<p>a [slider id="4"<br /> speed="5"] b<br>c</p>', "a b\nc"),
    ('<table><tr><td>[gallery id="1"]x</td><td>y</td></tr></table>', "x\ty"),
    ('<h2>[slider id="1"] Title</h2>', "Title"),
    (
        (
            '<p>a<sup><a href="#n1">1</a></sup></p><ol class="wp-block-footnotes">'
            '<li id="n1">see <a href="#n2">note 2</a> <a href="#r">↩</a><li id="n2">b</ol>'
        ),
        "a[1]\n\n[1] see note 2\n[2] b",
    ),
    (
        "<figure><blockquote><p>q</p></blockquote><figcaption>— Jane</figcaption></figure>",
        "q\n— Jane",
    ),
    ("<figure><pre>x = 1</pre><figcaption>Listing</figcaption></figure>", "x = 1"),
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
        (
            f'<iframe src="{PLAYERS}vimeo.com/video/5?a=1&h=0a1b2c3d"></iframe>',
            [f"{VIMEO}/0a1b2c3d"],
        ),
        (f'<iframe src="{PLAYERS}vimeo.com/video/5?title=0"></iframe>', [VIMEO]),
        (f"<p>{VIMEO}/0a1b2c3d</p>", [f"{VIMEO}/0a1b2c3d"]),
        (
            '<iframe src="https://open.spotify.com/embed/episode/4Xk?utm_source=x"></iframe>',
            ["https://open.spotify.com/episode/4Xk"],
        ),
        (
            (
                '<iframe src="https://www.dailymotion.com/embed/video/x8b?autoplay=1"></iframe>'
                '<iframe src="https://geo.dailymotion.com/player/x1.html?video=x8c"></iframe>'
                "<p>https://dai.ly/x8d</p>"
            ),
            [f"https://www.dailymotion.com/video/x8{letter}" for letter in "bcd"],
        ),
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
        ("Photo: J. Scott/AP", "J. Scott/AP"),
        ("Photo: U.S. Navy", "U.S. Navy"),
        ("A photo by the sea. Credit: John Smith (CC BY)", "John Smith"),
        ("The image: a study in light", None),
        ("Фото: Reuters", "Reuters"),
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
        ('Words <a class="more-link" href=/x>Go on</a>', "Words…", True),
        ("Words &hellip; [Read more]", "Words…", True),
        ("Words... [Read more...]", "Words…", True),
        ("Wait... Read more books, he said.", "Wait... Read more books, he said.", False),
        ("He paused...", "He paused...", False),
        ('Words [&hellip;] <a href=/x>Continue reading "A title"</a>', "Words…", True),
        ("<p>http://[y]</p>", "http://[y]", False),
    ],
)
def test_excerpts(html: str, text: str, cut: bool) -> None:  # noqa: FBT001 - what is expected
    excerpt = excerpt_text(html)
    assert (excerpt.text, excerpt.cut) == (text, cut)


def test_shortcodes_of_excerpts_are_counted() -> None:
    assert excerpt_text('<p>[row a="b"]So[/row] it is</p>').shortcodes == {"row": 1}


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p>Read this!<a href="/x">link</a></p>', "Read this\\![link](https://news.example/x)"),
        ("<p>AT&amp;T &amp;copy; x</p>", "AT&T \\&copy; x"),
        ("<p>Text<br>---</p>", "Text\\\n\\---"),
        ("<p><code>a`b</code></p>", "`` a`b ``"),
        (
            (
                "<table><tr><th rowspan=2>a<th>b<th>c<tr><td>d<td>e<tr><td colspan=2>f"
                "<td rowspan=3>g<tr><td>h</table>"
            ),
            "| a | b | c |\n| --- | --- | --- |\n|  | d | e |\n| f |  | g |\n| h |  |  |",
        ),
        (
            "<figure><iframe src='https://vimeo.com/5'></iframe><figcaption>A</figcaption></figure>",
            f"<{VIMEO}>\n*A*",
        ),
        (
            "<figure><video src='/a.mp4'></video><figcaption>A film</figcaption></figure>",
            "<https://news.example/a.mp4>\n*A film*",
        ),
    ],
)
def test_markdown(html: str, markdown: str) -> None:
    assert normalize(html, BASE).markdown == markdown


@pytest.mark.parametrize(
    ("html", "written"),
    [
        (
            "<a href=/x><h3>Title</h3><p>Teaser</p></a>",
            '<h3><a href="https://news.example/x">Title</a></h3>\n<p>Teaser</p>',
        ),
        (
            '<div dir="rtl" lang="fa"><h2>a</h2><ul><li>b</li></ul><p dir="ltr">c</p></div>',
            (
                '<h2 dir="rtl" lang="fa">a</h2>\n<ul dir="rtl" lang="fa"><li>b</li></ul>\n'
                '<p dir="ltr" lang="fa">c</p>'
            ),
        ),
        (
            (
                "<figure><figure><img src=/a.jpg></figure><figure><img src=/b.jpg></figure>"
                "<figcaption>Both</figcaption></figure>"
            ),
            (
                '<figure><figure><img src="https://news.example/a.jpg" alt=""></figure>'
                '<figure><img src="https://news.example/b.jpg" alt=""></figure>'
                "<figcaption>Both</figcaption></figure>"
            ),
        ),
    ],
)
def test_html(html: str, written: str) -> None:
    assert normalize(html, BASE).html == written


CLASSIC_GALLERY = (
    "<div class='gallery'><dl class='gallery-item'><dt class='gallery-icon'><a href='/{0}.jpg'>"
    "<img src='/{0}-150x150.jpg'></a></dt><dd class='wp-caption-text'>Image {0}</dd></dl></div>"
)
BLOCK_GALLERY = (
    '<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li><figure>'
    '<img src="/{0}.jpg"><figcaption>Image {0}</figcaption></figure></li></ul></figure>'
)


@pytest.mark.parametrize("html", [CLASSIC_GALLERY, BLOCK_GALLERY])
def test_an_older_gallery_is_made_of_figures(html: str) -> None:
    body = normalize(html.format("a"), BASE)
    assert [(image["src"], image["caption"]) for image in body.images] == [
        ("https://news.example/a.jpg", "Image a")
    ]
    assert body.html.startswith("<figure>")


def test_brackets_in_a_title_stay() -> None:
    assert plain_text('[Video] A &amp; [slider id="4"]') == '[Video] A & [slider id="4"]'


def test_a_title_has_plain_spaces() -> None:
    assert plain_text("12\u00a0000 x") == plain_text("12&nbsp;000 x") == "12 000 x"


def test_an_address_keeps_no_password() -> None:
    link = normalize('<a href="https://me:pw@a.example/x">x</a>', BASE).links[0]
    assert link["url"] == "https://a.example/x"
