"""The rung below the feed: the pages of the posts that sitemaps list and no feed shows.

A page that a script makes is read again as a browser shows it, the last rung (`rendered.py`).
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import PASSWORD
from newscrawl.core.links import Link
from newscrawl.core.readers.asked import asked_for
from newscrawl.core.readers.meeting import meet, withhold
from newscrawl.core.shells import is_empty, is_shell, obstacle
from newscrawl.core.site import Site
from newscrawl.core.webpage import NO_ARTICLE, is_protected, post_of
from newscrawl.items import Item
from newscrawl.items.parts import Source

WEBPAGE, RENDERED = "page of a post", "rendered page of a post"
POSTS = "posts"
AT_ONCE = 8  # links that wait for their turn
ANY_ORDER = "sitemaps tell no order: these are {limit} of the posts, not surely the newest"


def webpage_links(site: Site, addresses: Sequence[str]) -> Iterator[Link]:
    """Yield the links to the first of some pages; each leads to one of the others when read."""
    waiting = iter(addresses)
    if site.plan.limit:
        site.ledger.collection(POSTS).untold = True
        site.ledger.refuse(site.url, None, ANY_ORDER.format(limit=site.plan.limit))
    yield from _links(waiting, AT_ONCE)


def read_webpage(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post of a page and the link to another page, or to itself in a browser."""
    if _has_no_article(site, document):
        yield from _to_a_browser(site, document, link)
        return
    yield from take(site, document, "page")
    site.rendering.read += 1
    yield from next_link(site, link)


def fail_webpage(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a post whose page could not be read, and go on to another."""
    site.ledger.collection(POSTS).unreadable[link.href] = error.reason
    yield from next_link(site, link)


def take(site: Site, document: Document, source: Source) -> Iterator[Item]:
    """Yield the post of a page, if it is asked for and no password stands before it."""
    account = site.ledger.collection(POSTS)
    post = post_of(document, site.home, source)
    if not asked_for(site, post) or _sated(site):
        return
    account.found += 1
    account.expected = max(account.expected or 0, account.found)
    if is_protected(document):
        account.unreadable[post.url or document.url] = PASSWORD
        yield from withhold(site, post)
    elif account.to_write:
        meet(site, post)
        yield post


def next_link(site: Site, link: Link) -> Iterator[Link]:
    """Yield the link to another of the pages that wait."""
    if not _sated(site):
        yield from _links(link.purpose, 1)


def rendered_links(site: Site) -> Iterator[Link]:
    """Yield the links to pages that are rendered next; name them where none is any more."""
    rendering = site.rendering
    if not _sated(site):
        yield from rendering.leave(site.plan.side_by_side)
    while rendering.ended and rendering.waiting:
        link = rendering.waiting.popleft()
        yield from fail_webpage(site, link.purpose, UnreadableDocument(link.href, NO_ARTICLE))


def respect(site: Site, document: Document) -> None:
    """Raise `UnreadableDocument` for a page that asks something of its reader; name that door."""
    asks = obstacle(document)
    if not asks:
        return
    if asks not in site.ledger.collection(POSTS).unreadable.values():
        site.ledger.refuse(document.url, document.status, asks)
    raise UnreadableDocument(document.url, asks, document.status)


def _has_no_article(site: Site, document: Document) -> bool:
    """Return whether a page comes without its article.

    On a site that has shown articles what is short is all there is.
    """
    return is_empty(document) if site.rendering.read else is_shell(document)


def _to_a_browser(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Yield the link to a page as a browser shows it, unless that is in vain or not welcome."""
    respect(site, document)
    if site.rendering.ended:
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    site.rendering.waiting.append(Link(RENDERED, document.url, purpose=link, rendered=True))
    yield from rendered_links(site)


def _sated(site: Site) -> bool:
    return site.ledger.collection(POSTS).found == site.plan.limit


def _links(waiting: Iterator[str], most: int) -> Iterator[Link]:
    """Yield the links to some of the pages that wait; each remembers the others."""
    for url in islice(waiting, most):
        yield Link(WEBPAGE, url, purpose=waiting)
