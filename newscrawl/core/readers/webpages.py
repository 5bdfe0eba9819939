"""The rung below the feed: the pages of the posts that sitemaps list and no feed shows.

A page that a script makes is read again as a browser shows it, the last rung (`rendered.py`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.collection import PASSWORD
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.markup import is_page, tree_of
from newscrawl.core.obstacles import asked_in
from newscrawl.core.readers.asked import asked_for, is_sated, leave
from newscrawl.core.readers.browsing import has_no_article, name_door, to_a_browser
from newscrawl.core.readers.counterparts import counterpart_link
from newscrawl.core.readers.meeting import meet, withhold
from newscrawl.core.readers.showing import MUTE, post_shown
from newscrawl.core.showings import ALIKE
from newscrawl.core.shown import body_classes
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of
from newscrawl.core.stand_ins import ERROR, NOT_FOUND, led_away
from newscrawl.core.webpage import is_protected
from newscrawl.items import Item, Post

WEBPAGE = "page of a post"
AT_ONCE = 8  # links that wait for their turn
PLACE = re.compile(r"page-id-\d+|home|blog")  # what has one address (``get_body_class()``)
MOST_LED = 2  # addresses of a shop lead to its cart
MOST_PASSED = 200  # pages in a row
OF_NO_POSTS = "{passed} pages in a row that sitemaps list are of no posts; {left:,} more wait"
ANY_ORDER = "pages tell no sure order: these are {limit} of the posts, not surely the newest"


@dataclass(slots=True)
class Pages:
    """Pages that wait to be read; those that are `doubted` may be of no post.

    `passed` counts those that were of none, in a row; `mute` those, by a hash of what they show,
    that do not say what they are of, or that several addresses lead to.
    """

    waiting: Iterator[str]
    doubted: Collection[str] = ()
    passed: int = 0
    mute: Counter[int] = field(default_factory=Counter)


def webpage_links(
    site: Site, addresses: Sequence[str], doubted: Collection[str] = ()
) -> Iterator[Link]:
    """Yield the links to the first of some pages; each leads to one of the others when read."""
    account = site.ledger.collection(POSTS)
    if site.plan.limit and account.found + len(addresses) > site.plan.limit:
        account.untold = True
        site.ledger.refuse(site.url, None, ANY_ORDER.format(limit=site.plan.limit))
    yield from _links(Pages(iter(addresses), doubted), AT_ONCE)


def read_webpage(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post of a page and the link to another page, or to itself in a browser."""
    pages: Pages = link.purpose
    asked = link.href in pages.doubted and not document.has_error
    of_a_post = is_of_a_post(document) if asked else True
    if of_a_post is not False and has_no_article(site, document):
        yield from to_a_browser(site, document, link)
    elif of_a_post:
        yield from take(site, document, post_shown(site, document, "page"))
        pages.passed = 0
        site.rendering.read += 1
        yield from next_link(site, link)
    else:
        doubt(site, document, link)
        yield from pass_by(site, link)


def doubt(site: Site, document: Document, link: Link) -> None:
    """Raise `UnreadableDocument` for a page of no post that may stand in for one.

    It is a door, a page of errors, the page of a known post, or what other addresses lead to or
    show, too. A page that is of another thing, at its own address alone, stands in for nothing.
    """
    if not is_page(document):
        return
    tree, led = tree_of(document), led_away(document)
    of_another = is_of_a_post(document) is False
    if told := _standing_in(site, link, tree, led if of_another else led or MUTE):
        raise UnreadableDocument(document.url, told, document.status)
    place = next(filter(PLACE.fullmatch, body_classes(tree)), None)
    if of_another and not (led or place):
        return
    shown = urlsplit(document.url).path if led else (place or document.body)
    link.purpose.mute[hash(shown)] += 1
    if link.purpose.mute[hash(shown)] > (MOST_LED if led or place else 1):
        raise UnreadableDocument(document.url, led or ALIKE, document.status)


def _standing_in(site: Site, link: Link, tree: LexborHTMLParser, told: str | None) -> str | None:
    """Return as what a page stands in for a post, None for one that does not for sure.

    It is `told` why it may: where it led to, or that it does not say what it is of.
    """
    if ERROR in body_classes(tree):
        return NOT_FOUND
    is_known = site.register is not None and key_of(link.href) in site.register.posts
    return told and (asked_in(tree) or (told if is_known else None))


def pass_by(site: Site, link: Link) -> Iterator[Link]:
    """Leave a page that is of no post, and go on to another.

    Where all are of none, or too many in a row, sitemaps do not tell how many posts there are.
    """
    account = site.ledger.collection(POSTS)
    pages: Pages = link.purpose
    pages.passed += 1
    account.expected = max(0, (account.expected or 0) - 1)
    if pages.passed == MOST_PASSED or not account.expected:
        account.untold = True
        told = OF_NO_POSTS.format(passed=pages.passed, left=sum(1 for _ in pages.waiting))
        site.ledger.refuse(link.href, None, told)
    yield from next_link(site, link)


def fail_webpage(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a post whose page could not be read, and go on to another."""
    name_door(site, error)
    site.ledger.collection(POSTS).unreadable[link.href] = error.reason
    yield from next_link(site, link)


def take(site: Site, document: Document, post: Post) -> Iterator[Item | Link]:
    """Yield the post of a page, if it is asked for and no password stands before it.

    It is the link to the resource that the page names, where that may be open.
    """
    account = site.ledger.collection(POSTS)
    if is_sated(site):
        return
    if not asked_for(site, post):
        leave(site, post)
        account.expected = account.expected and account.expected - 1
        return
    account.found += 1
    account.expected = max(account.expected or 0, account.found)
    if is_protected(document):
        account.unreadable[post.url or document.url] = PASSWORD
        yield from withhold(site, post)
    elif account.to_write:
        meet(site, post)
        yield counterpart_link(site, document, post) or post


def next_link(site: Site, link: Link) -> Iterator[Link]:
    """Yield the link to another of the pages that wait."""
    if not is_sated(site):
        yield from _links(link.purpose, 1)


def _links(pages: Pages, most: int) -> Iterator[Link]:
    """Yield the links to some of the pages that wait; each remembers the others."""
    for url in islice(pages.waiting, most):
        yield Link(WEBPAGE, url, purpose=pages)
