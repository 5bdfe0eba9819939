"""Posts that are known and no list shows: each is asked for by itself, and is gone or stands."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import guid_key
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.posts import take
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.readers.tracing import is_gone, struck
from newscrawl.core.site import Site
from newscrawl.core.values import identifier
from newscrawl.items import Item


def read_vanished(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield a post as it is now that is there, though no list shows it."""
    walk, id_ = link.purpose
    resource = document.mapping()
    if identifier(resource.get("id")) != id_:
        raise UnreadableDocument(document.url, "not the post that was asked for", document.status)
    walk.open -= 1
    walk.standing += 1
    yield from take(site, walk, document, [resource | {"id": id_}])
    yield from proceed(site, walk)


def fail_vanished(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Note a post that is gone, with the site's own word; any other error says nothing of it."""
    walk, id_ = link.purpose
    if is_told_once(error, link):
        yield link.again()
        return
    walk.open -= 1
    if is_gone(error):
        site.struck += struck(site, walk, id_, f"{error.status} {error.reason}")
    else:
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from proceed(site, walk)


def settle_struck(site: Site) -> Iterator[Item]:
    """Yield the posts that are gone; one that was met by its GUID has another id, and is not."""
    for post in site.struck:
        if not post.guid or guid_key(post.guid) not in site.guids:
            yield post
