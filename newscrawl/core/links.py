"""HAL links as WordPress writes them: an edge of the graph and what its target must be read for.

Sources: the `_links` member of HAL (draft-kelly-json-hal), CURIEs (``wp`` stands for
``https://api.w.org/``), ``WP_REST_Server::get_compact_response_links()``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

WORDPRESS_CURIE = ("wp", "https://api.w.org/{rel}")
CURIE = re.compile(r"^https?://.+\{rel\}")
NOT_IN_AN_ADDRESS = re.compile(r"[\s{}\\<>]|\(\?|/(?:\.|%2e){1,2}(?:/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An edge: its relation in compact form, the target's address, and the attributes beside it.

    `purpose` is what the reader of the target must know of why it was asked for (a window of a
    walk, a batch of ids); `urgency` orders the links that wait: the highest leaves first. A
    `private` target is asked for with the user's password, a `rendered` one by a browser, one
    with `conditions`, which are headers, only if it changed (RFC 9110,
    section 13); `attempt` counts the times before.
    """

    rel: str
    href: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    purpose: Any = None
    urgency: int = 0
    private: bool = False
    rendered: bool = False
    conditions: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 0

    def again(self) -> "Link":
        """Return the link to the same document, asked for once more."""
        return replace(self, attempt=self.attempt + 1)


def expand_curie(rel: str, curies: Mapping[str, str]) -> str:
    """Return a relation's URI where a CURIE of the document makes one of it, else the relation.

    >>> expand_curie("api:term", {"api": "https://api.w.org/{rel}"})
    'https://api.w.org/term'
    >>> expand_curie("author", {"api": "https://api.w.org/{rel}"})
    'author'
    """
    name, colon, reference = rel.partition(":")
    return curies[name].replace("{rel}", reference) if colon and name in curies else rel


def compact(rel: str, curies: Mapping[str, str]) -> str:
    """Return the relation in its compact form, ``wp:term`` for ``https://api.w.org/term``.

    What a document calls by a prefix of its own is expanded first; `wp` is WordPress's everywhere.

    >>> compact("api:term", {"api": "https://api.w.org/{rel}"})
    'wp:term'
    >>> compact("author", {"wp": "https://api.w.org/{rel}"})
    'author'
    """
    expanded = expand_curie(rel, curies)
    for name, template in {**dict([WORDPRESS_CURIE]), **curies}.items():
        start, _, end = template.partition("{rel}")
        if expanded.startswith(start) and expanded.endswith(end):
            return f"{name}:{expanded[len(start) : len(expanded) - len(end)]}"
    return rel


def links_of(resource: Mapping[str, Any]) -> Iterator[Link]:
    """Yield each link of a resource; one without a usable address has the href ''.

    A target is an object; before WordPress 5.4 an index has plain strings, too.
    """
    members = resource.get("_links")
    if not isinstance(members, dict):
        return
    curies = _curies(members)
    for rel, targets in members.items():
        for target in targets if isinstance(targets, list) else [targets]:
            yield _link(compact(rel, curies), target)


def is_usable(href: str) -> bool:
    """Return whether an href is an address, not a template nor one of PHP's patterns.

    >>> is_usable("https://a.example/wp-json/wp/v2/posts/4")
    True
    >>> is_usable("https://a.example/wp-json/wp/v2/font-families/(?P<id>.+)/font-faces")
    False
    """
    return href.startswith(("http://", "https://")) and not NOT_IN_AN_ADDRESS.search(href)


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
    declared = members.get("curies")
    for curie in declared if isinstance(declared, list) else []:
        if isinstance(curie, dict) and CURIE.match(str(curie.get("href"))):
            curies[str(curie.get("name"))] = str(curie["href"])
    return curies
