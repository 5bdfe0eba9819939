"""The Markdown says what the HTML says: a reader of CommonMark and GFM finds the same in both."""

import re

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newscrawl.core.normalize import normalize

BASE = "https://news.example/2024/story/"
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
WORDS = ["word ", "“so”", "你好", "Kyiv, 5 May.", "a.", "[x]", "(y)", "&amp;", "<br>"]
SIGNS = ["*", "_", "#", "1. ", "- ", "> ", "~~", "`", "|", "---", "\\", "!", "^", "==="]
MARKS = ["b", "i", "em", "del", "code", "u", "a href=/x"]
BLOCKS = ["</p><p>", "<h2>", "</h2>", "<ul><li>", "</ul>", "<blockquote>", "</blockquote>"]
CELLS = ["<table><tr><td>", "<td>", "</table>", "<figcaption>", "<dl><dt>", "<dd>"]
TAGS = [tag for mark in MARKS for tag in (f"<{mark}>", f"</{mark.split()[0]}>")]
BODIES = st.lists(st.sampled_from([*WORDS, *SIGNS, *TAGS, *BLOCKS, *CELLS]), max_size=14)


def said(html: str) -> tuple[str, list[str | None]]:
    """Return the letters of a document, but for spaces, and the addresses that it links to."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return re.sub(r"\s", "", "".join(tree.itertext())), [a.get("href") for a in tree.iter("a")]


@given(BODIES.map("".join))
def test_a_reader_of_markdown_finds_what_the_html_says(html: str) -> None:
    body = normalize(f"<p>{html}", BASE)
    assert said(READER.render(body.markdown)) == said(body.html)
