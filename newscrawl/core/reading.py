"""How far a feed is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit


@dataclass(slots=True)
class Reading:
    """How far a feed is read: its address, its page, the keys of what was met and of its addresses.

    `told` are hashes of addresses and titles: a plugin may make GUIDs anew for each request.
    `waiting` are other addresses that may be the feed; `size` is how many posts a page shows.
    It `is_read` once one page was. `failed` counts the pages in a row that broke, `skipped` those
    that others were read behind, `stale` those in a row that held nothing new. `oldest` are the
    addresses of the last that were new; a feed that `is_capped` shows no older ones (the same posts
    again, or pages that break), one that `is_unmodified` none: they are as they are known.
    """

    address: str
    waiting: Sequence[str] = ()
    page: int = 1
    met: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)
    size: int = 0
    failed: int = 0
    skipped: int = 0
    stale: int = 0
    oldest: list[str] = field(default_factory=list)
    is_read: bool = False
    is_capped: bool = False
    is_unmodified: bool = False

    @property
    def url(self) -> str:
        """Return the address of the page; the first one has none of its own.

        >>> Reading("https://a.example/feed/").url, Reading("https://a.example/feed/", page=2).url
        ('https://a.example/feed/', 'https://a.example/feed/?paged=2')
        """
        parts = urlsplit(self.address)
        page = {"paged": str(self.page)} if self.page > 1 else {}
        return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | page)).geturl()
