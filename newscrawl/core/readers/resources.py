"""The authors, media and terms that posts refer to, many in a document."""

from collections.abc import Iterator, Mapping

from newscrawl.core.batches import MOST_IDS, Batch
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.join import Answer, Key
from newscrawl.core.links import Link
from newscrawl.core.projections import image_of
from newscrawl.core.readers.posts import release
from newscrawl.core.relations import RELATIONS, Relation, Target
from newscrawl.core.site import Site
from newscrawl.items import Item, Media, Name, Status

RESOURCES = "resources"
MOST_HELD = 500  # posts that wait for a batch to fill before it leaves as it is
CLOSING: Mapping[int | None, Status] = {
    401: "forbidden",
    403: "forbidden",
    404: "missing",
    410: "missing",
}


def gather(site: Site) -> Iterator[Link]:
    """Yield the batches that are due: heads, full ones, all when posts wait for nothing else."""
    for route in site.batches.waiting():
        if _relation(site, route).head:
            yield from (_link(site, batch) for batch in site.batches.head(route))
    urgent = not site.outstanding or site.join.held > MOST_HELD
    due = site.batches.all() if urgent else site.batches.full()
    yield from (_link(site, batch) for batch in due)


def read_resources(site: Site, document: Document, link: Link) -> Iterator[Item]:
    """Yield the resources asked for, and the posts that waited for them."""
    batch: Batch = link.purpose
    relation = _relation(site, batch.route)
    place = site.place(batch.route, document)
    site.note_access(batch.route, None)
    found = {row["id"]: relation.project(row, place) for row in document.resources()}
    asked = set(batch.ids) | set(site.batches.wanted[batch.route])
    for id_, item in found.items():
        yield from _answer_item(site, (batch.route, id_), item, asked)
    site.batches.settle(batch.route, found)
    site.batches.head_read(batch.route)
    absent = [id_ for id_ in batch.ids if id_ not in found]
    site.ledger.collection(_name(batch.route)).missing += absent
    yield from _answer_status(site, batch.route, absent, "missing")


def fail_resources(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Yield the posts that waited, their links told as forbidden, missing or failed.

    A refusal closes the collection: nothing more is asked of it. A head that fails otherwise is
    made up for by batches of ids.
    """
    batch: Batch = link.purpose
    site.ledger.refuse(error.url, error.status, error.reason)
    site.batches.head_read(batch.route)
    status = CLOSING.get(error.status)
    unanswered = list(batch.ids)
    if status:
        site.closed[batch.route] = status
        site.note_access(batch.route, error.reason)
        unanswered += site.batches.withdraw(batch.route)
    account = site.ledger.collection(_name(batch.route))
    account.unreadable |= dict.fromkeys(unanswered, error.reason)
    yield from _answer_status(site, batch.route, unanswered, status or "failed")


def _answer_item(site: Site, key: Key, item: Target, asked: set[int]) -> Iterator[Item]:
    if key in site.join.answers:
        return
    if key[1] not in asked:
        site.unclaimed[key] = item
        site.join.answers[key] = _carried(item)
        return
    site.ledger.collection(_name(key[0])).found += 1
    if item.kind in site.plan.kinds:
        yield item
    yield from release(site, site.join.answer(key, _carried(item)))


def _answer_status(site: Site, route: str, ids: list[int], status: Status) -> Iterator[Item]:
    for id_ in ids:
        yield from release(site, site.join.answer((route, id_), status))


def _carried(item: Target) -> Answer:
    """Return what a post carries of a resource."""
    if isinstance(item, Media):
        return image_of(item) or "missing"
    return Name(id=item.id, name=item.name, slug=item.slug, url=item.url)


def _relation(site: Site, route: str) -> Relation:
    return RELATIONS[site.reached[route]]


def _name(route: str) -> str:
    return route.rpartition("/")[2]


def _link(site: Site, batch: Batch) -> Link:
    relation = _relation(site, batch.route)
    whole = relation.kind in site.plan.kinds
    query = {
        "per_page": str(MOST_IDS),
        **(
            {"include": ",".join(map(str, sorted(batch.ids)))} if batch.ids else relation.head or {}
        ),
        "_fields": relation.whole if whole else relation.joined,
    }
    return Link(RESOURCES, site.root.address(batch.route, query), purpose=batch, urgency=1)
