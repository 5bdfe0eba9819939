"""The links of a walk: each carries the walk and the part of it that its reader goes on from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.batches import parts_of
from newscrawl.core.links import Link
from newscrawl.core.site import Site
from newscrawl.core.times import naive
from newscrawl.core.walk import Walk
from newscrawl.core.windows import Row, Second, Window

POSTS, OLDEST, COUNT, SWEEP, MEND, NAME = "posts", "oldest", "count", "sweep", "mend", "name"
CONFIRM = "confirm"


def posts_link(site: Site, walk: Walk, window: Window | Second) -> Link:
    """Return the link to the posts of a window."""
    return _link(site, walk, POSTS, walk.query(window, site.sizes.of(walk.route)), window)


def oldest_link(site: Site, walk: Walk, window: Window) -> Link:
    """Return the link to the date of the oldest post, by which a window is cut into parts."""
    query = walk.count_query() | {"orderby": "date", "order": "asc", "_fields": "id,date"}
    return _link(site, walk, OLDEST, query, window)


def count_link(site: Site, walk: Walk) -> Link:
    """Return the link that tells the total of the walk."""
    return _link(site, walk, COUNT, walk.count_query(), None)


def sweep_link(site: Site, walk: Walk, window: Window | Second) -> Link:
    """Return the link to the ids of a window."""
    return _link(site, walk, SWEEP, walk.sweep_query(window, site.sizes.of(walk.route)), window)


def mend_links(site: Site, walk: Walk, ids: Iterable[int]) -> Iterator[Link]:
    """Yield links to posts by their ids, as many in each as one request may hold."""
    size = site.sizes.of(walk.route)
    for part in parts_of(sorted(ids), size):
        yield _link(site, walk, MEND, walk.include_query(part, size), part)


def confirm_link(site: Site, walk: Walk, ids: Iterable[int]) -> Link:
    """Return the link to the ids of posts that were asked for and not returned."""
    query = walk.include_query(tuple(sorted(ids)), site.sizes.of(walk.route)) | {"_fields": "id"}
    return _link(site, walk, CONFIRM, query, None)


def name_link(site: Site, walk: Walk, window: Window | Second, reason: str) -> Link:
    """Return the link to the id of a window's first post, which could not be read for a reason."""
    return _link(site, walk, NAME, walk.sweep_query(window, 1), (window, reason))


def rows_of(resources: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return what a walk needs of each post to go on."""
    return [Row(resource["id"], naive(resource.get("date"))) for resource in resources]


def _link(site: Site, walk: Walk, rel: str, query: Mapping[str, str], part: object) -> Link:
    walk.open += 1
    return Link(rel, site.root.address(walk.route, query), purpose=(walk, part))
