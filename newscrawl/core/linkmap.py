"""The map of a post type: which relation leads where, and which field holds the targets' ids.

`_links` is a third of a listing's price and says the same of every post of a type, so it is read
whole on the first documents only. What is learnt there, an address with a field's name in place
of its value, tells the links of every later post from its fields.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from newscrawl.core.links import Link, links_of
from newscrawl.core.relations import RELATIONS, Reach, Relation, relation_of
from newscrawl.core.roots import ApiRoot
from newscrawl.core.values import identifier, identifiers, integer

SELF_ID = "id"
ID = r"(?<=[/=]){value}(?=/|&|\?lang=|$)"  # WPML asks for a language in each address
ID_IN_HREF = re.compile(ID.format(value=r"\d+"))
ID_IN_ROUTE = re.compile(r"/\d+/")
OWN_END = f"/{{{SELF_ID}}}/revisions"  # its collection is the type's route and this
LANGUAGE_AT_END = re.compile(r"[?&]lang=[\w-]+$")
ID_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation of a type: its address, the collection of its targets, the field of their ids.

    `template` holds ``{field}`` where an id stands; `field` is '' where the targets' ids are in
    no field of the post (comments, revisions), `route` is '' where the target is nowhere below the
    API root.
    """

    rel: str
    template: str
    route: str
    field: str = ""
    taxonomy: str = ""

    @property
    def relation(self) -> Relation:
        """Return what is known of the relation."""
        return relation_of(self.rel)

    @property
    def collection(self) -> str:
        """Return by what name the targets are gathered: the route and what selects them.

        >>> Edge("replies", "", "wp/v2/comments").collection
        'wp/v2/comments?post'
        """
        parameter = self.relation.parameter
        return f"{self.route}?{parameter}" if parameter else self.route

    @property
    def target(self) -> int | None:
        """Return the id that ends the route of a single target, None for any other route."""
        return identifier(self.route.rpartition("/")[2])

    def targets(self, resource: Mapping[str, Any]) -> list[int]:
        """Return the ids by which the targets are asked for: their own, or their post's."""
        if self.relation.reach in {Reach.GROUP, Reach.OWN}:
            return identifiers(resource.get(SELF_ID))
        return identifiers(resource.get(self.field)) if self.field else []

    def link(self, resource: Mapping[str, Any]) -> Link | None:
        """Return the link of one post, as the site would write it; None where it has none."""
        names = ID_FIELD.findall(self.template)
        values = {name: identifiers(resource.get(name)) for name in names}
        if not all(values.values()):
            return None
        href = self.template
        for name, ids in values.items():
            href = href.replace(f"{{{name}}}", str(ids[0]))
        attributes = {"taxonomy": self.taxonomy} if self.taxonomy else {}
        return Link(self.rel, href, attributes)


@dataclass(slots=True)
class LinkMap:
    """The edges of a type by (relation, taxonomy); `learnt` are those that a post has shown.

    `untold` are those whose targets the posts' links tell and no field does: some sites leave
    fields out.
    """

    root: ApiRoot
    edges: dict[tuple[str, str], Edge] = field(default_factory=dict)
    learnt: set[str] = field(default_factory=set)
    untold: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: ApiRoot, taxonomies: Iterable[tuple[str, str]]) -> "LinkMap":
        """Return the map before any post was seen.

        `taxonomies` are the (slug, route) of those that the type uses, as the site tells them.
        """
        known, root = cls(root), replace(root, lang="")
        for rel, row in RELATIONS.items():
            if row.field and row.route:
                template = root.address(row.route) + f"/{{{row.field}}}"
                known.edges[rel, ""] = Edge(rel, template, row.route, row.field)
            elif row.parameter:
                template = root.address(row.route) + f"?{row.parameter}={{{SELF_ID}}}"
                known.edges[rel, ""] = Edge(rel, template, row.route)
        for slug, term_route in taxonomies:
            template = root.address(term_route) + "?post={id}"
            base = term_route.rsplit("/", 1)[-1]
            known.edges["wp:term", slug] = Edge("wp:term", template, term_route, base, slug)
        return known

    def fields(self) -> list[str]:
        """Return the fields of a post that hold the ids of its targets."""
        return [edge.field for edge in self.edges.values() if edge.field]

    def learn(self, resource: Mapping[str, Any]) -> None:
        """Take over what the links of a post show: routes, addresses and fields."""
        for link in links_of(resource):
            self.edge_of(link, resource)

    def edge_of(self, link: Link, resource: Mapping[str, Any]) -> Edge:
        """Return the edge that a link is of, learnt from it; the known one where it teaches none.

        Up to WordPress 6.8 a deleted featured image links the index itself.
        """
        taxonomy = str(link.attributes.get("taxonomy") or "")
        bare = Edge(link.rel, link.href, self.root.route(link.href), "", taxonomy)
        known = self.edges.get((link.rel, taxonomy), bare)
        if known.field and known.field not in resource and bare.target:
            self.untold.add(link.rel)
            return bare
        template = _template(link.href, resource, known.field or bare.relation.field)
        if not bare.route or not template or bare.relation.reach is Reach.PLUGIN:
            return known if known.field else bare
        field_, route = _target(template, bare.route, resource)
        edge = Edge(link.rel, template, route, field_ or known.field, taxonomy)
        self.edges[link.rel, taxonomy] = edge
        self.learnt.add(link.rel)
        return edge

    def links(self, resource: Mapping[str, Any]) -> Iterator[tuple[Edge, Link]]:
        """Yield each edge that a post has with its link.

        What is known of groups without a site's word gives way to what its links show.
        """
        for edge in self.edges.values():
            shown = edge.field or edge.rel in self.learnt or not self.learnt
            if shown and (link := edge.link(resource)):
                yield edge, link
        for link in links_of(resource) if self.untold else ():
            if link.rel in self.untold:
                yield self.edge_of(link, resource), link


def _template(href: str, resource: Mapping[str, Any], expected: str) -> str:
    """Return the address with each id replaced by its field's name, '' if no field holds one."""
    template = href
    for value in ID_IN_HREF.findall(href):
        name = _field_of(int(value), resource, expected)
        if not name:
            return ""
        template = re.sub(ID.format(value=value), f"{{{name}}}", template)
    return template


def _target(template: str, route: str, resource: Mapping[str, Any]) -> tuple[str, str]:
    """Return the field that holds the target's ids, '' for none, and the target's collection."""
    names = ID_FIELD.findall(template)
    address = LANGUAGE_AT_END.sub("", template)
    if address.endswith(OWN_END):
        return "", ID_IN_ROUTE.sub("/", route)
    if names and names[-1] != SELF_ID and address.endswith(f"{{{names[-1]}}}"):
        return names[-1], route.rpartition("/")[0]
    base = route.rpartition("/")[2]
    return (base if isinstance(resource.get(base), list | Mapping) else ""), route


def _field_of(value: int, resource: Mapping[str, Any], expected: str) -> str:
    """Return the field of a post that holds an id: the expected one where several do."""
    names = [expected, SELF_ID, *resource]
    return next((name for name in names if integer(resource.get(name)) == value), "")
