"""Link items: an edge of the graph for each `href` of each `_links` that was read.

What became of a post's links is known when the post is complete. The links of every other resource
lead to what is read for posts, or is not; they are settled when the site has been read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.core.join import Complete, Withheld
from newscrawl.core.kinds import Target
from newscrawl.core.links import Link, is_usable, links_of
from newscrawl.core.reach import Reached
from newscrawl.core.relations import Reach, is_followed, relation_of
from newscrawl.core.site import Site
from newscrawl.core.values import identifier
from newscrawl.items import Link as Edge
from newscrawl.items import Node, Post, Status

Want = Callable[[Site, Link, Edge], None]
CATALOGS: Mapping[str, Node] = {"wp/v2/types": "type", "wp/v2/taxonomies": "taxonomy"}
TOLD = frozenset({"self", "about"})  # what they lead to was read with the resource or before it
THREAD = frozenset({"in-reply-to", "children"})  # comments, read with all of their post
LINKS = "links"
WANTED = frozenset({"author", "term", "media"})


@dataclass(frozen=True, slots=True)
class Origin:
    """The resource that an edge begins at, and where and when it was read."""

    kind: Node
    id: int | str | None
    source_url: str
    fetched_at: str

    @classmethod
    def of(cls, item: Post | Target) -> "Origin":
        """Return the origin of an item's edges."""
        return cls(item.kind, item.id, item.source_url, item.fetched_at)


def edges_of_post(site: Site, complete: Complete) -> Iterator[Edge]:
    """Yield the edges of a post that is complete."""
    origin = Origin.of(complete.post)
    told = zip(complete.references, complete.post.relations, complete.targets, strict=True)
    for reference, relation, ids in told:
        edge = _edge(site, origin, Link(reference.edge.rel, reference.href))
        edge.status = relation["status"]
        if edge.to_id is None and len(ids) == 1 and _leads_to_one(edge.rel):
            edge.to_id = ids[0]
        elif edge.to_id is None:
            edge.to_ids = list(ids)
        site.ledger.collection(LINKS).found += 1
        yield edge


def note_edges(
    site: Site, origin: Origin, resource: Mapping[str, Any], want: Want | None = None
) -> Iterator[Edge]:
    """Yield the edges of a resource of which all is known; keep the others until the end.

    `want` asks for what a link leads to; by default where its relation is followed.
    """
    if "link" not in site.plan.kinds:
        return
    for link in links_of(resource):
        edge = _edge(site, origin, link)
        if edge.to_kind and not edge.to_id and _leads_to_one(edge.rel):
            edge.to_id = identifier(resource.get(relation_of(edge.rel).field))
        edge.status = _told(site, link, edge)
        if edge.status in {"missing", "not followed"} and edge.to_kind:
            (want or _want)(site, link, edge)
            site.edges.append(edge)
        else:
            yield _settled(site, edge)


def leave(_site: Site, _link: Link, edge: Edge) -> None:
    """Ask for nothing: a withheld post's links are told, not followed."""
    edge.status = "not followed"


def settle_edges(site: Site) -> Iterator[Edge]:
    """Yield the edges that were kept, now that all that was read is known."""
    answers: dict[int | str | None, list[int]] = defaultdict(list)
    for edge in site.edges:
        if edge.rel == "in-reply-to" and isinstance(edge.from_id, int):
            answers[edge.to_id].append(edge.from_id)
    for edge in site.edges:
        if edge.rel == "children":
            edge.to_ids = answers[edge.from_id]
        edge.status = _became(site, edge)
        yield _settled(site, edge)
    site.edges.clear()


def _became(site: Site, edge: Edge) -> Status:
    """Return what became of a link to a resource, or to the answers of a comment."""
    if edge.rel == "children" and not edge.to_ids:
        return "empty" if edge.status == "missing" else edge.status
    targets: list[int | str | None] = [*edge.to_ids] or [edge.to_id]
    if all(id_ in site.read[edge.to_kind or ""] for id_ in targets):
        return "resolved"
    collection = site.root.route(edge.href).rpartition("/")[0]
    answer = isinstance(edge.to_id, int) and site.join.answers.get((collection, edge.to_id))
    if isinstance(answer, Withheld):
        return answer.status
    return answer if isinstance(answer, str) else edge.status


def _settled(site: Site, edge: Edge) -> Edge:
    """Count an edge that is not a post's; those are counted with the post."""
    site.ledger.count_relations([(edge.rel, edge.status)])
    site.ledger.collection(LINKS).found += 1
    return edge


def _edge(site: Site, origin: Origin, link: Link) -> Edge:
    to_kind, to_id = _target(site, link)
    return Edge(
        site=site.home,
        from_kind=origin.kind,
        from_id=origin.id,
        rel=link.rel,
        href=link.href,
        to_kind=to_kind,
        to_id=to_id,
        to_ids=[],
        status="not followed",
        source="rest",
        source_url=origin.source_url,
        fetched_at=origin.fetched_at,
    )


def _target(site: Site, link: Link) -> tuple[Node | None, int | str | None]:
    """Return the kind of what a link leads to, and its id where the address tells one."""
    relation = relation_of(link.rel)
    if relation.reach is Reach.NEVER or not is_usable(link.href):
        return None, None
    route = site.root.route(link.href)
    collection, _, last = route.rpartition("/")
    if collection in CATALOGS:
        return CATALOGS[collection], last
    known = relation.kind.name if relation.kind else None
    if last.isdecimal():
        return known or site.node_at(collection), identifier(last)
    return known or site.node_at(route), None


def _told(site: Site, link: Link, edge: Edge) -> Status:
    """Return what is known of a link without its target, or what it is if that is not met."""
    if relation_of(link.rel).reach is Reach.NEVER:
        return "not followed"
    if not is_usable(link.href) or not site.root.route(link.href):
        return "invalid"
    if link.rel in TOLD:
        return "resolved"
    followed = "replies" if link.rel in THREAD else link.rel
    asked = (_leads_to_one(link.rel) and edge.to_kind in WANTED) or link.rel in THREAD
    return "missing" if asked and is_followed(followed, site.plan.relations) else "not followed"


def _want(site: Site, link: Link, edge: Edge) -> None:
    """Ask for what a link leads to, where its relation is followed and its kind is read by id."""
    route = site.root.route(link.href).rpartition("/")[0]
    kind = relation_of(link.rel).kind or site.kind_at(route)
    if edge.status == "missing" and isinstance(edge.to_id, int) and edge.to_kind in WANTED:
        site.reached.setdefault(route, Reached(route, kind, relation_of(link.rel)))
        if route in site.closed:
            site.join.answers.setdefault((route, edge.to_id), site.closed[route])
        else:
            site.batches.want(route, [edge.to_id])


def _leads_to_one(rel: str) -> bool:
    relation = relation_of(rel)
    return bool(relation.field) or relation.reach in {Reach.KNOWN, Reach.PLUGIN}
