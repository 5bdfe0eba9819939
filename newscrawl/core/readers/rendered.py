"""The last rung: pages as a browser shows them, where the plain ones have no article."""

from collections.abc import Callable, Iterator, Mapping

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.markup import NO_ARTICLE, html_of
from newscrawl.core.readers.browsing import EXCERPT, leaving, respect
from newscrawl.core.readers.excerpts import complete, fail_excerpt
from newscrawl.core.readers.showing import post_shown
from newscrawl.core.readers.webpages import WEBPAGE, doubt, fail_webpage, next_link, pass_by, take
from newscrawl.core.shells import article_in
from newscrawl.core.site import Site
from newscrawl.items import Item

Fallback = Callable[[Site, Link, UnreadableDocument], Iterator[Item | Link]]
PLAIN: Mapping[str, Fallback] = {WEBPAGE: fail_webpage, EXCERPT: fail_excerpt}


def read_rendered(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post that a browser shows, and the link to another page."""
    document.raise_for_status()
    if not article_in(html_of(document)):
        respect(document)
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    page: Link = link.purpose
    if page.rel == EXCERPT:
        yield from complete(site, document, page, "rendered")
    elif page.href in page.purpose.doubted and not is_of_a_post(document):
        doubt(site, document, page)
        yield from pass_by(site, page)
    else:
        yield from take(site, document, post_shown(site, document, "rendered"))
        yield from next_link(site, page)
    site.rendering.show()
    yield from _next_links(site)


def fail_rendered(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Name a post that no browser shows; where none of the first is shown, render no other."""
    if ended := site.rendering.fail(error.reason):
        site.ledger.refuse(error.url, error.status, ended)
    yield from _leave_plain(site, link, error)
    yield from _next_links(site)


def _next_links(site: Site) -> Iterator[Item | Link]:
    """Yield the links to pages that are rendered next; name them where none is any more."""
    yield from leaving(site)
    rendering = site.rendering
    while rendering.ended and rendering.waiting:
        link = rendering.waiting.popleft()
        yield from _leave_plain(site, link, UnreadableDocument(link.href, NO_ARTICLE))


def _leave_plain(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    page: Link = link.purpose
    return PLAIN[page.rel](site, page, error)
