"""What is written is safe and final: nh3 and another parser find nothing to change, nor do we.

``corpus/`` keeps what fuzzing found, one input a file; each was once wrong.
"""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.core.normalize import normalize

BASE = "https://news.example/2024/story/"
CORPUS = sorted(Path(__file__).with_name("corpus").glob("*.html"))
ELEMENTS = (
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "cite", "pre", "code"}
    | {"figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    | {"details", "summary", "hr", "br", "a", "strong", "em", "u", "s", "del", "ins", "sub", "sup"}
    | {"mark", "kbd", "q", "dl", "dt", "dd", "video", "audio"}
)
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "video": {"src", "controls"},
    "audio": {"src", "controls"},
    **{name: {"dir", "lang"} for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul")},
    "ol": {"dir", "lang", "start"},
    "li": {"data-fn"},
    "sup": {"data-fn"},
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
    '<p lang="x&quot;><script>">y</p>',
    "<video src='javascript:x'></video><audio src=/a.mp3><source src=//b></audio>",
    "<dl><dt>a<dd><p>b<dd><ul><li>c</dl>",
    '<sup data-fn="1">1</sup><ol class="wp-block-footnotes"><li id="1">n <a href="#x">^</a></ol>',
    "<figure class=wp-block-pullquote><blockquote>a<cite>b</cite></blockquote></figure>",
    "<pre><code class=language-js>&lt;b&gt;\n\n x</code></pre>",
    "[caption id=1]<img src=/a.jpg> c[/caption]",
    "<details><summary>s</summary>d</details>",
    "<h2>a<img src=/b.jpg></h2>",
    "https://youtu.be/dQw4w9WgXcQ",
    "<figure data-embed=x><a href='https://vimeo.com/1'>t</a></figure>",
    "<q>a</q><u>b</u><s>c</s><mark>d</mark><kbd>e</kbd>",
    "<picture><source srcset='/a.webp 9w'><img src=/b.jpg></picture>",
]
TAGS = [
    "<p>",
    "</p>",
    "<b>",
    "<i>",
    "</b>",
    "<li>",
    "<ul>",
    "<td>",
    "<table>",
    "<pre>",
    "\n",
    "<br>",
]
TAGS += [
    "<a href=/x>",
    "</a>",
    "<blockquote>",
    "</ul>",
    "<h3>",
    "<code>",
    "</pre>",
    "&nbsp;",
    "<div>",
]
PIECES = st.sampled_from([*NASTY, *TAGS, "\n"]) | st.text(max_size=12)
BODIES = st.lists(PIECES, max_size=12).map("".join)


def parsed(html: str) -> Element:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def shape(element: Element) -> object:
    """Return a tree as plain values, to be compared."""
    inner = [shape(child) for child in element]
    return (
        element.tag,
        sorted(element.attrib.items()),
        element.text or "",
        element.tail or "",
        inner,
    )


def assert_safe(html: str) -> None:
    tree = parsed(html)
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
    assert shape(parsed(cleaned)) == shape(tree)


def assert_final(html: str) -> None:
    once = normalize(html, BASE)
    again = normalize(once.html, BASE)
    assert again.html == once.html
    assert again.text == once.text
    for name in ("links", "images", "embeds", "headings", "tables"):
        assert [{**row, "rel": []} for row in getattr(again, name)] == [
            {**row, "rel": []} for row in getattr(once, name)
        ]


@pytest.mark.parametrize("html", NASTY)
def test_known_attacks_are_not_written(html: str) -> None:
    assert_safe(normalize(f"<p>a</p>{html}<p>b</p>", BASE).html)
    assert_final(f"<p>a</p>{html}<p>b</p>")


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_what_fuzzing_found_is_mended(path: Path) -> None:
    html = path.read_bytes().decode()
    assert_safe(normalize(html, BASE).html)
    assert_final(html)


@given(BODIES)
def test_nothing_unsafe_is_written(html: str) -> None:
    assert_safe(normalize(html, BASE).html)


@given(BODIES)
def test_normalizing_again_changes_nothing(html: str) -> None:
    assert_final(html)
