"""The end of a walk: the total is asked for again, and a gap is closed or named."""

from collections.abc import Callable, Iterator, Mapping

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.beyond import beyond_links
from newscrawl.core.readers.feeds import feed_links
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.readers.rows import MOST_BROKEN, is_one_row, row_link
from newscrawl.core.readers.standing import unnumbered_links
from newscrawl.core.readers.steps import (
    count_link,
    mend_links,
    posts_link,
    sweep_link,
)
from newscrawl.core.readers.tracing import forget_same, vanished_links
from newscrawl.core.site import Site
from newscrawl.core.sizes import asks_too_much, is_too_large
from newscrawl.core.stages import Stage
from newscrawl.core.walk import Walk
from newscrawl.core.windows import Paged, Part

CLOSED = frozenset({401, 403, 404})


def proceed(site: Site, walk: Walk) -> Iterator[Link]:
    """Yield the links of the next stage once no document of the present one is still to come."""
    while not walk.open and walk.stage is not Stage.CLOSED:
        yield from STAGES[walk.stage](site, walk)


def read_count(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take the total and the newest ids over as they are now that the walk has ended."""
    walk, _ = link.purpose
    walk.latest = {row["id"] for row in document.resources()}
    walk.open -= 1
    if document.total is not None:
        walk.total = document.total
    yield from proceed(site, walk)


def fail_posts(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Ask for less of what was too much: posts of the same window, at last its first one's id."""
    walk, window = link.purpose
    if is_told_once(error, link) and not walk.documents:
        yield link.again()
    elif asks_too_much(error, link.href):
        walk.open -= 1
        yield posts_link(site, walk, site.sizes.smaller(walk.route, link.href, window))
    elif is_one_row(site, link, error):
        yield row_link(site, link, error)
    else:
        if is_too_large(error):
            site.ledger.block(
                error.url, error.status, f"{MOST_BROKEN} posts that break: {error.reason}"
            )
        yield from fail_walk(site, link, error)


def fail_walk(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Note that a document of a walk could not be read; the later stages look for its posts."""
    walk, _ = link.purpose
    walk.open -= 1
    walk.broken += 1
    site.ledger.refuse(error.url, error.status, error.reason)
    if not walk.documents:
        site.note_access(walk.route, error.reason)
        walk.close(site.ledger.collection(walk.name))
        if walk.type == "post" and error.status in CLOSED:
            yield from feed_links(site)
    yield from proceed(site, walk)


def _end_tracing(site: Site, walk: Walk) -> Iterator[Link]:
    """Count again where a listing did not come to its total: posts may have gone meanwhile."""
    if walk.unseen and not walk.broken:
        walk.stage = Stage.TRACED
        yield count_link(site, walk)
    else:
        yield from _end_traced(site, walk)


def _end_traced(site: Site, walk: Walk) -> Iterator[Link]:
    """Ask for what a listing shows otherwise than it is known; a site that hides is walked."""
    if walk.broken or (walk.unseen and walk.stood > len(walk.swept)):
        forget_same(site, walk)
        yield posts_link(site, walk, walk.span)
        return
    walk.total = walk.sweep_total
    walk.stage = Stage.MENDING
    yield from mend_links(site, walk, walk.listed - walk.same - walk.outside)


def _end_walking(site: Site, walk: Walk) -> Iterator[Link]:
    if walk.sated:
        walk.close(site.ledger.collection(walk.name))
        return
    walk.stage = Stage.COUNTING
    yield count_link(site, walk)


def _end_counting(site: Site, walk: Walk) -> Iterator[Link]:
    if walk.is_sure and not walk.unread:
        yield from _strike(site, walk)
        return
    walk.stage = Stage.HEAD
    yield posts_link(site, walk, walk.head())


def _end_head(site: Site, walk: Walk) -> Iterator[Link]:
    if walk.is_sure:
        walk.stage = Stage.MENDING  # what could not be read is tried once more, by its id
        yield from mend_links(site, walk, walk.unread)
        return
    yield from _sweep(site, walk, Stage.SWEEPING, walk.span)


def _end_sweep(site: Site, walk: Walk) -> Iterator[Link]:
    if walk.broken or walk.unseen or not walk.is_counted:
        yield from _sweep(site, walk, Stage.PAGING, Paged(walk.span))
    else:
        yield from _end_paging(site, walk)


def _end_paging(site: Site, walk: Walk) -> Iterator[Link]:
    walk.stage = Stage.MENDING
    yield from mend_links(site, walk, walk.listed.union(walk.unread) - walk.found - walk.outside)


def _sweep(site: Site, walk: Walk, stage: Stage, part: Part) -> Iterator[Link]:
    walk.stage = stage
    walk.broken = 0
    yield sweep_link(site, walk, part)


def _end_mending(site: Site, walk: Walk) -> Iterator[Link]:
    if walk.gone or walk.unseen:
        walk.stage = Stage.RECOUNTING
        yield count_link(site, walk)
    else:
        yield from _end_recounting(site, walk)


def _end_recounting(site: Site, walk: Walk) -> Iterator[Link]:
    """Believe that posts are gone if the total says so, too: a site may be deaf to ids.

    Those published since the sweep are counted with it, and no reason to doubt. What the total
    lost during the sweep, the sweep need not have shown.
    """
    if walk.gone and walk.stood > (walk.sweep_total or 0) - len(walk.gone):
        walk.unreturned |= walk.gone
    if walk.listed:
        walk.settle_sweep()
    yield from _strike(site, walk)


def _strike(site: Site, walk: Walk) -> Iterator[Link]:
    walk.stage = Stage.VANISHED
    yield from vanished_links(site, walk)
    yield from unnumbered_links(site, walk)


def _end_vanished(site: Site, walk: Walk) -> Iterator[Link]:
    walk.close(site.ledger.collection(walk.name))
    yield from beyond_links(site, walk)


STAGES: Mapping[Stage, Callable[[Site, Walk], Iterator[Link]]] = {
    Stage.TRACING: _end_tracing,
    Stage.TRACED: _end_traced,
    Stage.WALKING: _end_walking,
    Stage.COUNTING: _end_counting,
    Stage.HEAD: _end_head,
    Stage.SWEEPING: _end_sweep,
    Stage.PAGING: _end_paging,
    Stage.MENDING: _end_mending,
    Stage.RECOUNTING: _end_recounting,
    Stage.VANISHED: _end_vanished,
}
