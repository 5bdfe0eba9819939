"""A resource that came: what waited for it goes on, and it is written if somebody refers to it."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from newscrawl.core.gathering import Gathering
from newscrawl.core.join import Answer, Complete
from newscrawl.core.kinds import Kind, Target
from newscrawl.core.place import Place, Resource
from newscrawl.core.projections import image_of
from newscrawl.core.readers.edges import Origin, edges_of_post, note_edges
from newscrawl.core.site import Site
from newscrawl.core.values import identifier
from newscrawl.items import Author, Item, Media, Name, Term
from newscrawl.items.raw import with_raw

UNWRITABLE = "raw JSON that no feed can hold"
CARRIED = (Author, Media, Term)  # what posts carry of what they lead to


def arrive(site: Site, route: str, kind: Kind, place: Place, resource: Resource) -> Iterator[Item]:
    """Take a resource in, once; yield it if it is to be written, and whatever it completes."""
    id_ = resource["id"]
    if id_ in site.read[kind.name]:
        return
    site.read[kind.name].add(id_)
    item: Target = kept(site, kind.project(resource, place), resource)
    owner = _owner(site.gatherings.get(route), resource)
    wanted = site.batches.knows(route, id_)
    if wanted or _belongs(site, route, owner):
        yield from _count(site, route, item)
    else:
        _hold(site, route, item, owner)
    if isinstance(item, Author) and item.slug:
        site.people.users[item.slug] = _name(item)
    yield from note_edges(site, Origin.of(item), resource)
    if wanted or isinstance(item, CARRIED):
        site.batches.settle(route, [id_])
        yield from release(site, site.join.answer((route, id_), _carried(item)))


def claim(site: Site, collection: str, id_: int) -> Iterator[Item]:
    """Yield what came unasked and is referred to now."""
    route, owned, _ = collection.partition("?")
    gathering = site.gatherings.get(route)
    held = gathering.held.pop(id_, []) if gathering and owned else [id_]
    for member in held:
        if item := site.unclaimed.pop((route, member), None):
            yield from _count(site, collection, item)


def answer(site: Site, collection: str, ids: Iterable[int], status: Answer) -> Iterator[Item]:
    """Tell all that wait for these ids what became of them."""
    for id_ in ids:
        yield from release(site, site.join.answer((collection, id_), status))


def release(site: Site, posts: Iterable[Complete]) -> Iterator[Item]:
    """Count the links of complete posts; yield the posts and their edges if they are written."""
    for complete in posts:
        post = complete.post
        site.ledger.count_relations((link["rel"], link["status"]) for link in post.relations)
        if post.kind in site.plan.kinds:
            yield post
        if "link" in site.plan.kinds:
            yield from edges_of_post(site, complete)


def kept(site: Site, item: Any, resource: Resource) -> Any:  # noqa: ANN401 - any item, the same
    """Return the item with its original JSON where the plan keeps it, and a feed can hold it."""
    if not site.plan.raw:
        return item
    try:
        orjson.dumps(resource)
    except orjson.JSONEncodeError:  # nested deeper than any reader would follow
        site.ledger.damage[UNWRITABLE] += 1
        return with_raw(item, {"id": resource["id"]})
    return with_raw(item, resource)


def _owner(gathering: Gathering | None, resource: Resource) -> int:
    """Note to whom a member of a gathering belongs and return its owner's id, 0 for nobody."""
    if gathering is None or not gathering.by:
        return 0
    owner = identifier(resource.get(gathering.by)) or 0
    gathering.members[owner].append(resource["id"])
    return owner


def _belongs(site: Site, route: str, owner: int) -> bool:
    """Return whether a resource is of a post that was met, or all of its kind are written."""
    gathering = site.gatherings.get(route)
    if gathering is None:
        return False
    return gathering.whole or bool(owner and site.batches.knows(gathering.collection, owner))


def _hold(site: Site, route: str, item: Target, owner: int) -> None:
    site.unclaimed[route, item.id] = item
    gathering = site.gatherings.get(route)
    if gathering and owner:
        gathering.held[owner].append(item.id)


def _count(site: Site, route: str, item: Target) -> Iterator[Item]:
    site.account(route).found += 1
    if item.kind in site.plan.kinds:
        yield item


def _carried(item: Target) -> Answer:
    """Return what a post carries of a resource."""
    if isinstance(item, Author | Term):
        return _name(item)
    if isinstance(item, Media):
        return image_of(item) or "missing"
    return "resolved"


def _name(item: Author | Term) -> Name:
    return Name(id=item.id, name=item.name, slug=item.slug, url=item.url)
