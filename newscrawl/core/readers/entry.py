"""The way in: any address of the site, its API root, its types and taxonomies."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import orjson

from newscrawl.core.discovery import Candidate, candidates, language_of, language_root
from newscrawl.core.documents import (
    FORBIDDEN_BY_ROBOTS,
    BadArgument,
    Document,
    UnreadableDocument,
)
from newscrawl.core.indexes import namespaces
from newscrawl.core.links import Link
from newscrawl.core.readers.edges import Origin, note_edges
from newscrawl.core.readers.narrowing import narrow
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import PostType, Site
from newscrawl.core.times import zone_of
from newscrawl.core.values import mapping, string
from newscrawl.items import Item, Node

ENTRY, INDEX, TYPES, TAXONOMIES = "entry", "index", "types", "taxonomies"
NAMESPACE = "wp/v2"
CATALOG: Mapping[Node, str] = {"type": TYPES, "taxonomy": TAXONOMIES, "site": ""}
INDEX_FIELDS = "name,description,url,home,gmt_offset,timezone_string,namespaces"
COAUTHORS_NAMESPACE = "coauthors/v1"
CORE_TAXONOMIES = {"category": f"{NAMESPACE}/categories", "post_tag": f"{NAMESPACE}/tags"}
MOST_CANDIDATES = 9
NOT_FOR_READERS = frozenset(
    {"attachment", "nav_menu_item", "wp_block", "wp_navigation", "wp_global_styles"}
    | {"wp_template", "wp_template_part", "wp_font_family", "wp_font_face"}
)
NO_HOST = "Check the address, or try again later"
NO_HTTPS = "; if the site has no https, write http:// before it"
ASK = "Ask the site's owner; -s ROBOTSTXT_OBEY=False is for sites that are yours"
NO_API = (
    "no WordPress REST API found: neither advertised by this page nor at /wp-json/, "
    "/?rest_route=/ or /index.php/wp-json/; check the address, or the site has closed its API"
)


def entry_link(site: Site) -> Link:
    """Return the link that a crawl of a site begins with."""
    return Link(ENTRY, site.url)


def read_entry(site: Site, document: Document, _link: Link) -> Iterator[Link]:
    """Yield the first candidate for the API root; an index itself is taken as it is."""
    site.lang = language_of(document)
    if _is_index(document):
        asked = ApiRoot.of(document.url)
        return _ask_next(iter([Candidate(asked.url, "the address itself")]))
    return _ask_next(islice(candidates(document), MOST_CANDIDATES))


def fail_entry(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Yield the candidates that need no page to be read, if the host answers at all."""
    if error.status is None:
        site.ledger.refuse(error.url, None, f"{error.reason}. {_advice(error)}")
        return iter(())
    return _ask_next(islice(candidates(Document(link.href, 200, b"")), MOST_CANDIDATES))


def read_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take over what the index says of the site and ask for its types and taxonomies.

    Only an index that has ``wp/v2`` among its namespaces is an API root.
    """
    index = document.mapping()
    if NAMESPACE not in namespaces(index):
        raise UnreadableDocument(document.url, f"no index of {NAMESPACE}", document.status)
    if ApiRoot.of(document.url).url in site.roots:
        site.is_another = True
        return
    site.roots.add(ApiRoot.of(document.url).url)
    site.index, site.read_at = dict(index), document.fetched_at
    site.root = ApiRoot.of(document.url)
    site.found_by = link.purpose[0].found_by
    site.root = site.root.known_by(str(index.get("home") or ""), str(index.get("url") or ""))
    site.home = (string(index.get("home")) or string(index.get("url")) or site.url).rstrip("/")
    site.zone = zone_of(str(index.get("timezone_string", "")), str(index.get("gmt_offset", "")))
    site.language_root = language_root(site.root.url)
    site.ledger.site = site.home
    site.people.tells_coauthors = COAUTHORS_NAMESPACE in namespaces(index)
    for rel in (TYPES, TAXONOMIES):  # objects keyed by slug: `_fields` would empty them
        yield Link(rel, site.root.address(f"{NAMESPACE}/{rel}"))


def fail_index(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Yield the next candidate, or refuse the site when none is left.

    What robots.txt forbids at one address is not read at another.
    """
    first, rest = link.purpose
    site.access[first.url] = {"open": False, "reason": error.reason}
    if error.reason == FORBIDDEN_BY_ROBOTS:
        site.ledger.refuse(error.url, None, f"{error.reason}. {_advice(error)}")
        return
    following = list(_ask_next(rest))
    if not following:
        site.ledger.refuse(site.url, error.status, NO_API)
    yield from following


