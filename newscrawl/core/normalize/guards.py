"""What is cut before a body is parsed, so that no input costs more than its length."""

import re

LARGEST = 10_000_000  # characters of content that are read at all
LONGEST_TAG = 65_536  # characters; 50,000 attributes on one tag took the parser 4 s
TAG_TOO_LONG = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG},}}>?")
LONGEST_DATA = re.compile(r"(data:[\w/+.-]+)[^\"'\s>]{1000,}")
MOST_TAGS = 5_000  # below that no nesting is deep enough to be slow
DEEPEST = 400  # elements in elements; the parser's time grows with the square of the depth
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
FLAT = frozenset(  # they end themselves or each other, so they do not nest
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot"}
    | {"br", "img", "hr", "input", "source", "wbr", "col", "area", "base", "embed", "link", "meta"}
)


def guarded(html: str) -> str:
    """Return HTML without what would make its parsing slow; its text stays."""
    if len(html) > LONGEST_TAG:
        html = TAG_TOO_LONG.sub("", html)
    if html.count("<") > MOST_TAGS:
        html = flattened(html)
    return LONGEST_DATA.sub(r"\1", html)


def flattened(html: str, deepest: int = DEEPEST) -> str:
    """Return HTML without the tags of elements that lie too deep in others.

    >>> flattened("<div><div><b>deep</b></div></div>", deepest=2)
    '<div><div> deep </div></div>'
    """
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        closing, name = found[1], found[2].lower()
        if name in FLAT:
            return found[0]
        depth = max(depth - 1, 0) if closing else depth + 1
        return " " if depth + bool(closing) > deepest else found[0]

    return TAG.sub(kept, html)
