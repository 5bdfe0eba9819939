"""What posts refer to by id: authors, media, terms, parents, many in a document."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newscrawl.core.batches import Batch, parts_of
from newscrawl.core.collection import credible
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.gathering import Gathering
from newscrawl.core.links import Link
from newscrawl.core.place import Resource
from newscrawl.core.reach import Reached
from newscrawl.core.readers.arrivals import answer, arrive
from newscrawl.core.readers.posts import take_others
from newscrawl.core.readers.references import ALONE
from newscrawl.core.readers.refusals import close, closing, is_spent, is_told_once, is_too_much
from newscrawl.core.readers.withheld import withhold
from newscrawl.core.site import Site
from newscrawl.core.sizes import REFUSED, asked, asks_too_much
from newscrawl.items import Item

RESOURCES = "resources"
DOUBTFUL = 5  # ids of which not one is there


def resources_link(site: Site, batch: Batch) -> Link:
    """Return the link to the resources of a batch, or to the head of their collection."""
    if batch.collection.startswith(ALONE):
        return Link(RESOURCES, batch.collection.removeprefix(ALONE), purpose=batch, urgency=1)
    reached = site.reached[batch.collection]
    head = reached.kind.head or {} if reached.kind else {}
    size = max(site.sizes.of(reached.route), len(batch.ids))  # fewer rows than ids would lose some
    query = {
        "per_page": str(size),
        **({"include": ",".join(map(str, sorted(batch.ids)))} if batch.ids else head),
        **_fields(site, reached),
    }
    return Link(RESOURCES, site.root.address(reached.route, query), purpose=batch, urgency=1)


def read_resources(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the resources asked for, and the posts that waited for them."""
    batch: Batch = link.purpose
    if batch.collection.startswith(ALONE):
        document.json()
        yield from answer(site, batch.collection, batch.ids, "resolved")
        return
    resources = document.resources()
    site.note_access(batch.collection, None)
    yield from _take(site, batch, document, resources)
    site.batches.head_read(batch.collection)
    found = {row["id"] for row in resources}
    absent = tuple(id_ for id_ in batch.ids if id_ not in found)
    size = asked(link.href)
    site.singles[batch.collection] = 0
    if not found and len(batch.ids) >= DOUBTFUL and not link.attempt:
        yield link.again()
        return
    got_on = absent and len(absent) < len(batch.ids)
    if got_on and document.page_size(size) < size:
        yield from _capped(site, batch, document.page_size(size), absent)
        return
    unshown = (document.total or 0) - len(resources)
    cut = document.total is None or unshown > credible(unshown, len(resources))
    if got_on and cut:
        yield resources_link(site, Batch(batch.collection, absent))
        return
    yield from _miss(site, batch, absent, deaf=not found <= set(batch.ids))


def fail_resources(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Yield the posts that waited, their links told as forbidden, missing or failed.

    A refusal that is told twice closes the collection: nothing more is asked of it. A head that
    fails otherwise is made up for by batches of ids, a batch that is too much by its halves.
    """
    batch: Batch = link.purpose
    site.batches.head_read(batch.collection)
    if is_told_once(error, link) and not batch.collection.startswith(ALONE):
        yield link.again()
        return
    if error.reason == REFUSED:
        site.sizes.shrink(batch.route, asked(link.href))
        site.batches.sizes[batch.collection] = site.sizes.of(batch.route)
    site.singles[batch.collection] += 1
    spent = is_spent(site, batch, error)
    if is_too_much(error, batch) and not spent:
        for half in batch.halves():
            yield replace(resources_link(site, half), attempt=link.attempt)
    elif not batch.ids and asks_too_much(error, link.href):
        site.sizes.shrink(batch.route, asked(link.href))
        yield resources_link(site, batch)
    elif spent:
        yield from close(site, batch, error)
    elif batch.collection.startswith(ALONE) or not closing(error):
        site.ledger.refuse(error.url, error.status, error.reason)
        account = site.account(batch.collection)
        account.unreadable |= dict.fromkeys(batch.ids, error.reason)
        account.lost += len(batch.ids) if not closing(error) else 0
        yield from answer(site, batch.collection, batch.ids, closing(error) or "failed")
    else:
        yield from close(site, batch, error)


def _miss(site: Site, batch: Batch, ids: tuple[int, ...], *, deaf: bool) -> Iterator[Item]:
    """Ask once more, with others, for what was not returned; then it is missing.

    A site that is deaf to what it is asked for returns something else: that tells of nothing.
    """
    doubted = site.doubted[batch.collection]
    site.batches.want_again(batch.collection, [id_ for id_ in ids if id_ not in doubted])
    absent = [id_ for id_ in ids if id_ in doubted]
    doubted.update(ids)
    account = site.account(batch.collection)
    if absent and deaf:
        account.lost += len(absent)
        yield from answer(site, batch.collection, absent, "failed")
        return
    if site.reached[batch.collection].kind:  # of posts only the walk's own count
        account.missing += absent
    yield from withhold(site, batch.collection, absent, "missing")


def _take(
    site: Site, batch: Batch, document: Document, resources: Sequence[Resource]
) -> Iterator[Item]:
    reached = site.reached[batch.collection]
    if reached.kind is None:
        yield from take_others(site, reached.route, document, resources)
        return
    place = site.place(reached.route, document)
    for resource in resources:
        yield from arrive(site, reached.route, reached.kind, place, resource)


def _capped(site: Site, batch: Batch, size: int, absent: tuple[int, ...]) -> Iterator[Link]:
    """Ask for the rest where a site shows fewer rows than were asked for, and so from now on."""
    site.sizes.now[batch.route] = site.batches.sizes[batch.collection] = size
    for ids in parts_of(absent, size):
        yield resources_link(site, Batch(batch.collection, ids))


def _fields(site: Site, reached: Reached) -> dict[str, str]:
    if reached.kind is None:
        return site.walks[reached.route].only
    return site.gathering_fields(
        site.gatherings.get(reached.route) or Gathering(reached.route, reached.kind)
    )
