"""What an error says of a collection: that it is closed, or that less must be asked at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from newscrawl.core.batches import Batch
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.withheld import withhold
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, is_too_large
from newscrawl.items import Item, Status

CLOSING: Mapping[int | None, Status] = {
    401: "forbidden",
    403: "forbidden",
    404: "missing",
    410: "missing",
}
ONE_OF_MANY = frozenset({"rest_cannot_read_post", "rest_post_invalid_id"})
AGAIN = "the site answers with the same rows again: a filter or a cache ignores the query"
TOO_LONG = frozenset({413, 414, 431})
BAD_REQUEST = 400
MOST_REFUSED = 30  # batches in a row that a server refuses
MOST_WALLED = 6  # that a firewall does: half, a quarter and an eighth of the first


def closing(error: UnreadableDocument) -> Status | None:
    """Return what an error makes of all that is asked of a collection, None if it closes none."""
    return CLOSING.get(error.status)


def is_too_much(error: UnreadableDocument, batch: Batch) -> bool:
    """Return whether a batch would fare better in halves: one of its ids, or its length, failed.

    One post that nobody may read makes WordPress refuse a whole `comments?post=`; servers and
    firewalls refuse long addresses, and long lists of ids.
    """
    refused = is_about_one(error) or is_walled(error) or is_too_large(error)
    return len(batch.ids) > 1 and (refused or error.status in TOO_LONG)


def is_walled(error: UnreadableDocument) -> bool:
    """Return whether a refusal is of a server or a firewall: WordPress would have told a code."""
    refused = error.status == BAD_REQUEST or bool(closing(error))
    return refused and error.reason == f"HTTP {error.status}"


def is_spent(site: Site, batch: Batch, error: UnreadableDocument) -> bool:
    """Return whether a collection is refused whatever is asked of it, as often as it was tried."""
    tried = site.singles[batch.collection]
    return tried > (MOST_WALLED if closing(error) else MOST_REFUSED)


def is_told_once(error: UnreadableDocument, link: Link) -> bool:
    """Return whether a refusal was told once only: a firewall or a cache may have answered."""
    return bool(closing(error)) and not link.attempt


def is_doubtful(document: Document, link: Link, rows: Sequence[object]) -> bool:
    """Return whether a document should be asked for once more: it promises rows and holds none.

    They may all be hidden; a cache that answers ``[]`` looks the same.
    """
    window = link.purpose[1]
    return not rows and not link.attempt and document.promised(asked(link.href), window.page) > 0


def is_about_one(error: UnreadableDocument) -> bool:
    """Return whether an error is about a post that was named, not about the collection."""
    return error.reason in ONE_OF_MANY


def note_unreadable(site: Site, collection: str, ids: Iterable[int]) -> None:
    """Enter in the books which resources a closed collection withholds; of members nobody knows."""
    if "?" not in collection:
        reason = site.reasons[collection]
        site.account(collection).unreadable |= dict.fromkeys(ids, reason)


def close(site: Site, batch: Batch, error: UnreadableDocument) -> Iterator[Item]:
    """Ask nothing more of a collection and tell so to all that wait for it.

    One that closes after it was open loses what it would have told: that is no policy.
    """
    status = closing(error) or "failed"
    access = site.access.get(batch.route.rpartition("/")[2])
    site.account(batch.collection).untold = "?" in batch.collection
    site.account(batch.collection).lost += status == "failed" or bool(access and access["open"])
    site.ledger.refuse(error.url, error.status, error.reason)
    site.closed[batch.collection] = status
    site.note_access(batch.route, error.reason)
    unanswered = [*batch.ids, *site.batches.withdraw(batch.collection)]
    site.reasons[batch.collection] = error.reason
    note_unreadable(site, batch.collection, unanswered)
    yield from withhold(site, batch.collection, unanswered, status)
