"""Posts that a store has of a site whose API is closed, by their GUIDs and their addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newscrawl.core.fence import objection
from newscrawl.core.identity import id_of, known_by
from newscrawl.core.sitemaps import key_of
from newscrawl.items import Post

MODIFIED = "lastmod "  # how the trace of a post that was read by its page begins


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that a store has and that stands: its GUID and the key of it, its address, trace."""

    key: str
    guid: str | None
    url: str
    trace: str | None


@dataclass(slots=True)
class Register:
    """The posts of a store by the key of their address; `met` are the GUIDs of those met since.

    `modified` is what sitemaps tell now of when the post at an address was modified, by its key.
    """

    posts: dict[str, Standing] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    modified: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, standing: Iterable[Standing]) -> "Register":
        """Return the register of the posts of a store."""
        return cls({key_of(post.url): post for post in standing})

    def at_address_of(self, post: Post) -> Standing | None:
        """Return the known post at the address of a post, None if there is none."""
        return self.posts.get(key_of(post.url or post.source_url))

    def recognize(self, post: Post) -> None:
        """Give a post the GUID of the known one at its address, if no shortlink of its site is one.

        The GUID of an imported post names the site that it comes from, or no id.
        """
        known = self.at_address_of(post)
        if known and known.guid and not _is_own_shortlink(known.guid, post.site):
            post.guid = known.guid

    def meet(self, post: Post) -> Standing | None:
        """Take in that the site has a post; return the known one that has its address no more."""
        key = known_by(post)
        self.met.add(key)
        known = self.at_address_of(post)
        return known if known and known.key != key else None

    def is_same(self, address: str) -> bool:
        """Return whether sitemaps tell of an address what they told when its page was read."""
        post = self.posts.get(address)
        return post is not None and post.trace == self.trace_at(address) is not None

    def trace_at(self, address: str) -> str | None:
        """Return the trace of the post at an address, None where sitemaps do not tell a time."""
        time = self.modified.get(address)
        return f"{MODIFIED}{time}" if time else None

    def absent(self, listed: Iterable[str]) -> Iterator[Standing]:
        """Yield the posts that were not met and whose address is not listed."""
        shown = set(listed)
        for address, post in self.posts.items():
            if post.key not in self.met and address not in shown:
                yield post


def _is_own_shortlink(guid: str, site: str) -> bool:
    return id_of(guid) is not None and objection(guid, [site]) is None
