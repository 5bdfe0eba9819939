"""What is cut before a body is parsed, so that no input costs more than its length."""

import re

LARGEST = 10_000_000  # characters of content that are read at all
LONGEST_TAG = 65_536  # characters; 50,000 attributes on one tag took the parser 4 s
ENDLESS = re.compile(rf"<[a-zA-Z][^<>]{{{LONGEST_TAG},}}>?")
ANY_TAG = re.compile(  # as HTML's tokenizer reads one, each character once; and what holds none
    r"<!--(?>.*?(?:-->|\Z))|<(?:script|style)\b(?>.*?(?:</(?:script|style)|\Z))"
    r"|<[a-zA-Z][^\s/>]*+(?:[\s/]++|[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?)?)*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
PLAYERS = frozenset({"iframe", "video", "audio"})
HOLDERS = (  # what shows nothing, or nothing of the article, for as long as it is open
    "form|select|textarea|button|object|canvas|template|dialog|map|datalist|option"
    "|title|iframe|video|audio"
)
HOLDS = re.compile(rf"<(?:{HOLDERS}|[A-Z]{{2}})")  # a quick first look
HOLDING = re.compile(rf"<(/?)({HOLDERS})\b[^<>]*>", re.IGNORECASE)
LONGEST_DATA = re.compile(r"data:(?<=[\"'=]data:)[^\"'\s<>]{1000,}")  # found by its first letters
MOST_TAGS = 5_000  # below that no nesting is deep enough to be slow
DEEPEST = 400  # elements in elements; the parser's time grows with the square of the depth
INLINE = "span|b|i|em|strong|u|s|font|small|big|sub|sup|code|mark|del|ins|q|cite|label|kbd|var|abbr"
BLOCK = (
    "div|section|article|main|aside|header|footer|nav|blockquote|ul|ol|dl|table|figure|details|center"
    "|fieldset|pre|menu|summary|address|hgroup|dialog|search|form|object|video|audio|canvas|legend"
)
TAG = re.compile(  # what nests in itself without an end; no other tag is touched
    rf"<(/?)(?:({INLINE})|{BLOCK}|[a-z]+-[a-z-]+)(?=[\s/>])[^<>]*>", re.IGNORECASE
)


def guarded(html: str) -> str:
    """Return HTML without what would make its parsing slow; its text stays."""
    html = LONGEST_DATA.sub("data:", html) if "data:" in html else html
    if len(html) > LONGEST_TAG:
        html = ANY_TAG.sub(_short_enough, html)
    if html.count("<") > MOST_TAGS:
        html = flattened(html)
    return without_unclosed(html) if HOLDS.search(html) else html


def _short_enough(tag: re.Match[str]) -> str:
    """Return a tag, nothing for one that is too long; of one that does not end the text is kept."""
    if len(tag[0]) < LONGEST_TAG or tag[0].startswith(("<!", "<s", "<S")):
        return tag[0]
    return "" if tag[0].endswith(">") else ENDLESS.sub("", tag[0])


def without_unclosed(html: str) -> str:
    """Return HTML without the tags of forms and their like that nothing closes.

    A parser takes all that follows for theirs, and so the rest of the article. A player that
    nothing closes is closed at once.

    >>> without_unclosed("<form><p>kept</p><select><i>a</i></select>")
    '<p>kept</p><select><i>a</i></select>'
    """
    opened: dict[str, list[re.Match[str]]] = {}
    for tag in HOLDING.finditer(html):
        closing, name = tag[1], tag[2].lower()
        if not closing:
            opened.setdefault(name, []).append(tag)
        elif opened.get(name):
            opened[name].pop()
    unclosed = sorted((tag for tags in opened.values() for tag in tags), key=re.Match.start)
    out, end = [], 0
    for tag in unclosed:
        name = tag[2].lower()
        out += [html[end : tag.start()], f"{tag[0]}</{name}>" if name in PLAYERS else ""]
        end = tag.end()
    return "".join([*out, html[end:]])


def flattened(html: str, deepest: int = DEEPEST) -> str:
    """Return HTML without the tags of elements that lie too deep in others.

    >>> flattened("<div><div><b>deep</b></div></div>", deepest=2)
    '<div><div>deep</div></div>'
    """
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        closing = bool(found[1])
        depth = max(depth - 1, 0) if closing else depth + 1
        parted = "" if found[2] else " "  # a word may go on behind an inline tag
        return parted if depth + closing > deepest else found[0]

    return TAG.sub(kept, html)
