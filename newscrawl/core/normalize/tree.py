"""The parser behind a thin adapter: lexbor by selectolax, with guards before and above it."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

Node = LexborNode
TEXT = "-text"
LARGEST = 10_000_000  # characters of content that are read at all
LONGEST_DATA = re.compile(r"(data:[\w/+.-]+)[^\"'\s>]{1000,}")
LONGEST_TAG = 65_536
TAG_TOO_LONG = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG},}}>?")
# Without a doctype lexbor is in quirks mode; without a body a leading <noscript> goes to the head.
PROLOGUE = "<!doctype html><body>"


def parse(html: str) -> Node | None:
    """Return the body of a parsed fragment; None for one that is too large to be read."""
    if len(html) > LARGEST:
        return None
    if len(html) > LONGEST_TAG:
        html = TAG_TOO_LONG.sub("", html)
    html = LONGEST_DATA.sub(r"\1", html)
    html = html.encode("utf-8", "replace").decode("utf-8")
    return LexborHTMLParser(PROLOGUE + html, options=LexborDocumentOptions.WO_EVENTS).body


def children(node: Node) -> Iterator[Node]:
    """Yield the elements and texts directly below a node."""
    child = node.child
    while child is not None:
        if child.tag is not None and not child.is_comment_node:
            yield child
        child = child.next


def is_blank(node: Node) -> bool:
    """Return whether a node is a text of white space alone, as stands between blocks."""
    return node.tag == TEXT and (node.text_content or "").isspace()


def attribute(node: Node, name: str) -> str:
    """Return the value of an attribute, '' where there is none."""
    return node.attributes.get(name) or ""


def text_of(node: Node) -> str:
    """Return all text below a node, as it is written."""
    return node.text(deep=True)
