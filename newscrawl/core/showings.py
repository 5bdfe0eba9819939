"""What the pages of a site's posts show: what stands before all of them says the same on each."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.identity import known_by
from newscrawl.core.normalize import plain_text
from newscrawl.core.rss import CUT_OFF
from newscrawl.items import Post

MEDIA = ":is(img, picture, source, video, audio, iframe, embed)[src]"
TWICE = 2
LONGEST_NOTICE = 600  # characters
RUN = 5  # characters: as good as a word, also where none are between spaces
HALF = 0.5  # of an excerpt: captions and shortcodes are in one of both only
ALIKE = "its page is that of another address, too"
SAME = "its page shows the same few words as others"


class Showing(NamedTuple):
    """A post whose page was read: its address, its type, and by what it is known."""

    url: str
    type: str
    key: str


@dataclass(slots=True)
class Showings:
    """The first posts that pages have shown, by a hash of what they say.

    `mute` are the keys of those whose page does not say what it is of.
    """

    by_words: dict[int, list[Showing]] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)

    def others(self, post: Post, *counted: Hashable) -> list[Showing]:
        """Return the first other posts whose pages have shown the same words and media.

        What is `counted` has to be the same, too. One that shows neither is like no other.
        """
        words, media = plain_text(post.content_html), _media(post.content_html)
        if not words and not media:
            return []
        own = Showing(post.url or post.source_url, post.type, known_by(post))
        first = self.by_words.setdefault(hash((words, media, *counted)), [])
        others = [showing for showing in first if showing.url != own.url]
        if others == first and len(first) < TWICE:
            first.append(own)
        return others


def is_notice(post: Post, others: Sequence[Showing]) -> bool:
    """Return whether the words of a post, which are those of others, are few, and these are two.

    Editors publish a text twice; what asks for a subscription is in place of many.
    """
    return len(others) == TWICE and len(plain_text(post.content_html)) <= LONGEST_NOTICE


def holds(content: str, excerpt: str | None) -> bool:
    """Return whether a content may be what an excerpt was cut from (``wp_trim_excerpt()``).

    >>> holds("<p>The mayor has gone, and took the chain.</p>", "<p>The mayor has gone […]</p>")
    True
    >>> holds("<p>We come back soon.</p>", "The mayor has gone […]"), holds("<p>Soon.</p>", "Gone.")
    (False, True)
    """
    text = plain_text(excerpt or "")
    if not text.endswith(CUT_OFF):
        return True
    told = _runs(text)
    return len(told & _runs(plain_text(content))) >= HALF * len(told)


def _runs(text: str) -> set[str]:
    return {text[place : place + RUN] for place in range(len(text) - RUN + 1)}


def _media(content: str) -> tuple[str, ...]:
    """Return the addresses of what a content shows beside its words."""
    shown = LexborHTMLParser(content).css(MEDIA) if "src=" in content else []
    return tuple(medium.attributes.get("src") or "" for medium in shown)
