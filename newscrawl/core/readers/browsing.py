"""Pages that come without their article: each is asked for again, as a browser shows it."""

from collections import deque
from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.markup import NO_ARTICLE
from newscrawl.core.obstacles import DOORS
from newscrawl.core.readers.asked import is_sated
from newscrawl.core.shells import is_empty, is_shell, obstacle
from newscrawl.core.site import Site

RENDERED = "rendered page of a post"
EXCERPT = "page of an excerpt"  # of a post that is counted already


def has_no_article(site: Site, document: Document) -> bool:
    """Return whether a page comes without its article.

    On a site that has shown articles what is short is all there is.
    """
    return is_empty(document) if site.rendering.read else is_shell(document)


def to_a_browser(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Yield the link to a page as a browser shows it, unless that is in vain or not welcome."""
    respect(document)
    if site.rendering.ended:
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    site.rendering.waiting.append(Link(RENDERED, document.url, purpose=link, rendered=True))
    yield from leaving(site)


def leaving(site: Site) -> Iterator[Link]:
    """Yield the links to pages that are rendered next; of more posts than are asked for, none."""
    rendering = site.rendering
    if is_sated(site):
        counted = (link for link in rendering.waiting if link.purpose.rel == EXCERPT)
        rendering.waiting = deque(counted)
    yield from rendering.leave(site.plan.side_by_side)


def respect(document: Document) -> None:
    """Raise `UnreadableDocument` for a page that asks something of its reader."""
    if asks := obstacle(document):
        raise UnreadableDocument(document.url, asks, document.status)


def name_door(site: Site, error: UnreadableDocument) -> None:
    """Name what pages of a site ask of their reader, the first time that one does."""
    if error.reason in DOORS and all(error.reason != r["reason"] for r in site.ledger.refusals):
        site.ledger.refuse(error.url, error.status, error.reason)
