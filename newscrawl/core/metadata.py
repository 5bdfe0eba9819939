"""What a page says of its article to machines: schema.org in JSON-LD, and Open Graph."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ARTICLE = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$")
Facts = Mapping[str, Any]


def facts_in(html: str, url: str) -> tuple[Facts, Mapping[str, str]]:
    """Return what schema.org's JSON says of the article, and Open Graph's properties."""
    from extruct import extract  # type: ignore[import-untyped]  # noqa: PLC0415 - takes 0.2 s

    told = extract(html, base_url=url, syntaxes=["json-ld", "opengraph"], errors="ignore")
    nodes = list(_nodes(told.get("json-ld", [])))
    named_nodes = {str(node["@id"]): node for node in nodes if "@id" in node}
    article = next((node for node in nodes if any(map(ARTICLE.search, _types(node)))), {})
    author = [_followed(entry, named_nodes) for entry in _listed(article.get("author"))]
    graph = [tuple(pair) for found in told.get("opengraph", []) for pair in found["properties"]]
    return {**article, "author": author}, dict(graph)


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
