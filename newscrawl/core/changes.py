"""What makes a post another one: its words and what it carries, not how its page was rendered.

`lang` is drawn from the words where a site does not tell it, so it is not compared.
`content_hash` is of the normalized content, so a nonce, an advertisement or the class names of
another WordPress change nothing. `modified` alone changes nothing, either: sites touch it when they
save what is the same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

from newscrawl.core.identity import below_host, guid_key
from newscrawl.core.rungs import Row, changed_between_rungs
from newscrawl.core.translations import counted
from newscrawl.items import Item, Name, Post

UNTOLD = frozenset({"failed", "forbidden", "not followed"})  # of what is not known nothing is said
CARRIED = {
    "authors": "author",
    "categories": "wp:term",
    "tags": "wp:term",
    "terms": "wp:term",
    "image": "wp:featuredmedia",
}
# Of other items than posts; the count of a term grows.
PROVENANCE = frozenset({"site", "source", "source_url", "fetched_at", "raw", "count"})


def _ids(names: Iterable[Name]) -> list[object]:
    return [name["id"] or name["slug"] or name["name"] for name in names]


COMPARED: Mapping[str, Callable[[Any], object]] = {  # fields of a post, and what of them counts
    "type": str,
    "guid": lambda guid: guid and guid_key(guid),
    "url": lambda url: url and below_host(url),
    "slug": str,
    "status": str,
    "translations": counted,
    "title": str,
    "published": str,
    "authors": _ids,
    "categories": lambda names: sorted(map(str, _ids(names))),
    "tags": lambda names: sorted(map(str, _ids(names))),
    "terms": lambda terms: {name: sorted(map(str, _ids(terms[name]))) for name in sorted(terms)},
    "image": lambda image: image and image["id"],
    "excerpt": lambda excerpt: excerpt,
    "content_hash": str,
    "parent": lambda parent: parent,
    "sticky": bool,
    "format": str,
}
NAMED = dict.fromkeys(["content_hash", "content_text"], "content_html")  # as a reader calls it


def changed_fields(stored: Row, post: Post) -> list[str]:
    """Return the fields in which a post differs from its stored row, in the order of columns.

    Of a row that was read below the API, or now is, what both tell alike is compared
    (`core/rungs.py`).
    """
    if not stored["source"] == post.source == "rest":
        return [NAMED.get(name, name) for name in changed_between_rungs(stored, post)]
    statuses: dict[str, set[str]] = {}
    for link in post.relations:
        statuses.setdefault(link["rel"], set()).add(link["status"])
    untold = {name for name, rel in CARRIED.items() if statuses.get(rel, set()) & UNTOLD}
    if post.excerpt is None or stored["excerpt"] is None:  # it was not asked for
        untold.add("excerpt")
    if stored["translations"] is None:  # of a store that did not keep them
        untold.add("translations")
    return [
        NAMED.get(name, name)
        for name, counted in COMPARED.items()
        if name not in untold and counted(stored[name]) != counted(getattr(post, name))
    ]


def differs(stored: Row, item: Item) -> bool:
    """Return whether an item of another kind differs from its stored row."""
    told = (field.name for field in fields(item) if field.name not in PROVENANCE)
    return any(name in stored and stored[name] != getattr(item, name) for name in told)
