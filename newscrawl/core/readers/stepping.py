"""One row that breaks a document of its own: it is named where its id can be had, and stepped over.

What is read row by row by now goes on behind it, be it a walk, its sweep, a collection that is read
whole or what belongs to posts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.batches import Batch
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.gathering import Gathering
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import fail_walk
from newscrawl.core.readers.collections import COLLECTION, collection_link, leave_collection
from newscrawl.core.readers.members import MEMBERS, leave_members, members_link
from newscrawl.core.readers.rows import UNNAMED
from newscrawl.core.readers.steps import POSTS, SWEEP, posts_link, sweep_link
from newscrawl.core.site import Site
from newscrawl.core.walk import Walk
from newscrawl.items import Item

MOST_UNNAMED = 3  # rows of a collection that break even where only their ids are asked for
BEHIND: Mapping[str, Callable[[Site, Any, Any], Link]] = {
    POSTS: posts_link,
    SWEEP: sweep_link,
    COLLECTION: collection_link,
    MEMBERS: members_link,
}


def read_row(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Note which row it is that cannot be read, and go on behind it."""
    failed, error = link.purpose
    reading, _ = failed.purpose
    _note(site, reading, [row["id"] for row in document.resources()], error)
    yield from _go_on(site, failed)


def fail_row(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Go on behind a row that nobody can name; where row after row is so, the collection breaks."""
    failed, first = link.purpose
    reading, _ = failed.purpose
    site.ledger.refuse(error.url, error.status, error.reason)
    site.singles[UNNAMED + reading.route] += 1
    if _bears(reading) and site.singles[UNNAMED + reading.route] <= MOST_UNNAMED:
        _note(site, reading, [], first)
        yield from _go_on(site, failed)
    elif isinstance(reading, Walk):
        yield from fail_walk(site, failed, first)
    elif isinstance(reading, Gathering):
        yield from leave_collection(site, reading, first)
    else:
        yield from leave_members(site, reading, first)


def _bears(reading: Walk | Gathering | Batch) -> bool:
    """Return whether something of a collection was read, so that it does not break as a whole."""
    if isinstance(reading, Walk):
        return reading.documents > 0
    return isinstance(reading, Batch) or bool(reading.seen)


def _go_on(site: Site, failed: Link) -> Iterator[Link]:
    reading, part = failed.purpose
    site.sizes.forgive(reading.route)
    if isinstance(reading, Walk):
        reading.open -= 1
    yield BEHIND[failed.rel](site, reading, part.stepped())


def _note(
    site: Site, reading: Walk | Gathering | Batch, ids: Sequence[int], error: UnreadableDocument
) -> None:
    """Enter in the books the row that is lost: by its id, or as one that nobody could name."""
    if isinstance(reading, Walk):
        reading.unread |= dict.fromkeys(ids, error.reason)
        reading.broken += not ids
        return
    account = site.account(reading.route)
    account.unreadable |= dict.fromkeys(ids, error.reason)
    account.lost += 1
    if isinstance(reading, Gathering):
        reading.seen.update(ids)
