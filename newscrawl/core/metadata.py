"""What a page says of its article to machines: schema.org, in JSON-LD or microdata, and Open Graph.

Microdata are schema.org's words in the attributes of HTML (``itemprop``), as older themes write
them; JSON-LD goes before them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$")
WORK = "CreativeWork"
Facts = Mapping[str, Any]


def facts_in(html: str, url: str) -> tuple[Facts, Mapping[str, str]]:
    """Return what schema.org's JSON says of the article, and Open Graph's properties."""
    from extruct import extract  # type: ignore[import-untyped]  # noqa: PLC0415 - takes 0.2 s

    syntaxes = ["json-ld", "microdata", "opengraph"]
    told = extract(html, base_url=url, syntaxes=syntaxes, errors="ignore")
    nodes = list(_nodes(told.get("json-ld", [])))
    named_nodes = {str(node["@id"]): node for node in nodes if "@id" in node}
    scripted = next((node for node in nodes if is_article(node)), {})
    article = {**_marked(told.get("microdata", [])), **scripted}
    author = [_followed(entry, named_nodes) for entry in _listed(article.get("author"))]
    graph = [tuple(pair) for found in told.get("opengraph", []) for pair in found["properties"]]
    return {**article, "author": author}, dict(graph)


def is_article(node: Facts) -> bool:
    """Return whether a node of schema.org is an article."""
    return any(map(ARTICLE.search, _types(node)))


def _marked(told: Iterable[object]) -> Facts:
    """Return what microdata say of the one article of a page; of several none is known to be it.

    Some themes call an article a creative work.
    """
    items = [node for entry in told for node in _items(entry)]
    found = list(filter(is_article, items)) or [n for n in items if WORK in _types(n)]
    return found[0] if len(found) == 1 else {}


def _items(entry: object) -> Iterator[Facts]:
    """Yield an item of microdata and those within it as nodes, by JSON-LD's names."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("properties"), Mapping):
        return
    types = [str(name).rpartition("/")[2] for name in _listed(entry.get("type"))]
    yield {"@type": types, **{name: _plain(told) for name, told in entry["properties"].items()}}
    for value in entry["properties"].values():
        for part in _listed(value):
            yield from _items(part)


def _plain(value: object) -> object:
    """Return a value of microdata as JSON-LD writes it."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    inner = value.get("properties") if isinstance(value, Mapping) else None
    return dict(inner) if isinstance(inner, Mapping) else value


def _nodes(told: Iterable[Any]) -> Iterator[Facts]:
    """Yield the nodes of schema.org's JSON, those of a graph after what holds it."""
    for entry in told:
        if isinstance(entry, Mapping):
            yield entry
            yield from (node for node in _listed(entry.get("@graph")) if isinstance(node, Mapping))


def _types(node: Facts) -> list[str]:
    return [str(name) for name in _listed(node.get("@type"))]


def _listed(value: object) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _followed(entry: object, nodes: Mapping[str, Facts]) -> object:
    """Return an author as told, or the node of the graph that it refers to."""
    return nodes.get(str(entry.get("@id")), entry) if isinstance(entry, Mapping) else entry


def is_closed(facts: Facts) -> bool:
    """Return whether schema.org's word is that a paywall stands before the article."""
    return str(facts.get("isAccessibleForFree")).lower() == "false"
