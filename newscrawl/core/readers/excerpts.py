"""Posts of which the feed holds an excerpt only: each is completed by its own page."""

from collections.abc import Iterator
from dataclasses import replace

from newscrawl.core.collection import PASSWORD
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import guid_key, own_id
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.readers.browsing import EXCERPT, has_no_article, name_door, to_a_browser
from newscrawl.core.readers.counterparts import counterpart_link
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.meeting import withhold
from newscrawl.core.readers.showing import post_shown
from newscrawl.core.rss import CUT, POST
from newscrawl.core.site import Site
from newscrawl.core.stand_ins import OF_ANOTHER
from newscrawl.core.webpage import is_protected
from newscrawl.items import Item, Post
from newscrawl.items.parts import Source

KEPT = ("guid", "title", "published", "authors", "excerpt")  # a feed's own word, where it has one
WITHOUT_PAGE = f"{CUT}, its page cannot be read: {{reason}}"


def excerpt_link(site: Site, post: Post) -> Link:
    """Return the link to the page of a post that has an address."""
    return Link(EXCERPT, here(site, post.url or ""), purpose=post)


def read_excerpt(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post with the content of its page, or the link to that page in a browser."""
    if has_no_article(site, document):
        yield from to_a_browser(site, document, link)
        return
    yield from complete(site, document, link, "page")
    site.rendering.read += 1


def complete(site: Site, document: Document, link: Link, source: Source) -> Iterator[Item | Link]:
    """Yield the post with the content of its page; what its feed told stands.

    It is the link to the resource that the page names, where that may be open.
    """
    post: Post = link.purpose
    if is_protected(document):
        site.ledger.collection(POSTS).unreadable[post.url or document.url] = PASSWORD
        yield from withhold(site, post)
    else:
        page = post_shown(site, document, source, post.excerpt)
        if page.id and own_id(post.guid, site.home) not in {None, page.id} and _is_led(document):
            raise UnreadableDocument(document.url, OF_ANOTHER, document.status)
        whole = _completed(post, page)
        yield counterpart_link(site, document, whole) or whole


def fail_excerpt(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Yield the post with its excerpt alone, and say why it is no more.

    Where a store has more of it, that stands, and the gap is named.
    """
    name_door(site, error)
    post: Post = link.purpose
    refused = WITHOUT_PAGE.format(reason=error.reason)
    known = site.register.known_as(post) if site.register else None
    if known and known.source != "feed":
        site.ledger.collection(POSTS).unreadable[post.url or post.source_url] = refused
    else:
        yield replace(post, content_refused=refused)


def _is_led(document: Document) -> bool:
    """Return whether a page is not that of the post at the address that was asked for.

    Where it is, its id is the post's, whatever its GUID tells: that of an import is another.
    """
    is_here = guid_key(document.url) == guid_key(document.asked or document.url)
    return not (is_here and is_of_a_post(document))


def _completed(post: Post, page: Post) -> Post:
    told = {name: getattr(post, name) for name in KEPT if getattr(post, name)}
    terms = {name: names for name, names in post.terms.items() if names}
    type_ = page.type if post.type == POST else post.type
    return replace(page, **told, type=type_, terms=terms or page.terms)
