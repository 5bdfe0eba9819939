"""What became of a post, told on a terminal."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from scrapy.settings import BaseSettings
from sqlalchemy import Connection, RowMapping

from newscrawl.desk.outcomes import DONE
from newscrawl.store.database import open_existing, reading
from newscrawl.store.finding import find_post
from newscrawl.store.history import changes_of, difference, markdown_of, version_of, versions_of

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal would obey a site's
COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}
PLAIN = "\x1b[0m"
SHORT = 8  # characters of a hash


def history(opts: argparse.Namespace, _settings: BaseSettings) -> int:
    """Print the changes, the versions and the differences of a post, or one version."""
    engine = open_existing(opts.store)
    with reading(engine) as connection:
        post = find_post(connection, opts.post)
        if opts.version is not None:
            _write(markdown_of(version_of(connection, post["pk"], opts.version)))
            return DONE
        for line in _lines(connection, post):
            _write(line)
    return DONE


def _lines(connection: Connection, post: RowMapping) -> Iterator[str]:
    yield f"{post['title'] or '(no title)'}"
    yield f"{post['url'] or post['guid']}"
    yield f"{post['type']} {post['id']} of {post['home']}, GUID {post['guid']}"
    yield "\nChanges"
    for change in changes_of(connection, post["pk"]):
        why = change["reason"] or ", ".join(change["fields"])
        yield f"  {change['seen']}  {change['change']:<8} {why}".rstrip()
    yield "\nVersions"
    versions = list(versions_of(connection, post["pk"]))
    for version in versions:
        told = f"seen {version.seen}  modified {version.modified}  {version.hash[:SHORT]}"
        yield f"  {version.number}  {told}  {version.title or ''}".rstrip()
    for old, new in pairwise(versions):
        yield ""
        yield from difference(old, new)


def _write(text: str) -> None:
    """Write lines; those of a difference have their colour on a terminal."""
    line = CONTROLS.sub("", text)
    colour = COLOURS.get(line[:1]) if _is_coloured() else None
    sys.stdout.write(f"{colour}{line}{PLAIN}\n" if colour else f"{line}\n")


def _is_coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
