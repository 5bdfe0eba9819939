"""Where the feeds of a crawl go."""

from urllib.parse import urlsplit
from urllib.request import url2pathname


def local_path(uri: str) -> str | None:
    """Return the path of a feed that is a file, None for any other (``stdout:``, ``s3://…``).

    >>> local_path("posts.jsonl"), local_path("file:///tmp/a%20b.csv"), local_path("stdout:")
    ('posts.jsonl', '/tmp/a b.csv', None)
    """
    parts = urlsplit(uri)
    if parts.scheme not in {"", "file"}:
        return None
    return url2pathname(parts.path) if parts.scheme else uri
