"""The catalog of a site: which post types and taxonomies it has, and where each answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from newscrawl.core.documents import BadArgument, Document, UnreadableDocument
from newscrawl.core.indexes import NAMESPACE
from newscrawl.core.links import Link
from newscrawl.core.reach import PostType
from newscrawl.core.readers.edges import Origin, note_edges
from newscrawl.core.readers.narrowing import narrow
from newscrawl.core.readers.probing import begin_probe
from newscrawl.core.readers.refusals import is_told_once
from newscrawl.core.site import KINDS_AT, Site
from newscrawl.core.values import string, strings
from newscrawl.items import Item, Node

TYPES, TAXONOMIES = "types", "taxonomies"
CATALOG: Mapping[Node, str] = {"type": TYPES, "taxonomy": TAXONOMIES, "site": ""}
CORE_TAXONOMIES = {"category": f"{NAMESPACE}/categories", "post_tag": f"{NAMESPACE}/tags"}
CORE_TYPES = (
    PostType("post", f"{NAMESPACE}/posts", tuple(CORE_TAXONOMIES)),
    PostType("page", f"{NAMESPACE}/pages"),
)
TAKEN = "its terms are said to be at {route}, where other things are"
NOT_FOR_READERS = frozenset(
    {"attachment", "nav_menu_item", "wp_block", "wp_navigation", "wp_global_styles"}
    | {"wp_template", "wp_template_part", "wp_font_family", "wp_font_face"}
)


def catalog_links(site: Site) -> Iterator[Link]:
    """Yield the links to the types and taxonomies: objects by slug, which `_fields` would empty."""
    for rel in (TYPES, TAXONOMIES):
        yield Link(rel, site.root.address(f"{NAMESPACE}/{rel}"))


def read_types(site: Site, document: Document, _link: Link) -> Iterator[Item | Link]:
    """Take over the public post types (WP_REST_Post_Types_Controller)."""
    rows = _rows(document)
    types = {type_.slug: type_ for type_ in map(_type_of, rows) if type_}
    if not types:
        raise UnreadableDocument(document.url, "no post type that readers see", document.status)
    site.types = types
    site.catalog += [("type", row) for row in rows]
    return _begin(site)


def read_taxonomies(site: Site, document: Document, _link: Link) -> Iterator[Item | Link]:
    """Take over the taxonomies and the routes of their terms (WP_REST_Taxonomies_Controller)."""
    rows = _rows(document)
    routes = {str(row.get("slug")): _route(row) for row in rows}
    if not routes:
        raise UnreadableDocument(document.url, "no taxonomy", document.status)
    site.taxonomies = {slug: route for slug, route in routes.items() if route}
    site.catalog += [("taxonomy", row) for row in rows]
    return _begin(site)


def fail_catalog(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Go on with core's own taxonomies and types, if no others are asked for."""
    if is_told_once(error, link):
        yield link.again()
        return
    site.ledger.refuse(error.url, error.status, error.reason)
    site.note_access(f"{NAMESPACE}/{link.rel}", error.reason)
    core = {type_.slug: type_ for type_ in CORE_TYPES}
    if link.rel == TAXONOMIES:
        site.taxonomies = dict(CORE_TAXONOMIES)
    elif core.keys() | {type_.base for type_ in CORE_TYPES} >= set(site.plan.types):
        site.types = core
    yield from _begin(site)


def _begin(site: Site) -> Iterator[Item | Link]:
    """Yield the first links of the walk once types and taxonomies are both known."""
    if site.types is None or site.taxonomies is None:
        return
    site.taxonomies = dict(_terms_apart(site, site.taxonomies))
    for type_ in site.types.values():
        site.types[type_.slug] = replace(type_, taxonomies=_taxonomies_of(site, type_))
    used = {slug for type_ in site.types.values() for slug in type_.taxonomies}
    site.taxonomies = {slug: route for slug, route in site.taxonomies.items() if slug in used}
    if site.probe:
        begin_probe(site, site.probe)
        return
    yield from narrow(site, wanted_types(site))
    for kind, row in [("site", site.index), *site.catalog]:
        slug = string(row.get("slug"))
        address = site.root.address(f"{NAMESPACE}/{CATALOG[kind]}/{slug}" if slug else "")
        yield from note_edges(site, Origin(kind, slug, address, site.read_at), row)


def _taxonomies_of(site: Site, type_: PostType) -> tuple[str, ...]:
    """Return the taxonomies that a type tells, and those that tell the type."""
    told = [
        str(row["slug"])
        for kind, row in site.catalog
        if kind == "taxonomy" and type_.slug in strings(row.get("types"))
    ]
    known = [*type_.taxonomies, *told]
    core = CORE_TAXONOMIES if type_.slug == "post" and not known else ()
    return tuple(dict.fromkeys(slug for slug in (*known, *core) if slug in (site.taxonomies or {})))


def _terms_apart(site: Site, routes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the taxonomies whose terms have a route of their own, or core's in its place."""
    taken = {*KINDS_AT, *(type_.route for type_ in (site.types or {}).values())}
    for slug, told in routes.items():
        route = CORE_TAXONOMIES.get(slug) if told in taken else told
        if route != told:
            reason = TAKEN.format(route=told)
            site.ledger.refuse(site.root.address(f"{NAMESPACE}/{TAXONOMIES}/{slug}"), None, reason)
        if route:
            taken.add(route)
            yield slug, route


def _rows(document: Document) -> list[Mapping[str, Any]]:
    rows = (row for row in document.mapping().values() if isinstance(row, Mapping))
    return [row for row in rows if string(row.get("slug"))]


def wanted_types(site: Site) -> list[PostType]:
    """Return the post types that the plan names by slug or rest_base; ``all`` are all public."""
    types = site.types or {}
    if "all" in site.plan.types:
        return list(types.values())
    named = {type_.base: type_ for type_ in types.values()} | types
    unknown = [name for name in site.plan.types if name not in named]
    if unknown:
        raise BadArgument(
            f"types: {site.home} has no post type {unknown[0]!r}; it has {', '.join(types)}"
        )
    return list(dict.fromkeys(named[name] for name in site.plan.types))


def _type_of(row: Mapping[str, Any]) -> PostType | None:
    slug, route = string(row.get("slug")), _route(row)
    if not slug or not route or slug in NOT_FOR_READERS:
        return None
    return PostType(slug, route, tuple(strings(row.get("taxonomies"))))


def _route(row: Mapping[str, Any]) -> str | None:
    """Return the route of a type's or taxonomy's collection; None for a PHP regex (6.5 fonts)."""
    base = string(row.get("rest_base")) or string(row.get("slug"))
    if not base or "(" in base:
        return None
    return f"{string(row.get('rest_namespace')) or NAMESPACE}/{base}"