def read_types(site: Site, document: Document, _link: Link) -> Iterator[Item | Link]:
    """Take over the public post types (WP_REST_Post_Types_Controller)."""
    rows = _rows(document)
    site.types = {type_.slug: type_ for type_ in map(_type_of, rows) if type_}
    site.catalog += [("type", row) for row in rows]
    return _begin(site)


def read_taxonomies(site: Site, document: Document, _link: Link) -> Iterator[Item | Link]:
    """Take over the taxonomies and the routes of their terms (WP_REST_Taxonomies_Controller)."""
    rows = _rows(document)
    routes = {str(row.get("slug")): _route(row) for row in rows}
    site.taxonomies = {slug: route for slug, route in routes.items() if route}
    site.catalog += [("taxonomy", row) for row in rows]
    return _begin(site)


def fail_catalog(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Refuse a site that does not tell its types; without its taxonomies go on with core's own."""
    site.ledger.refuse(error.url, error.status, error.reason)
    site.note_access(f"{NAMESPACE}/{link.rel}", error.reason)
    if link.rel == TAXONOMIES:
        site.taxonomies = dict(CORE_TAXONOMIES)
        yield from _begin(site)


def _begin(site: Site) -> Iterator[Item | Link]:
    """Yield the first links of the walk once types and taxonomies are both known."""
    if site.types is None or site.taxonomies is None:
        return
    used = {slug for type_ in site.types.values() for slug in type_.taxonomies}
    site.taxonomies = {slug: route for slug, route in site.taxonomies.items() if slug in used}
    yield from narrow(site, wanted_types(site))
    for kind, row in [("site", site.index), *site.catalog]:
        slug = string(row.get("slug"))
        address = site.root.address(f"{NAMESPACE}/{CATALOG[kind]}/{slug}" if slug else "")
        yield from note_edges(site, Origin(kind, slug, address, site.read_at), row)


def _rows(document: Document) -> list[Mapping[str, Any]]:
    return [row for row in document.mapping().values() if isinstance(row, Mapping)]


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


def _advice(error: UnreadableDocument) -> str:
    if error.reason == FORBIDDEN_BY_ROBOTS:
        return ASK
    return NO_HOST + (NO_HTTPS if error.url.startswith("https:") else "") + "."


def _ask_next(waiting: Iterator[Candidate]) -> Iterator[Link]:
    candidate = next(waiting, None)
    if candidate:
        root = ApiRoot.of(candidate.url)
        query = {"_fields": f"{INDEX_FIELDS},_links"}
        yield Link(INDEX, root.address("", query), purpose=(candidate, waiting))


def _is_index(document: Document) -> bool:
    try:
        return NAMESPACE in namespaces(mapping(orjson.loads(document.body)))
    except orjson.JSONDecodeError:
        return False


def _type_of(row: Mapping[str, Any]) -> PostType | None:
    slug, route = string(row.get("slug")), _route(row)
    if not slug or not route or slug in NOT_FOR_READERS:
        return None
    return PostType(slug, route, tuple(map(str, row.get("taxonomies") or ())))


def _route(row: Mapping[str, Any]) -> str | None:
    """Return the route of a type's or taxonomy's collection; None for a PHP regex (6.5 fonts)."""
    base = string(row.get("rest_base")) or string(row.get("slug"))
    if not base or "(" in base:
        return None
    return f"{string(row.get('rest_namespace')) or NAMESPACE}/{base}"
