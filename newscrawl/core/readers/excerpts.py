"""Posts of which the feed holds an excerpt only: each is completed by its own page."""

from collections.abc import Iterator
from dataclasses import replace

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import PASSWORD
from newscrawl.core.links import Link
from newscrawl.core.readers.counterparts import counterpart_link
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.webpages import POSTS
from newscrawl.core.rss import CUT
from newscrawl.core.site import Site
from newscrawl.core.webpage import is_protected, post_of
from newscrawl.items import Item, Post

EXCERPT = "page of an excerpt"
KEPT = ("guid", "title", "published", "authors", "excerpt")  # a feed's own word, where it has one
WITHOUT_PAGE = f"{CUT}, its page cannot be read: {{reason}}"


def excerpt_link(site: Site, post: Post) -> Link:
    """Return the link to the page of a post that has an address."""
    return Link(EXCERPT, here(site, post.url or ""), purpose=post)


def read_excerpt(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post with the content of its page; what its feed told stands.

    It is the link to the resource that the page names, where that may be open.
    """
    post: Post = link.purpose
    if is_protected(document):
        site.ledger.collection(POSTS).unreadable[post.url or document.url] = PASSWORD
    else:
        whole = _completed(post, post_of(document, site.home))
        yield counterpart_link(site, document, whole) or whole


def fail_excerpt(_site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Yield the post with its excerpt alone, and say why it is no more."""
    yield replace(link.purpose, content_refused=WITHOUT_PAGE.format(reason=error.reason))


def _completed(post: Post, page: Post) -> Post:
    told = {name: getattr(post, name) for name in KEPT if getattr(post, name)}
    terms = {name: names for name, names in post.terms.items() if names}
    return replace(page, **told, terms=terms or page.terms)
