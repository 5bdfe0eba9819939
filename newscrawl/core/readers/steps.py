"""The links of a walk: each carries the walk and the part of it that its reader goes on from."""

from collections.abc import Iterable, Iterator, Mapping

from newscrawl.core.links import Link
from newscrawl.core.site import Site
from newscrawl.core.walk import SIZE, Walk
from newscrawl.core.windows import Second, Window

POSTS, OLDEST, COUNT, SWEEP, MEND = "posts", "oldest", "count", "sweep", "mend"


def posts_link(site: Site, walk: Walk, window: Window | Second) -> Link:
    """Return the link to the posts of a window."""
    return _link(site, walk, POSTS, walk.query(window), window)


def oldest_link(site: Site, walk: Walk, window: Window) -> Link:
    """Return the link to the date of the oldest post, by which a window is cut into parts."""
    query = walk.count_query() | {"orderby": "date", "order": "asc", "_fields": "id,date"}
    return _link(site, walk, OLDEST, query, window)


def count_link(site: Site, walk: Walk) -> Link:
    """Return the link that tells the total of the walk."""
    return _link(site, walk, COUNT, walk.count_query(), None)


def sweep_link(site: Site, walk: Walk, window: Window | Second) -> Link:
    """Return the link to the ids of a window."""
    return _link(site, walk, SWEEP, walk.sweep_query(window), window)


def mend_links(site: Site, walk: Walk, ids: Iterable[int]) -> Iterator[Link]:
    """Yield links to posts by their ids, as many in each as one request may hold."""
    waiting = sorted(ids)
    for start in range(0, len(waiting), SIZE):
        part = tuple(waiting[start : start + SIZE])
        yield _link(site, walk, MEND, walk.include_query(part), part)


def _link(site: Site, walk: Walk, rel: str, query: Mapping[str, str], part: object) -> Link:
    walk.open += 1
    return Link(rel, site.root.address(walk.route, query), purpose=(walk, part))
