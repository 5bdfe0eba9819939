"""What belongs to posts: comments and attachments of many, revisions of one, page after page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newscrawl.core.batches import Batch
from newscrawl.core.collection import credible
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.join import Members
from newscrawl.core.links import Link
from newscrawl.core.pages import Pages
from newscrawl.core.readers.arrivals import answer, arrive
from newscrawl.core.readers.references import REVISIONS
from newscrawl.core.readers.refusals import (
    AGAIN,
    close,
    closing,
    is_about_one,
    is_doubtful,
    is_spent,
    is_told_once,
    is_too_much,
    is_walled,
)
from newscrawl.core.readers.rows import is_one_row, row_link
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, asks_too_much
from newscrawl.items import Item

MEMBERS = "members"
FIRST = Pages()
REVISED = REVISIONS.partition("?")[0]  # closed to most, and no accident
MOST_REFUSED = 20  # posts, one by one, before a collection is taken for closed


def members_link(site: Site, batch: Batch, pages: Pages = FIRST) -> Link:
    """Return the link to a page of what belongs to the posts of a batch."""
    parameter = batch.collection.rpartition("?")[2]
    owners = {} if batch.collection == REVISIONS else {parameter: ",".join(map(str, batch.ids))}
    query = {
        **owners,
        "per_page": str(site.sizes.of(batch.route)),
        **pages.parameters(),
        **site.gathering_fields(site.gatherings[batch.route]),
    }
    return Link(
        MEMBERS,
        site.root.address(_route(site, batch), query),
        purpose=(batch, pages),
        urgency=1,
        private=batch.collection == REVISIONS and site.may_edit,
    )


def read_members(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield what belongs to the posts of a batch, and at its last page the posts themselves."""
    batch, pages = link.purpose
    size = asked(link.href)
    gathering = site.gatherings[batch.route]
    resources = document.resources()
    if is_doubtful(document, link, resources):
        yield link.again()
        return
    site.note_access(gathering.route, None)
    site.sizes.bear(batch.route, size)
    site.batches.head_read(batch.collection)
    place = site.place(_route(site, batch), document)
    for resource in resources:
        yield from arrive(site, gathering.route, gathering.kind, place, resource)
    ids = [resource["id"] for resource in resources]
    stale = pages.repeats(ids)
    following = pages.advance(ids, document.total, document.page_size(size))
    if following:
        yield members_link(site, batch, following.resized(size, site.sizes.of(batch.route)))
        return
    _settle(site, document, link, ids, stale=stale)
    if batch.collection == REVISIONS and not site.may_edit and not resources:
        site.closed[REVISIONS] = "empty"  # counted by the post's link, shown to nobody anonymous
        yield from answer(site, REVISIONS, site.batches.withdraw(REVISIONS), "empty")
    for id_ in batch.ids:
        yield from answer(site, batch.collection, [id_], Members(gathering.members_of(id_)))


def fail_members(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Yield the posts that waited, or the halves of a batch that was too much.

    Revisions that one post's editor may not see do not close those of the others.
    """
    batch, pages = link.purpose
    site.batches.head_read(batch.collection)
    if is_told_once(error, link) and not is_about_one(error) and batch.route != REVISED:
        yield link.again()
    elif is_too_much(error, batch) and not _is_spent(site, batch, error):
        for half in batch.halves():
            yield replace(members_link(site, half), attempt=link.attempt)
    elif asks_too_much(error, link.href):
        yield members_link(site, batch, site.sizes.smaller(batch.route, link.href, pages))
    elif is_one_row(site, link, error) and batch.route != REVISED:
        yield row_link(site, link, error)
    else:
        yield from leave_members(site, batch, error)


def leave_members(site: Site, batch: Batch, error: UnreadableDocument) -> Iterator[Item]:
    """Yield the posts that waited for what a site does not tell of them, or of any."""
    if _closes(site, batch, error):
        yield from close(site, batch, error)
    else:
        status = closing(error)
        site.ledger.refuse(error.url, error.status, error.reason)
        site.account(batch.collection).lost += not status
        yield from answer(site, batch.collection, batch.ids, status or "failed")


def _settle(site: Site, document: Document, link: Link, ids: Sequence[int], *, stale: bool) -> None:
    """Enter in the books what the pages of a batch counted and, up to this last, did not show."""
    batch, pages = link.purpose
    account = site.account(batch.route)
    if stale:
        account.lost += 1
        site.ledger.refuse(document.url, document.status, AGAIN)
    else:
        shown = pages.shown + len(ids)
        absent = max(0, (document.total or pages.total or 0) - shown)
        hidden = credible(absent, shown)
        account.hidden += hidden
        account.lost += absent - hidden


def _is_spent(site: Site, batch: Batch, error: UnreadableDocument) -> bool:
    """Return whether a firewall refuses even a few posts; WordPress refuses for the sake of one."""
    site.singles[batch.collection] += is_walled(error)
    return is_walled(error) and is_spent(site, batch, error)


def _closes(site: Site, batch: Batch, error: UnreadableDocument) -> bool:
    """Return whether an error says that nothing more of a collection can be had.

    A probe of the revisions says so however it fails; a refusal of one post says so when it has
    been said of many.
    """
    if batch.collection == REVISIONS:
        return not site.may_edit
    if is_about_one(error):
        site.singles[batch.collection] += 1
        return site.singles[batch.collection] > MOST_REFUSED
    return bool(closing(error))


def _route(site: Site, batch: Batch) -> str:
    """Return the route that holds what belongs to the posts of a batch."""
    if batch.collection == REVISIONS:
        return f"{site.owners[batch.ids[0]]}/{batch.ids[0]}/revisions"
    return batch.route
