"""What is cut before a body is parsed, so that no input costs more than its length."""

import re

LARGEST = 10_000_000  # characters of content that are read at all
LONGEST_TAG = 65_536  # characters; 50,000 attributes on one tag took the parser 4 s
TAG_TOO_LONG = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG},}}>?")
LONGEST_DATA = re.compile(r"(?<=[\"'=])data:[^\"'\s<>]{1000,}")
MOST_TAGS = 5_000  # below that no nesting is deep enough to be slow
DEEPEST = 400  # elements in elements; the parser's time grows with the square of the depth
NESTING = (  # what nests in itself without an end; no other tag is touched
    "div|section|article|main|aside|header|footer|nav|blockquote|ul|ol|dl|table|figure|details|center"
    "|span|b|i|em|strong|u|s|a|font|small|big|sub|sup|code|mark|del|ins|q|cite|label|fieldset"
)
TAG = re.compile(rf"<(/?)(?:{NESTING})(?=[\s>])[^<>]*(?<!/)>", re.IGNORECASE)


def guarded(html: str) -> str:
    """Return HTML without what would make its parsing slow; its text stays."""
    if len(html) > LONGEST_TAG:
        html = TAG_TOO_LONG.sub("", html)
    if html.count("<") > MOST_TAGS:
        html = flattened(html)
    return LONGEST_DATA.sub("data:", html) if "data:" in html else html


def flattened(html: str, deepest: int = DEEPEST) -> str:
    """Return HTML without the tags of elements that lie too deep in others.

    >>> flattened("<div><div><b>deep</b></div></div>", deepest=2)
    '<div><div> deep </div></div>'
    """
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        closing = bool(found[1])
        depth = max(depth - 1, 0) if closing else depth + 1
        return " " if depth + closing > deepest else found[0]

    return TAG.sub(kept, html)
