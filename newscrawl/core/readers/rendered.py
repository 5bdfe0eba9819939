"""The last rung: pages as a browser shows them, where the plain ones have no article."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.readers.webpages import (
    fail_webpage,
    next_link,
    pass_by,
    rendered_links,
    respect,
    take,
)
from newscrawl.core.shells import article_in
from newscrawl.core.site import Site
from newscrawl.core.webpage import NO_ARTICLE, html_of
from newscrawl.items import Item


def read_rendered(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post that a browser shows, and the link to another page."""
    if document.status < 400 and not article_in(html_of(document)):
        respect(site, document)
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    page: Link = link.purpose
    if page.href in page.purpose.doubted and not is_of_a_post(document):
        yield from pass_by(site, page)
    else:
        yield from take(site, document, "rendered")
        yield from next_link(site, page)
    site.rendering.show()
    yield from rendered_links(site)


def fail_rendered(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a post that no browser shows; where none of the first is shown, render no other."""
    if ended := site.rendering.fail(error.reason):
        site.ledger.refuse(error.url, error.status, ended)
    yield from fail_webpage(site, link.purpose, error)
    yield from rendered_links(site)
