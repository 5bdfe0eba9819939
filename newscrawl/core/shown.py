"""What a page shows of its own article: title, byline, time and terms.

Themes mark them by the classes of hAtom (https://microformats.org/wiki/hatom) and of core's blocks,
in cards, comments and sidebars, too: the article's are beside its content, or its heading.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.core.normalize import plain_text
from newscrawl.core.sitemaps import instant

CONTENT = ".entry-content"
BESIDE = (
    *("aside", "nav", "body > footer", "#colophon", ".site-footer", ".widget"),
    *(".related", ".related-posts", ".relatedposts", ".jp-relatedposts", ".yarpp-related"),
    *("#comments", ".comments", ".comments-area", ".comment-list", ".commentlist"),
    *(".wp-block-comments", ".wp-block-latest-comments", ".wp-block-latest-posts"),
    *(".site-title", ".site-branding"),
)
OWN = f":not({', '.join(f'{place} *' for place in BESIDE)}, .site-title)"
OUTSIDE = f"{OWN}:not({CONTENT} *)"
TITLE = (
    *("h1.entry-title", "h1.wp-block-post-title"),
    *(".entry-title", ".wp-block-post-title", "h1"),
)
BYLINE = (
    *(".author .fn", ".wp-block-post-author__name", ".wp-block-post-author-name"),
    *(".byline .author", 'a[rel~="author"]', ".entry-author-name"),
)
UNCHANGED = 'time[datetime]:not([itemprop~="dateModified"])'
TIME = (
    *(f"{UNCHANGED}.published", f'{UNCHANGED}[itemprop~="datePublished"]'),
    f"{UNCHANGED}:not(.updated):not(.modified)",
)
TERM = f'a[rel~="tag"]{OWN}'  # categories, too (``get_the_category_list()``)
ARTICLE = {"hentry", "type-post"}  # (``get_post_class()``)
TITLED = {"entry-title", "wp-block-post-title"}
SINGLE = re.compile(r"single-(?!format-|author$)([a-z0-9_-]{1,20})")  # (``get_body_class()``)
ROOT = 0  # in place of an element: what no article and no main part holds


class Shown(NamedTuple):
    """What a page shows of its article; what it does not show is None, or no name.

    The `heading` is what may be the title, or the site's.
    """

    title: str | None
    heading: str | None
    authors: list[str]
    published: str | None
    terms: list[str]


def shown_in(tree: LexborHTMLParser) -> Shown:
    """Return what a page shows of its own article."""
    marked = tree.css(CONTENT)
    content = marked[0] if len(marked) == 1 else None
    heading = _heading(tree, content)
    places = _places(content, heading)
    around = {node.mem_id for node in _above(content or heading)}
    bylines = (_names(_own(tree, selector, places)) for selector in BYLINE)
    return Shown(
        title=plain_text(heading.html or "") if heading and _is_title(heading) else None,
        heading=plain_text(heading.html or "") if heading else None,
        authors=next(filter(None, bylines), []),
        published=_time(tree, places),
        terms=_names(node for node in tree.css(TERM) if _place(node) in {ROOT, *around}),
    )


def type_in(tree: LexborHTMLParser) -> str | None:
    """Return the type of a post by the classes of its body, None where they tell none or several.

    Core writes ``single-story``, and ``story-template-default`` beside it. Its themes of 2011 to
    2013 write ``single-author`` on each page of a site of one author.
    """
    classes = body_classes(tree)
    told = [found[1] for found in map(SINGLE.fullmatch, classes) if found]
    sure = [name for name in told if any(told.startswith(f"{name}-template") for told in classes)]
    only = sure or told
    return only[0] if len(only) == 1 else None


def body_classes(tree: LexborHTMLParser) -> Collection[str]:
    """Return by what classes WordPress says what a page is of (``get_body_class()``)."""
    return _classes(tree.body) if tree.body else []


def _heading(tree: LexborHTMLParser, content: LexborNode | None) -> LexborNode | None:
    """Return the heading beside a content, else the first that is of no other article."""
    nodes = [node for selector in TITLE for node in tree.css(f"{selector}{OUTSIDE}")]
    if content is None:
        return next((node for node in nodes if node.tag == "h1"), None)
    place, around = _place(content), {ROOT, *(node.mem_id for node in _above(content))}
    beside = (node for node in nodes if place and _place(node) == place)
    above = (node for node in nodes if node.tag == "h1" and _place(node) in around)
    return next(beside, None) or next(above, None)


def _is_title(heading: LexborNode) -> bool:
    return bool(TITLED.intersection(_classes(heading))) or _place(heading) != ROOT


def _places(content: LexborNode | None, heading: LexborNode | None) -> Collection[int]:
    """Return the elements whose byline is the article's: what holds the content, or the heading."""
    place = _place(content) if content else ROOT
    if heading is None:
        return {place}
    header = next((node for node in _bounds(heading) if node.tag == "header"), None)
    titled = header.mem_id if header else _place(heading)
    return {place, titled} - {ROOT} or {ROOT}


def _own(tree: LexborHTMLParser, selector: str, places: Collection[int]) -> Iterator[LexborNode]:
    """Yield the elements of a kind that stand beside a content or a heading."""
    for node in tree.css(f"{selector}{OUTSIDE}"):
        held = {found.mem_id for found in _bounds(node)} or {ROOT}
        if _place(node) in places or held.intersection(places):
            yield node


def _time(tree: LexborHTMLParser, places: Collection[int]) -> str | None:
    """Return the first time of an article, that which is marked as published before others."""
    found = (node for selector in TIME for node in _own(tree, selector, places))
    node = next(found, None)
    return instant(node.attributes.get("datetime") or "") if node else None


def _names(nodes: Iterable[LexborNode]) -> list[str]:
    """Return what elements say, each text once."""
    return list(dict.fromkeys(filter(None, (plain_text(node.html or "") for node in nodes))))


def _above(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield the elements that hold one, below the body."""
    while node and (node := node.parent) and node.tag not in {"body", "html"}:
        yield node


def _bounds(node: LexborNode) -> Iterator[LexborNode]:
    """Yield what holds an element, as far as the article that it is of."""
    for above in _above(node):
        yield above
        if _is_article(above):
            return


def _place(node: LexborNode) -> int:
    """Return the article, or the main part of the page, that an element is of."""
    return next((above.mem_id for above in _above(node) if _is_article(above)), ROOT)


def _is_article(node: LexborNode) -> bool:
    return node.tag in {"article", "main"} or bool(ARTICLE.intersection(_classes(node)))


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()
