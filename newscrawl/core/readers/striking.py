"""Posts that are known and no list shows: each is asked for by itself, and is gone or stands."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.readers.tracing import is_gone, struck
from newscrawl.core.site import Site
from newscrawl.items import Item


def read_vanished(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Leave a post as it is that is there, though no list shows it."""
    walk, _ = link.purpose
    document.mapping()
    walk.open -= 1
    yield from proceed(site, walk)


def fail_vanished(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Yield a post that is gone, with the site's own word; any other error says nothing of it."""
    walk, id_ = link.purpose
    if is_told_once(error, link):
        yield link.again()
        return
    walk.open -= 1
    if is_gone(error):
        yield from struck(site, walk, id_, f"{error.status} {error.reason}")
    else:
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from proceed(site, walk)
