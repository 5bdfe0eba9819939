"""The parser behind a thin adapter: lexbor by selectolax, with guards before it."""

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from newscrawl.core.normalize.guards import LARGEST, guarded

Node = LexborNode
Attributes = Mapping[str, str | None]
TEXT = "-text"
UNREAD = frozenset({None, "-comment"})  # None is a processing instruction
UNSHOWN = ["script", "style", "template", "noscript", "textarea", "select"]
# Without a doctype lexbor is in quirks mode; without a body a leading <noscript> goes to the head.
PROLOGUE = "<!doctype html><body>"


def parse(html: str) -> Node | None:
    """Return the body of a parsed fragment; None for one that is too large to be read."""
    if len(html) > LARGEST:
        return None
    html = guarded(html)
    body = (PROLOGUE + html).encode("utf-8", "ignore")  # lone surrogates are no text
    return LexborHTMLParser(body, options=LexborDocumentOptions.WO_EVENTS).body


def children(node: Node) -> Iterator[Node]:
    """Yield the elements and texts directly below a node."""
    child = node.child
    while child is not None:
        if child.tag not in UNREAD:
            yield child
        child = child.next


def only_text(node: Node) -> str | None:
    """Return the text of an element that holds one text and nothing else, None for any other."""
    only = node.child
    if only is None or only.tag != TEXT or only.next is not None:
        return None
    return only.text_content or ""


def is_blank(node: Node) -> bool:
    """Return whether a node is a text of white space alone, as stands between blocks."""
    return node.tag == TEXT and (node.text_content or "").isspace()


def attribute(node: Node, name: str) -> str:
    """Return the value of an attribute, '' where there is none."""
    return node.attributes.get(name) or ""


def has_class(node: Node, name: str) -> bool:
    """Return whether an element is of a class."""
    return name in attribute(node, "class").split()


def seen_text_of(node: Node, separator: str = "") -> str:
    """Return the text that is shown below a node, however deep; the node loses what is not."""
    node.strip_tags(UNSHOWN, recursive=True)
    return text_of(node, separator)


def text_of(node: Node, separator: str = "") -> str:
    """Return all text below a node, as it is written, with a separator between its parts."""
    return node.text(deep=True, separator=separator)
