"""Posts that a store has of a site whose API is closed, by their GUIDs and their addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newscrawl.core.identity import known_by, own_id
from newscrawl.core.rungs import PAGES
from newscrawl.core.sitemaps import key_of, keys_of
from newscrawl.items import Post

MODIFIED = "lastmod "  # how the trace of a post that was read by its page begins


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that a store has and that stands, by the key of its GUID; how it was read last."""

    key: str
    type: str
    id: int | None
    guid: str | None
    url: str
    published: str | None
    trace: str | None
    source: str


@dataclass(slots=True)
class Register:
    """The posts of a store by the key of their address and by their ids; those `met` since by GUID.

    `former` are those whose address is also that of one that was published later.
    `modified` is what sitemaps tell now of when the post at an address was modified, by its key.
    """

    posts: dict[str, Standing] = field(default_factory=dict)
    ids: dict[int, Standing] = field(default_factory=dict)
    former: list[Standing] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    modified: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, standing: Iterable[Standing]) -> "Register":
        """Return the register of the posts of a store."""
        every = sorted(standing, key=lambda post: post.published or "")
        posts = {key_of(post.url): post for post in every}
        former = [post for post in every if posts[key_of(post.url)] is not post]
        return cls(posts, {post.id: post for post in every if post.id}, former)

    def at_address_of(self, post: Post) -> Standing | None:
        """Return the known post at the address of a post, None if there is none."""
        return self.posts.get(key_of(post.url or post.source_url))

    def known_as(self, post: Post) -> Standing | None:
        """Return the known post that a post is, by its id or at its address, None if it is new.

        A page tells no GUID but its shortlink, where a feed tells the GUID and no id. Two that were
        published at the same second are one, whatever their GUIDs.
        """
        known = self.ids.get(post.id or 0) or self.at_address_of(post) or self._renamed(post)
        if known is None or (known.id and post.id):
            return known if known and known.id == post.id else None
        if post.published and post.published == known.published:
            return known
        ids = known.id or own_id(known.guid, post.site), post.id or own_id(post.guid, post.site)
        by_page = not PAGES.isdisjoint({known.source, post.source})
        return known if (ids[0] == ids[1] if all(ids) else by_page) else None

    def _renamed(self, post: Post) -> Standing | None:
        """Return the known post whose address is the GUID of a post that has another one now.

        So it is where a post was published at once: its GUID is its first permalink.
        """
        known = self.posts.get(key_of(post.guid or ""))
        return known if known and post.published == known.published else None

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
        for post in self.posts.values():
            if post.key not in self.met and shown.isdisjoint(keys_of(post.url)):
                yield post

    def replaced(self) -> Iterator[Standing]:
        """Yield the posts that were not met and whose address another post has."""
        return (post for post in self.former if post.key not in self.met)
