"""What is written is safe: nh3, with the same allow-list, and another parser find nothing else."""

import html5lib
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.core.normalize import normalize

BASE = "https://news.example/2024/story/"
ELEMENTS = (
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "cite", "pre", "code"}
    | {"figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    | {"details", "summary", "hr", "br", "a", "strong", "em", "u", "s", "del", "ins", "sub", "sup"}
    | {"mark", "kbd", "q"}
)
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "p": {"dir"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "code": {"class"},
    "figure": {"data-embed"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
NASTY = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="jAvaScript&#58;alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    "<iframe src='https://www.facebook.com/plugins/post.php?href=javascript:x'></iframe>",
    "<svg><p><style><!--</style><img src=1 onerror=alert(1)>--></svg>",
    '<p title="</p><script>">x</p>',
    "<blockquote class=twitter-tweet><a href='https://twitter.com/a/status/1'>x</a>",
    '<p dir="rtl" onclick=x>y</p>',
    "<table><td colspan=99999999999>x<td>y",
    '<code class="language-x&quot;><script>">x</code>',
    "[ad id='<b>']",
]
PIECES = st.sampled_from(
    [*NASTY, "<p>", "</p>", "<b>", "<i>", "</b>", "<li>", "<ul>", "<td>", "<table>", "<pre>", "\n"]
) | st.text(max_size=12)


def assert_safe(html: str) -> None:
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        for name in {"href", "src"} & set(element.attrib):
            assert element.attrib[name].partition(":")[0] in SCHEMES
    cleaned = nh3.clean(
        html, tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )
    assert normalize(cleaned, BASE).html == normalize(html, BASE).html


@pytest.mark.parametrize("html", NASTY)
def test_known_attacks_are_not_written(html: str) -> None:
    assert_safe(normalize(f"<p>a</p>{html}<p>b</p>", BASE).html)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_nothing_unsafe_is_written(html: str) -> None:
    assert_safe(normalize(html, BASE).html)


@pytest.mark.parametrize("html", ["<div>" * 10_000 + "deep", "<b>" * 5_000 + "deep", "<li>" * 2000])
def test_deep_nesting_keeps_its_text(html: str) -> None:
    assert ("deep" in normalize(html, BASE).text) == ("deep" in html)


def test_an_enormous_body_is_refused() -> None:
    assert normalize("x" * 10_000_001, BASE).text == ""
