"""Posts that are known and no list shows: each is asked for by itself, and is gone or stands."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import guid_key, named
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.posts import take
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.readers.tracing import is_gone, stored, struck
from newscrawl.core.site import Site
from newscrawl.core.values import identifier
from newscrawl.items import Item, Post


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
    """Note a post that is gone, with the site's own word; by any other error it is unsure."""
    walk, id_ = link.purpose
    if is_told_once(error, link):
        yield link.again()
        return
    walk.open -= 1
    post = stored(site, walk, id_)
    if post and is_gone(error):
        site.struck.append(struck(post, f"{error.status} {error.reason}"))
    elif post:
        site.unsure.append((post, error.reason))
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from proceed(site, walk)


def settle_vanished(site: Site) -> Iterator[Item]:
    """Yield the posts that are gone, and name those that may be; one met by its GUID is neither."""
    yield from (post for post in site.struck if not _is_met(site, post))
    for post, reason in site.unsure:
        if not _is_met(site, post):
            walk = next(walk for walk in site.walks.values() if walk.type == post.type)
            site.ledger.collection(walk.name).unreadable[named(post)] = reason


def _is_met(site: Site, post: Post) -> bool:
    """Return whether a post was met by its GUID: then it has another id or type."""
    return bool(post.guid) and guid_key(post.guid or "") in site.guids
