"""Posts that are known and no list shows: each is asked for by itself, and is gone or stands."""

from collections.abc import Iterator

from newscrawl.core.collection import Collection
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import named
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.posts import take
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.readers.tracing import is_gone, stored
from newscrawl.core.site import Site
from newscrawl.core.values import identifier
from newscrawl.items import Item, Post

NO_WORD = "HTTP 410"  # a status without the site's own word for it


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
        site.vanished.strike(post, f"{error.status} {error.reason.removeprefix(NO_WORD)}".rstrip())
    elif post:
        site.vanished.unsure.append((post, error.reason))
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from proceed(site, walk)


def settle_vanished(site: Site) -> Iterator[Item]:
    """Yield the posts that are gone, and name those that may be; one met by its GUID is neither.

    One whose id is another's may have an id of its own by now, where not all posts were read.
    """
    for post, reason in site.vanished.unsure:
        if not site.vanished.is_met(post):
            _account_of(site, post).unreadable[named(post)] = reason
    for post, reason in site.vanished.displaced:
        if _account_of(site, post).is_whole and not site.plan.narrows:
            site.vanished.strike(post, reason)
    yield from site.vanished.gone()


def _account_of(site: Site, post: Post) -> Collection:
    walks = (walk.name for walk in site.walks.values() if walk.type == post.type)
    return site.ledger.collection(next(walks, POSTS))
