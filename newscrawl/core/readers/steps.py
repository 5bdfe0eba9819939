"""The links of a walk: each carries the walk and the part of it that its reader goes on from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.links import Link
from newscrawl.core.site import Site
from newscrawl.core.stages import Stage
from newscrawl.core.times import naive
from newscrawl.core.translations import TRANSLATIONS
from newscrawl.core.walk import Walk
from newscrawl.core.windows import Part, Row, Window

POSTS, OLDEST, COUNT, SWEEP, MEND = "posts", "oldest", "count", "sweep", "mend"
CONFIRM, VANISHED = "confirm", "vanished"
LATEST = 10  # ids that are shown beside the total at the end


def size_of(site: Site, walk: Walk) -> int:
    """Return how many rows the documents of a walk are asked for now."""
    size = site.sizes.of(walk.route)
    return min(size, walk.limit or size)


def posts_link(site: Site, walk: Walk, part: Part) -> Link:
    """Return the link to the posts of a part."""
    query = _selecting(walk, part, size_of(site, walk)) | _whole(walk)
    return _link(site, walk, POSTS, query, part)


def oldest_link(site: Site, walk: Walk, window: Window) -> Link:
    """Return the link to the date of the oldest post, by which a window is cut into parts."""
    query = _swept(walk, walk.span, 1) | {"order": "asc"}
    return _link(site, walk, OLDEST, query, window)


def count_link(site: Site, walk: Walk) -> Link:
    """Return the link that tells the total of the walk, and its newest ids."""
    return _link(site, walk, COUNT, _swept(walk, walk.span, LATEST) | {"_fields": "id"}, None)


def sweep_link(site: Site, walk: Walk, part: Part) -> Link:
    """Return the link to the ids of a part."""
    return _link(site, walk, SWEEP, _swept(walk, part, size_of(site, walk)), part)


def mend_links(site: Site, walk: Walk, ids: Iterable[int], most: int = MOST_IDS) -> Iterator[Link]:
    """Yield the link to posts by their ids, `most` at the most, the others behind it; or none."""
    waiting = tuple(sorted(ids))
    size = min(most, site.sizes.of(walk.route))
    if waiting:
        query = _including(waiting[:size], size) | _whole(walk)
        yield _link(site, walk, MEND, query, (waiting[:size], waiting[size:]))


def confirm_link(site: Site, walk: Walk, ids: Iterable[int]) -> Link:
    """Return the link to the ids of posts that were asked for and not returned."""
    query = _including(sorted(ids), site.sizes.of(walk.route)) | {"_fields": "id"}
    return _link(site, walk, CONFIRM, query, set(ids))


def vanished_link(site: Site, walk: Walk, id_: int) -> Link:
    """Return the link to one post, by itself: as it is now, or what became of it."""
    walk.open += 1
    address = site.root.address(f"{walk.route}/{id_}", _whole(walk))
    return Link(VANISHED, address, purpose=(walk, id_))


def rows_of(resources: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return what a walk needs of each post to go on."""
    return [Row(resource["id"], naive(resource.get("date"))) for resource in resources]


def _selecting(walk: Walk, part: Part, size: int) -> dict[str, str]:
    return {
        "per_page": str(size),
        "ignore_sticky": "true",  # 6.8.0 puts sticky posts before the first page otherwise
        **walk.narrowed,
        **part.parameters(),
    }


def _swept(walk: Walk, part: Part, size: int) -> dict[str, str]:
    traced = (*walk.traced, *TRANSLATIONS) if walk.stage is Stage.TRACING else ()
    fields = ",".join(dict.fromkeys(["id", "date", *traced]))
    return _selecting(walk, part, size) | {"_fields": fields}


def _whole(walk: Walk) -> dict[str, str]:
    """Return the parameter that asks for all that an item needs, and for links to learn from."""
    links = ["_links"] if walk.learning else []
    return walk.asking_for([*walk.fields, *links])


def _including(ids: Sequence[int], size: int) -> dict[str, str]:
    return {"include": ",".join(map(str, ids)), "per_page": str(size), "orderby": "id"}


def _link(site: Site, walk: Walk, rel: str, query: Mapping[str, str], part: object) -> Link:
    walk.open += 1
    return Link(rel, site.root.address(walk.route, query), purpose=(walk, part))
