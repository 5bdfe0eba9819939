"""By what a feed is known to be as a crawl left it: a digest of its end."""

from hashlib import blake2b
from pathlib import Path

TAIL = 4096  # bytes


def tail_of(path: Path, size: int) -> str | None:
    """Return a digest of the last bytes of a feed before a size, None if it is shorter."""
    if size == 0:
        return ""
    if not path.exists() or path.stat().st_size < size:
        return None
    with path.open("rb") as feed:
        feed.seek(max(0, size - TAIL))
        return blake2b(feed.read(min(size, TAIL)), digest_size=8).hexdigest()
