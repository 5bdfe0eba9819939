"""What became of a post: its changes, its versions, and what parts each from the one before."""

import difflib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from newscrawl.core.documents import BadArgument
from newscrawl.core.normalize import normalize
from newscrawl.store.database import StoreError
from newscrawl.store.tables import CHANGES, CONTENTS, VERSIONS

DAMAGED = "the content {hash} is damaged; a crawl into a new store reads it again"
BLOCKS = ("</p>", "</li>", "</h1>", "</h2>", "</h3>", "</h4>", "</h5>", "</h6>", "</figure>")


@dataclass(frozen=True, slots=True)
class Version:
    """A content that a post had: its number from 1, when it was seen, and its HTML."""

    number: int
    seen: str
    modified: str | None
    title: str | None
    hash: str
    html: str

    @property
    def name(self) -> str:
        """Return what it is called in a difference."""
        return f"version {self.number}, seen {self.seen}"


def changes_of(connection: Connection, post: int) -> Sequence[RowMapping]:
    """Return the changes of a post, the oldest first: `seen`, `change`, `fields`, `reason`."""
    query = select(CHANGES).where(CHANGES.c.post == post).order_by(CHANGES.c.pk)
    return connection.execute(query).mappings().all()


def versions_of(connection: Connection, post: int) -> Iterator[Version]:
    """Yield the versions of a post, the oldest first; `StoreError` if one is damaged."""
    query = (
        select(VERSIONS, CONTENTS.c.html)
        .join(CONTENTS, CONTENTS.c.hash == VERSIONS.c.hash)
        .where(VERSIONS.c.post == post)
        .order_by(VERSIONS.c.pk)
    )
    for number, row in enumerate(connection.execute(query), 1):
        html = _html(row.hash, row.html)
        yield Version(number, row.seen, row.modified, row.title, row.hash, html)


def version_of(connection: Connection, post: int, number: int) -> Version:
    """Return a version of a post; `BadArgument` if it has no such."""
    versions = list(versions_of(connection, post))
    if not 1 <= number <= len(versions):
        raise BadArgument(
            f"--version {number}: there is none; the post has versions 1 to {len(versions)}"
        )
    return versions[number - 1]


def markdown_of(version: Version) -> str:
    """Return a content as a reader sees it, a block a paragraph."""
    return normalize(version.html, "").markdown


def difference(old: Version, new: Version) -> Iterator[str]:
    """Yield the lines of a unified diff: of what is read, or of the HTML if that is the same."""
    before, after = (markdown_of(version).splitlines() for version in (old, new))
    if before == after:
        before, after = (_lines_of_html(version.html) for version in (old, new))
    yield from difflib.unified_diff(before, after, old.name, new.name, lineterm="", n=1)


def _html(hash_: str, compressed: bytes) -> str:
    try:
        return zlib.decompress(compressed).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise StoreError(DAMAGED.format(hash=hash_)) from error


def _lines_of_html(html: str) -> list[str]:
    for end in BLOCKS:
        html = html.replace(end, f"{end}\n")
    return html.splitlines()
