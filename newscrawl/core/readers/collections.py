"""Collections that are walked whole: because all of a kind is wanted, or because it is cheaper."""

from collections.abc import Iterator

from newscrawl.core.batches import Batch
from newscrawl.core.collection import credible
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.gathering import Gathering, Way
from newscrawl.core.join import Members
from newscrawl.core.kinds import AUTHOR, COMMENT, MEDIA, TERM, Kind
from newscrawl.core.links import Link
from newscrawl.core.pages import Pages
from newscrawl.core.readers.arrivals import answer, arrive
from newscrawl.core.readers.increments import (
    catch_up,
    is_caught_up,
    names_of,
    remember,
    strike,
)
from newscrawl.core.readers.refusals import AGAIN, close, closing, is_doubtful, is_told_once
from newscrawl.core.readers.rows import is_one_row, row_link
from newscrawl.core.readers.steps import rows_of
from newscrawl.core.relations import RELATIONS
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, asks_too_much
from newscrawl.core.windows import Part, Row, advance
from newscrawl.items import Item

COLLECTION = "collection walk"
GROUPS = ("replies", "wp:attachment")


def begin_collections(site: Site) -> Iterator[Link]:
    """Set up what is gathered for posts; yield the walks of the kinds that are written whole."""
    for rel in GROUPS:
        row = RELATIONS[rel]
        if rel in site.plan.relations and row.kind:
            collection = f"{row.route}?{row.parameter}"
            site.gatherings[row.route] = Gathering(row.route, row.kind, collection, row.by)
    for route, kind in _whole_kinds(site):
        gathering = site.gatherings.setdefault(route, Gathering(route, kind))
        gathering.whole, gathering.way = True, Way.WALK
        remember(site, gathering)
        site.batches.wait(route)
        if gathering.collection:
            site.batches.wait(gathering.collection)
        yield collection_link(site, gathering, gathering.start)


def collection_link(site: Site, gathering: Gathering, window: Part | Pages) -> Link:
    """Return the link to a part of a collection."""
    query = {
        "per_page": str(site.sizes.of(gathering.route)),
        **window.parameters(),
        **site.gathering_fields(gathering),
    }
    address = site.root.address(gathering.route, query)
    return Link(COLLECTION, address, purpose=(gathering, window), urgency=1)


def read_collection(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield what a part of a collection holds, and the link to the part behind it.

    The first document decides whether the collection is walked on or read in batches.
    """
    gathering, window = link.purpose
    size = asked(link.href)
    resources = document.resources()
    if is_doubtful(document, link, resources):
        yield link.again()
        return
    site.note_access(gathering.route, None)
    site.sizes.bear(gathering.route, size)
    promised = document.promised(size, window.page)
    rows = rows_of(resources)
    stale = gathering.note(window, [row.id for row in rows], document.total, promised)
    if window == gathering.start:
        gathering.decide(document.total, site.posts_counted)
    site.account(gathering.route).lost += document.nameless
    place = site.place(gathering.route, document)
    for resource in resources:
        yield from arrive(site, gathering.route, gathering.kind, place, resource)
    if gathering.way is Way.BATCHES:
        site.batches.head_read(gathering.collection)
        return
    if is_caught_up(gathering, document.total):
        catch_up(site, gathering, document)
        return
    following = None if stale else _advance(window, rows, document, size)
    if following:
        yield collection_link(
            site, gathering, following.resized(size, site.sizes.of(gathering.route))
        )
    elif not isinstance(window, Pages) and (stale or not gathering.adds_up):
        yield collection_link(site, gathering, Pages())  # such a site orders as it likes
    else:
        yield from _end(site, gathering, document, stale=stale)


def fail_collection(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Close a collection that is refused; what is wanted of one that fails is asked for by id."""
    gathering, window = link.purpose
    if is_told_once(error, link):
        yield link.again()
        return
    if asks_too_much(error, link.href):
        smaller = site.sizes.smaller(gathering.route, link.href, window)
        yield collection_link(site, gathering, smaller)
    elif is_one_row(site, link, error):
        yield row_link(site, link, error)
    else:
        yield from leave_collection(site, gathering, error)


def leave_collection(site: Site, gathering: Gathering, error: UnreadableDocument) -> Iterator[Item]:
    """Close a collection that is refused, and read one that breaks in batches of ids."""
    names = list(names_of(gathering))
    for name in names:
        site.batches.head_read(name)
    site.account(gathering.route).lost += bool(gathering.absent)
    if closing(error):
        for name in names:
            yield from close(site, Batch(name), error)
    else:
        site.ledger.refuse(error.url, error.status, error.reason)
        site.account(gathering.route).lost += not gathering.collection
    gathering.way = Way.BATCHES


def _whole_kinds(site: Site) -> Iterator[tuple[str, Kind]]:
    if not site.plan.whole:
        return
    for route, kind in (
        ("wp/v2/users", AUTHOR),
        *((route, TERM) for route in (site.taxonomies or {}).values()),
        ("wp/v2/media", MEDIA),
        ("wp/v2/comments", COMMENT),
    ):
        if kind.name in site.plan.kinds:
            yield route, kind


def _advance(
    window: Part | Pages, rows: list[Row], document: Document, size: int
) -> Part | Pages | None:
    size = document.page_size(size)
    if isinstance(window, Pages):
        return window.advance([row.id for row in rows], document.total, size)
    return advance(window, rows, document.total, size)


def _end(site: Site, gathering: Gathering, document: Document, *, stale: bool) -> Iterator[Item]:
    """Settle the account of a walk, and tell the posts what belongs to them."""
    gathering.way = Way.READ
    account = site.account(gathering.route)
    account.told = gathering.total if gathering.whole else None
    hidden = credible(min(gathering.absent, gathering.shortfall), len(gathering.seen))
    account.hidden += hidden
    account.lost += gathering.absent - hidden + stale
    if stale:
        site.ledger.refuse(document.url, document.status, AGAIN)
    strike(site, gathering)
    for name in names_of(gathering):
        site.batches.head_read(name)
    if gathering.collection:
        for owner in site.batches.withdraw(gathering.collection):
            members = Members(gathering.members_of(owner))
            yield from answer(site, gathering.collection, [owner], members)
