"""The links of a post: which of them are followed, what each waits for, what is told of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from newscrawl.core.join import Key, Reference
from newscrawl.core.linkmap import Edge
from newscrawl.core.links import Link, is_usable, links_of
from newscrawl.core.place import Resource
from newscrawl.core.readers.bylines import byline_keys
from newscrawl.core.relations import Reach, is_followed
from newscrawl.core.site import Site
from newscrawl.core.values import identifier, integer, mapping
from newscrawl.core.walk import Walk
from newscrawl.items import Status

HISTORY, PREDECESSOR = "version-history", "predecessor-version"
REVISIONS = "revisions?parent"  # one collection a site, whatever the posts' type
ALONE = "alone:"  # a target that is asked for by its own address
MOST_ALONE = 50  # requests for each relation
TOLD: Mapping[str, Status] = {"self": "resolved", "about": "resolved"}


def references_of(site: Site, walk: Walk, resource: Resource) -> Iterator[Reference]:
    """Yield the references of a post: from its own links where all are read, else from the map."""
    for edge, link in _edges(site, walk, resource):
        yield _reference(site, edge, link, resource)


def revision_count(resource: Resource) -> int | None:
    """Return how many revisions a post has, as its own link tells (since WordPress 5.0)."""
    for link in links_of(resource):
        if link.rel == HISTORY:
            return integer(link.attributes.get("count"))
    return None


def _edges(site: Site, walk: Walk, resource: Resource) -> Iterator[tuple[Edge, Link]]:
    if not site.plan.reads_links:
        return walk.map.links(resource)
    return ((walk.map.edge_of(link, resource), link) for link in links_of(resource))


def _reference(site: Site, edge: Edge, link: Link, resource: Resource) -> Reference:
    told = _told(site, edge, link)
    if not told and edge.field and edge.field not in resource:
        told = "failed"  # the site did not tell of this field before its first posts were asked for
    ids = tuple(_ids(edge, link, resource))
    keys = () if told else tuple(_keys(site, edge, link, ids, resource))
    shown = () if edge.relation.reach in {Reach.GROUP, Reach.OWN} else ids
    if told or keys:
        return Reference(edge, link.href, keys, shown, told)
    return Reference(edge, link.href, told="empty")


def _told(site: Site, edge: Edge, link: Link) -> Status | None:
    """Return what is told of a link without asking, None for one to be followed."""
    usable = edge.field or (is_usable(link.href) and edge.route)
    if edge.relation.reach is Reach.NEVER or not usable:
        return "not followed" if edge.relation.reach is Reach.NEVER else "invalid"
    if edge.rel in TOLD:
        return TOLD[edge.rel]
    if not is_followed(HISTORY if edge.rel == PREDECESSOR else edge.rel, site.plan.relations):
        return "not followed"
    if edge.rel == HISTORY and link.attributes.get("count") == 0:
        return "empty"
    allowed = mapping(link.attributes.get("targetHints")).get("allow")
    if isinstance(allowed, list) and "GET" not in allowed:
        return "forbidden"
    return None if _may_ask(site, edge, link) else "not followed"


def _may_ask(site: Site, edge: Edge, link: Link) -> bool:
    """Return whether a target may be asked for: of those asked for alone, so many a relation.

    Comments that a plugin keeps elsewhere are selected in a way that nobody knows.
    """
    if edge.relation.reach is Reach.GROUP:
        return edge.route in site.gatherings
    if not _stands_alone(site, edge):
        return True
    new = not site.batches.knows(ALONE + site.root.here(link.href), 0)
    site.singles[edge.rel] += new
    return not new or site.singles[edge.rel] <= MOST_ALONE


def _stands_alone(site: Site, edge: Edge) -> bool:
    """Return whether a plugin's link leads to what is in no collection that we read by id."""
    collection = _collection(edge)
    known = site.has_posts_at(collection) or site.kind_at(collection)
    return edge.relation.reach is Reach.PLUGIN and not (edge.target and known)


def _ids(edge: Edge, link: Link, resource: Resource) -> list[int]:
    """Return the ids that a post tells of a link's targets: its fields are trusted over the href.

    Where no field holds them, a link's own `id` or the end of its address does.
    """
    if edge.field or edge.relation.reach in {Reach.GROUP, Reach.OWN}:
        return edge.targets(resource)
    told = identifier(link.attributes.get("id")) or edge.target
    return [told] if told else []


def _is_of_its_field(edge: Edge) -> bool:
    """Return whether the edge's route is a collection, not that of a single target."""
    return bool(edge.field) or edge.relation.reach is not Reach.INCLUDE


def _keys(
    site: Site, edge: Edge, link: Link, ids: tuple[int, ...], resource: Mapping[str, Any]
) -> Iterator[Key]:
    """Yield what a post waits for on account of a link."""
    if edge.rel in {HISTORY, PREDECESSOR}:
        yield REVISIONS, resource["id"]
    elif edge.rel == "author":
        yield from ((_collection(edge), id_) for id_ in ids)
        yield from byline_keys(site, resource)
    elif edge.relation.reach is not Reach.PLUGIN and _is_of_its_field(edge):
        yield from ((edge.collection, id_) for id_ in ids)
    elif _stands_alone(site, edge):
        yield ALONE + site.root.here(link.href), 0
    elif site.has_posts_at(_collection(edge)) or site.kind_at(_collection(edge)):
        yield from ((_collection(edge), id_) for id_ in ids)


def _collection(edge: Edge) -> str:
    """Return the collection of a field's targets, or of the single one that an address names."""
    return edge.collection if edge.field else edge.route.rpartition("/")[0]
