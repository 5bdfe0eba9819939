"""A post that a store has and that is read by another rung of the ladder now, or below the API.

Each rung tells less than the one above, and the content in its own way: a page by its theme, a
feed without the marks of emoji. What only one of both tells is no change of the post.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from newscrawl.core.identity import below_host
from newscrawl.core.translations import counted
from newscrawl.items import Name, Post

WORD = re.compile(r"\w+")
PAGES = frozenset({"page", "rendered"})


class Row(Protocol):
    """A stored row: the values of an item by field."""

    def __getitem__(self, name: str, /) -> Any:  # noqa: ANN401 - a value of any field
        """Return the value of a field."""

    def __contains__(self, name: object, /) -> bool:
        """Return whether a field is stored."""


def _names(names: Iterable[Name]) -> list[str | None]:
    return [name["name"] for name in names]


def _terms(terms: Mapping[str, Iterable[Name]]) -> dict[str, list[str]]:
    return {name: sorted(map(str, _names(terms[name]))) for name in sorted(terms)}


Compared = Mapping[str, Callable[[Any], object]]
BY_THE_SAME: Compared = {  # rung, and what of each field counts
    "url": below_host,
    "title": str,
    "published": str,
    "authors": _names,
    "terms": _terms,
    "translations": counted,
    "excerpt": str,
    "content_hash": str,
}
BY_ANOTHER: Compared = {"title": str, "authors": _names, "content_text": WORD.findall}


def changed_between_rungs(stored: Row, post: Post) -> list[str]:
    """Return the fields in which a post differs from its row, of those that both tell alike."""
    if stored["content_refused"] and not post.content_refused:
        return ["content_hash"]
    compared = _compared(stored, post)
    return [
        name
        for name, counted in compared.items()
        if stored[name] and getattr(post, name) and not _is_untold(name, stored, post)
        if counted(stored[name]) != counted(getattr(post, name))
    ]


def holds_more(stored: Row, post: Post) -> bool:
    """Return whether a row that the API told holds all of what another rung tells the beginning of.

    Of a post in parts (``<!--nextpage-->``) feeds and pages hold the first (``get_the_content()``).
    """
    if stored["source"] != "rest" or post.source == "rest":
        return False
    whole, told = (WORD.findall(text or "") for text in (stored["content_text"], post.content_text))
    return 0 < len(told) < len(whole) and whole[: len(told)] == told


def _compared(stored: Row, post: Post) -> Compared:
    """Return what is compared; a page is by its theme, so that only its time tells of an edit."""
    sources = {stored["source"], post.source}
    if len(sources) == 1:
        return BY_THE_SAME
    edited = stored["modified"] and post.modified and stored["modified"] != post.modified
    return {} if sources & PAGES and not edited else BY_ANOTHER


def _is_untold(name: str, stored: Row, post: Post) -> bool:
    """Return whether a field is told otherwise: names of terms by the API, an excerpt in a content.

    A row that was first read by the API keeps its terms by taxonomy. A page that completes an
    excerpt has the feed's time: themes show one of the hours that autumn repeats as the other.
    """
    if name == "content_text" and holds_more(stored, post):
        return True
    if name == "published":
        return post.source in PAGES and bool(stored["excerpt"]) != bool(post.excerpt)
    if name == "terms":
        return set(stored["terms"]) != set(post.terms)
    return name.startswith("content") and bool(post.content_refused)
