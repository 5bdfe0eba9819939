"""HAL links as WordPress writes them: an edge of the graph and what its target must be read for.

Sources: the `_links` member of HAL (draft-kelly-json-hal), CURIEs (``wp`` stands for
``https://api.w.org/``), ``WP_REST_Server::get_compact_response_links()``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

WORDPRESS_CURIE = ("wp", "https://api.w.org/{rel}")


@dataclass(frozen=True, slots=True)
class Link:
    """An edge: its relation in compact form, the target's address, and the attributes beside it.

    `purpose` is what the reader of the target must know of why it was asked for (a window of a
    walk, a batch of ids); `urgency` orders the links that wait: the highest leaves first.
    """

    rel: str
    href: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    purpose: Any = None
    urgency: int = 0


def compact(rel: str, curies: Mapping[str, str]) -> str:
    """Return the relation in its compact form, ``wp:term`` for ``https://api.w.org/term``.

    >>> compact("https://api.w.org/term", {"wp": "https://api.w.org/{rel}"})
    'wp:term'
    >>> compact("author", {"wp": "https://api.w.org/{rel}"})
    'author'
    """
    for name, template in curies.items():
        start, _, end = template.partition("{rel}")
        if rel.startswith(start) and rel.endswith(end):
            return f"{name}:{rel[len(start) : len(rel) - len(end)]}"
    return rel


def links_of(resource: Mapping[str, Any]) -> Iterator[Link]:
    """Yield each link of a resource but its curies; a link without a usable address has href ''."""
    members = resource.get("_links")
    if not isinstance(members, dict):
        return
    curies = _curies(members)
    for rel, targets in members.items():
        if rel == "curies":
            continue
        for target in targets if isinstance(targets, list) else [targets]:
            yield _link(compact(rel, curies), target)


def _link(rel: str, target: object) -> Link:
    if isinstance(target, str):
        return Link(rel, target)
    if not isinstance(target, dict):
        return Link(rel, "")
    href = target.get("href")
    attributes = {name: value for name, value in target.items() if name != "href"}
    return Link(rel, href if isinstance(href, str) else "", attributes)


def _curies(members: Mapping[str, Any]) -> dict[str, str]:
    """Return the CURIEs of a document; ``wp`` is known without being declared."""
    curies = dict([WORDPRESS_CURIE])
    for curie in members.get("curies") or []:
        if isinstance(curie, dict) and "{rel}" in str(curie.get("href")):
            curies[str(curie.get("name"))] = str(curie["href"])
    return curies
