"""Posts that a store has and their site may have no more: what is sure of them at the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawl.core.identity import guid_key, known_by
from newscrawl.items import Post

DISPLACED = "its id is another post's"
READDRESSED = "its address is another post's"


@dataclass(slots=True)
class Vanished:
    """The posts of a store that their site does not show as it did.

    `met` are the ids of posts that were met, by the key of their GUID: a post whose GUID is among
    them has another id or type, and stands. Of those `struck`, by what a store knows them by, the
    site says that they are gone, of those `suspected` as much, but not whether it says so of all;
    of those `unsure` it says why it does not tell; those `displaced` another post has the id, or
    the address, as is said.
    """

    met: dict[str, int | None] = field(default_factory=dict)
    struck: dict[str, Post] = field(default_factory=dict)
    suspected: list[tuple[Post, str]] = field(default_factory=list)
    unsure: list[tuple[Post, str]] = field(default_factory=list)
    displaced: list[tuple[Post, str]] = field(default_factory=list)

    def meet(self, post: Post, id_: int | None) -> None:
        """Take in a post that the site has, by an id."""
        if post.guid:
            self.met.setdefault(guid_key(post.guid), id_)

    def is_met(self, post: Post) -> bool:
        """Return whether a post was met by its GUID."""
        return bool(post.guid) and guid_key(post.guid or "") in self.met

    def strike(self, post: Post, reason: str) -> None:
        """Take in that a post is gone."""
        self.struck.setdefault(known_by(post), struck(post, reason))

    def gone(self) -> Iterator[Post]:
        """Yield the posts that are gone."""
        return (post for post in self.struck.values() if not self.is_met(post))


def struck(post: Post, reason: str) -> Post:
    """Return a stored post as deleted."""
    post.change, post.changed, post.reason = "deleted", [], reason
    return post
