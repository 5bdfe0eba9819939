"""What a second reader found: edges of marks, players in cells, links around figures, and more."""

import pytest

from newscrawl.core.normalize import excerpt_text, furniture_of, normalize

BASE = "https://news.example/2024/story/"
VIDEO = '<video src="https://news.example/v.mp4" controls=""></video>'
IMAGE = '<img src="https://news.example/a.jpg" alt="">'
TEXTS = [
    ("<p><strong>Name:&nbsp;</strong>text a<b>&nbsp;b</b></p>", "Name: text a b"),
    ('See <a href="/x">this&nbsp;</a>and', "See this and"),
    ("مرحبا<strong>&nbsp;عالم</strong>", "مرحبا عالم"),
    ("<p>One<strong><br />Two</strong></p>", "One\nTwo"),
    ("<h2>One<strong><br>Two</strong></h2>", "One\nTwo"),
    ('See<a href="/x"><br>here</a>', "See\nhere"),
    ("One<br>Two<em><br><br>Three</em>", "One\nTwo\n\nThree"),
    ("<p>One<strong><br><br></strong>Two</p>", "One\n\nTwo"),
    ("<p><em>Intro </em><em><br></em><em><br></em>Next</p>", "Intro\n\nNext"),
    (
        "<blockquote><p>Words</p><cite>Name</cite><cite>Title</cite></blockquote>",
        "Words\n\nName\n— Title",
    ),
    ("<blockquote><center><cite>Only</cite></center></blockquote>", "Only"),
    ("<blockquote><p>Said.<br /><cite>Jane Doe</cite></p></blockquote>", "Said.\n— Jane Doe"),
    (
        "<table><tr><td>a<td hidden>x<tr style='display:none'><td>y<tr><td>b<td>c</table>",
        "a\nb\tc",
    ),
    ("<table><tr><td></td><td></td></tr></table>", ""),
    ("<fieldset><legend>Box</legend>text</fieldset>", "Box\n\ntext"),
    ("<div><img src=/a.jpg><figcaption>Cap</figcaption>More</div>", "Cap\n\nMore"),
    ("<pre><div>line 1</div><div>line 2</div></pre>", "line 1\nline 2"),
    ("<pre>code<script>x()</script><button>Copy</button></pre>", "code"),
    ("<dl>intro<dt>a</dt><dd>b</dd></dl>", "intro\na\nb"),
    ("<my-card><h3>Head</h3><p>a</p></my-card>", "Head\n\na"),
    ("<ins><p>one</p><p>two</p></ins>", "one\n\ntwo"),
    ('<div hidden="until-found"><p>panel</p></div>', "panel"),
    ('<div role="tabpanel" hidden><p>panel</p></div>', "panel"),
    ('<button class="faq-question">Why?</button><div>So.</div>', "Why?\n\nSo."),
    ('<p>x <span class="sr-only">Opens in new window</span></p>', "x"),
    ('<div class="td-a-rec"><span>- Advertisement -</span></div><p>x</p>', "x"),
    ('<div class="wp-block-uagb-table-of-contents"><p>Contents</p></div><p>x</p>', "x"),
    ("<p><b>ภาษา</b>&#8203;<i>ไทย</i></p>", "ภาษา\u200bไทย"),
    ("<p><b>Kyiv</b>&#8203;<i>2</i>&#8203;</p><p>&#8203;</p>", "Kyiv2"),
    ("<p><b>ไทย&#8203;</b>Kyiv</p>", "ไทย\u200bKyiv"),
    ("<p>[slider id=„4“ title=„Two words“]x</p>", "x"),
]
HTML = [
    (
        '<a href="/s"><figure><img src=/a.jpg></figure></a>',
        f'<figure><a href="https://news.example/s">{IMAGE}</a></figure>',
    ),
    ('<a href="/a.jpg"><div><img src="/a-300x200.jpg"></div></a>', f"<figure>{IMAGE}</figure>"),
    ("<p><span><span><video src=/v.mp4>no</video></span></span></p>", VIDEO),
    ("<amp-video src=/v.mp4><div fallback>no</div></amp-video>", VIDEO),
    (
        "<table><tr><td><video src=/v.mp4>no</video></td><td>x</td></tr></table>",
        f"<table><tbody><tr><td></td><td>x</td></tr></tbody></table>\n{VIDEO}",
    ),
    (
        '<figure data-embed="chart"><img src="/a.jpg"><figcaption>C</figcaption></figure>',
        f"<figure>{IMAGE}<figcaption>C</figcaption></figure>",
    ),
    ('<img src="data:x" data-orig-src="/a.jpg">', f"<figure>{IMAGE}</figure>"),
    ('<img src="/1.gif" data-pagespeed-lazy-src="/a.jpg">', f"<figure>{IMAGE}</figure>"),
    ('<img srcset="/b.jpg 300w,/a.jpg 600w, /c.jpg">', f"<figure>{IMAGE}</figure>"),
    (
        "<details><summary>Head<img src=/a.jpg></summary>x</details>",
        f"<details><summary>Head</summary><figure>{IMAGE}</figure><p>x</p></details>",
    ),
]
MARKDOWN = [
    ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n<!-- -->\n\n1. b"),
    ("<ul><li><hr>text</li></ul>", "- ***\n\n  text"),
    (
        "<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul>",
        "- a\n  - b\n\n  <!-- -->\n\n  - c",
    ),
]


@pytest.mark.parametrize(("html", "text"), TEXTS)
def test_text(html: str, text: str) -> None:
    assert normalize(html, BASE).text == text


@pytest.mark.parametrize(("html", "written"), HTML)
def test_html(html: str, written: str) -> None:
    assert normalize(html, BASE).html == written


@pytest.mark.parametrize(("html", "markdown"), MARKDOWN)
def test_markdown(html: str, markdown: str) -> None:
    assert normalize(html, BASE).markdown == markdown


@pytest.mark.parametrize("html", [html for html, _ in [*TEXTS, *HTML, *MARKDOWN]])
def test_what_was_normalized_stays_as_it_is(html: str) -> None:
    once = normalize(html, BASE)
    again = normalize(once.html, BASE)
    assert (again.html, again.text, again.images) == (once.html, once.text, once.images)


def test_a_link_in_the_midst_of_an_excerpt_is_words() -> None:
    told = excerpt_text('<p>You can <a href="/x">read more about it</a> in our guide.</p>')
    assert (told.text, told.cut) == ("You can read more about it in our guide.", False)


def test_furniture_is_learnt_as_it_is_read() -> None:
    assert furniture_of(["<p>[box]Subscribe to us[/box]</p>"] * 40, BASE) == {"Subscribe to us"}
