"""Which requests are due for what posts refer to, and when the posts' own walk must wait."""

from collections.abc import Iterator

from newscrawl.core.batches import MOST_IDS, Batch
from newscrawl.core.links import Link
from newscrawl.core.readers.bylines import COAUTHORS, byline_link
from newscrawl.core.readers.collections import collection_link
from newscrawl.core.readers.members import members_link
from newscrawl.core.readers.probing import probe_links
from newscrawl.core.readers.references import ALONE, REVISIONS
from newscrawl.core.readers.resources import resources_link
from newscrawl.core.readers.withheld import AUTHORS_OF, withheld_link
from newscrawl.core.relations import Reach
from newscrawl.core.site import Site
from newscrawl.core.stages import Stage

USERS = "wp/v2/users"
MOST_WAITING = 500  # posts that wait for a batch to fill before it leaves as it is


def gather(site: Site) -> Iterator[Link]:
    """Yield the requests that are due: heads, full batches, all when posts wait for no other."""
    yield from probe_links(site)
    for collection in site.batches.waiting():
        yield from _head(site, collection)
    urgent = site.outstanding == len(site.parked) or site.join.held > MOST_WAITING
    due = site.batches.all() if urgent else site.batches.full()
    yield from (_link(site, batch) for batch in due)


def _head(site: Site, collection: str) -> Iterator[Link]:
    """Yield the request that must be answered before the ids of a collection leave."""
    if collection.startswith(ALONE):
        return
    route, _, owned = collection.partition("?")
    reached = site.reached.get(collection)
    if collection == REVISIONS:
        yield from _probe(site)
    elif collection == COAUTHORS:
        _hold_bylines(site)
    elif owned and collection not in site.batches.heads and site.posts_counted > MOST_IDS:
        site.batches.wait(collection)
        gathering = site.gatherings[route]
        yield collection_link(site, gathering, gathering.start)
    elif reached and reached.kind and reached.kind.head and not owned:
        yield from (_link(site, batch) for batch in site.batches.head(collection))
    elif reached and reached.kind is None and not owned:
        _hold_others(site, route)


def _probe(site: Site) -> Iterator[Link]:
    """Ask for one post's revisions: they are open to a reader or they are not."""
    if REVISIONS not in site.batches.heads and not site.may_edit:
        first = next(iter(site.batches.wanted[REVISIONS]))
        site.batches.settle(REVISIONS, [first])
        site.batches.wait(REVISIONS)
        yield members_link(site, Batch(REVISIONS, (first,)))


def _hold_others(site: Site, route: str) -> None:
    """Let posts that links lead to wait while a walk may still come by them."""
    walk = site.walks.get(route)
    site.batches.heads[route] = walk is None or walk.stage is Stage.CLOSED


def _hold_bylines(site: Site) -> None:
    """Let bylines wait until the site's users are known: a guest is nobody of them."""
    site.batches.sizes[COAUTHORS] = 1
    site.batches.heads[COAUTHORS] = site.batches.heads.get(USERS, True)


def _link(site: Site, batch: Batch) -> Link:
    reached = site.reached.get(batch.collection)
    if reached and reached.relation.reach in {Reach.GROUP, Reach.OWN}:
        return members_link(site, batch)
    if batch.collection == REVISIONS:
        return members_link(site, batch)
    if batch.collection == COAUTHORS:
        return byline_link(site, batch)
    if batch.collection.startswith(AUTHORS_OF):
        return withheld_link(site, batch)
    return resources_link(site, batch)
