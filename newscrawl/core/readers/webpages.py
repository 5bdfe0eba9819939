"""The rung below the feed: the pages of the posts that sitemaps list and no feed shows."""

from collections.abc import Iterator, Sequence
from itertools import islice

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import PASSWORD
from newscrawl.core.links import Link
from newscrawl.core.readers.asked import asked_for
from newscrawl.core.site import Site
from newscrawl.core.webpage import is_protected, post_of
from newscrawl.items import Item

WEBPAGE = "page of a post"
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
    """Yield the post of a page, and the link to another page."""
    account = site.ledger.collection(POSTS)
    post = post_of(document, site.home)
    if asked_for(site, post) and account.found != site.plan.limit:
        account.found += 1
        account.expected = max(account.expected or 0, account.found)
        if is_protected(document):
            account.unreadable[post.url or document.url] = PASSWORD
        elif account.to_write:
            yield post
    yield from _next(site, link)


def fail_webpage(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a post whose page could not be read, and go on to another."""
    site.ledger.collection(POSTS).unreadable[link.href] = error.reason
    yield from _next(site, link)


def _next(site: Site, link: Link) -> Iterator[Link]:
    if site.ledger.collection(POSTS).found != site.plan.limit:
        yield from _links(link.purpose, 1)


def _links(waiting: Iterator[str], most: int) -> Iterator[Link]:
    """Yield the links to some of the pages that wait; each remembers the others."""
    for url in islice(waiting, most):
        yield Link(WEBPAGE, url, purpose=waiting)
