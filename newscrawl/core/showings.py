"""What the pages of a site's posts show: what stands before all of them says the same on each."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import normalize

from newscrawl.core.identity import known_by
from newscrawl.core.normalize import plain_text
from newscrawl.items import Post

WAY_IN = re.compile(
    r"log-?in|sign-?(?:in|up)|regist|subscri|member|account|konto|\babo", re.IGNORECASE
)
VALUE = re.compile(r"""=\s*["']([^"']*/[^"']*)["']""")  # of an attribute that may be an address
FEW = 4  # posts that editors may give the same words
LONGEST_NOTICE = 600  # characters
CUT_BY_WORDPRESS = ("[…]", "[...]")  # (``excerpt_more``)
RUN = 5  # characters: as good as a word, also where none are between spaces
QUARTER = 0.25  # of an excerpt: captions and shortcodes are in one of both only
ALIKE = "its page is that of another address, too"
OF_NO_EXCERPT = "its page does not hold what its excerpt was cut from"
SAME = "its page shows the same few words as others"


class Showing(NamedTuple):
    """A post whose page was read: where, its address, its type, and by what it is known."""

    page: str
    url: str
    type: str
    key: str

    def is_of_one_post(self, other: "Showing") -> bool:
        """Return whether two pages say that they are of one post: not what leads to one page."""
        return self.url == other.url and self.page != other.page


@dataclass(slots=True)
class Showings:
    """The first posts that pages have shown, by a hash of what they say.

    `mute` are the keys of those whose page does not say what it is of; a site is `marked` once
    another one did. `held` is how many more held what the feed's excerpt was cut from than did not.
    """

    by_words: dict[int, list[Showing]] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)
    marked: bool = False
    held: int = 0

    def contradicts(self, content: str, excerpt: str | None) -> bool:
        """Return whether a content is not what an excerpt was cut from, as most are not.

        Editors write excerpts of their own; behind a wall no content is that of its excerpt.
        """
        if not plain_text(excerpt or "").endswith(CUT_BY_WORDPRESS):
            return False
        is_held = holds(content, excerpt or "")
        self.held += 1 if is_held else -1
        return self.held < 0 and not is_held

    def others(self, post: Post, *counted: Hashable) -> list[Showing]:
        """Return the first other posts whose pages have shown the same words and addresses.

        What is `counted` has to be the same, too. One that shows neither is like no other.
        """
        words, shown = plain_text(post.content_html), _addresses(post.content_html)
        if not words and not shown:
            return []
        own = Showing(post.source_url, post.url or post.source_url, post.type, known_by(post))
        first = self.by_words.setdefault(hash((words, shown, *counted)), [])
        others = [showing for showing in first if not showing.is_of_one_post(own)]
        if others == first and len(first) < FEW:
            first.append(own)
        return others


def is_notice(post: Post, others: Sequence[Showing]) -> bool:
    """Return whether few words, which are those of many others, lead to a login or the like.

    Editors publish a text twice, and "See the gallery" each week; what asks for a subscription is
    in place of all posts.
    """
    if len(others) < FEW or len(plain_text(post.content_html)) > LONGEST_NOTICE:
        return False
    return any(map(WAY_IN.search, _addresses(post.content_html)))


def holds(content: str, excerpt: str) -> bool:
    """Return whether a content may be what an excerpt was cut from (``wp_trim_excerpt()``).

    >>> holds("<p>The mayor has gone, and took the chain.</p>", "<p>The mayor has gone […]</p>")
    True
    >>> holds("<p>We come back soon.</p>", "The mayor has gone […]")
    False
    """
    told = _runs(plain_text(excerpt))
    return len(told & _runs(plain_text(content))) >= QUARTER * len(told)


def _runs(told: str) -> set[str]:
    text = normalize("NFKC", told).casefold()
    return {text[place : place + RUN] for place in range(len(text) - RUN + 1)}


def _addresses(content: str) -> tuple[str, ...]:
    """Return the addresses of what a content shows beside its words, or leads to.

    The way in to a site has the page to come back to in its query.
    """
    return tuple(value.partition("?")[0] for value in VALUE.findall(content))
