"""What a page says of its article to machines: schema.org, in JSON-LD or microdata, and Open Graph.

Microdata are schema.org's words in the attributes of HTML (``itemprop``), as older themes write
them; JSON-LD goes before them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.identity import below_host

ARTICLE = re.compile(r"Article$|^BlogPosting$|^LiveBlogPosting$")
WORK = "CreativeWork"
NAMES = ("mainEntityOfPage", "url", "@id")
SCRIPT = 'script[type="application/ld+json"]'
OWN = "link[rel=canonical], link[rel=shortlink], meta[property='og:url']"
Facts = Mapping[str, Any]


def facts_in(html: str, url: str) -> tuple[Facts, Mapping[str, str]]:
    """Return what schema.org says of the article of a page, and Open Graph's properties.

    Of other articles, whose addresses it tells, nothing is taken.
    """
    from extruct import extract  # type: ignore[import-untyped]  # noqa: PLC0415 - takes 0.2 s

    syntaxes = ["json-ld", "microdata", "opengraph"]
    told = extract(html, base_url=url, syntaxes=syntaxes, errors="ignore")
    nodes = list(_nodes(told["json-ld"] if "json-ld" in told else _one_by_one(html, url)))
    named_nodes = {str(node["@id"]): node for node in nodes if "@id" in node}
    own = _keys_of(html, url)
    scripted = _own(filter(is_article, nodes), own)
    article = {**_own(_marked(told.get("microdata", [])), own), **scripted}
    author = [_followed(entry, named_nodes) for entry in listed(article.get("author"))]
    graph = [tuple(pair) for found in told.get("opengraph", []) for pair in found["properties"]]
    return {**article, "author": author}, dict(graph)


def _one_by_one(html: str, url: str) -> Iterator[Facts]:
    """Yield what each script of a page says in JSON-LD, of which one or more are broken."""
    from extruct import extract  # noqa: PLC0415 - see above

    for script in LexborHTMLParser(html).css(SCRIPT):
        told = extract(script.html, base_url=url, syntaxes=["json-ld"], errors="ignore")
        yield from told.get("json-ld", [])


def is_article(node: Facts) -> bool:
    """Return whether a node of schema.org is an article."""
    return any(map(ARTICLE.search, _types(node)))


def _own(articles: Iterable[Facts], own: Collection[str]) -> Facts:
    """Return the article that names a page as its own, else the only one that names none."""
    named = [(article, set(_names_of(article))) for article in articles]
    found = next((article for article, keys in named if keys.intersection(own)), None)
    unnamed = [article for article, keys in named if not keys]
    return found or (unnamed[0] if len(unnamed) == 1 else {})


def _keys_of(html: str, url: str) -> Collection[str]:
    """Return by what a page is known: its address, and those that its head says it has."""
    nodes = LexborHTMLParser(html).css(OWN)
    told = [node.attributes.get("href") or node.attributes.get("content") for node in nodes]
    return set(filter(None, map(_key, [url, *told])))


def _names_of(article: Facts) -> Iterator[str]:
    """Yield the keys of the pages that an article names as its own; a site's home is none."""
    for name in NAMES:
        for told in listed(article.get(name)):
            nodes = [told.get("@id"), told.get("url")] if isinstance(told, Mapping) else [told]
            yield from filter(None, map(_key, nodes))


def _key(url: object) -> str:
    """Return what two addresses of a page have in common, "" for a home or no address."""
    is_one = isinstance(url, str) and url.startswith(("http://", "https://"))
    return below_host(unquote(str(url))).lower() if is_one else ""


def _marked(told: Iterable[object]) -> list[Facts]:
    """Return what microdata say of articles. Some themes call one a creative work."""
    items = [node for entry in told for node in _items(entry)]
    return list(filter(is_article, items)) or [node for node in items if WORK in _types(node)]


def _items(entry: object) -> Iterator[Facts]:
    """Yield an item of microdata and those within it as nodes, by JSON-LD's names."""
    if not isinstance(entry, Mapping) or not isinstance(entry.get("properties"), Mapping):
        return
    types = [str(name).rpartition("/")[2] for name in listed(entry.get("type"))]
    yield {"@type": types, **{name: _plain(told) for name, told in entry["properties"].items()}}
    for value in entry["properties"].values():
        for part in listed(value):
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
            yield from (node for node in listed(entry.get("@graph")) if isinstance(node, Mapping))


def _types(node: Facts) -> list[str]:
    return [str(name) for name in listed(node.get("@type"))]


def listed(value: object) -> list[Any]:
    """Return the values of a property, of which schema.org's words have one or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _followed(entry: object, nodes: Mapping[str, Facts]) -> object:
    """Return an author as told, or the node of the graph that it refers to."""
    return nodes.get(str(entry.get("@id")), entry) if isinstance(entry, Mapping) else entry


def is_closed(facts: Facts) -> bool:
    """Return whether schema.org's word is that a paywall stands before the article.

    >>> is_closed({"isAccessibleForFree": "http://schema.org/False"})
    True
    """
    told = (str(value).lower() for value in listed(facts.get("isAccessibleForFree")))
    return any(value.rpartition("/")[2] == "false" for value in told)
