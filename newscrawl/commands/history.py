"""`scrapy history`: what became of a post, and how its content changed."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise

from scrapy.commands import ScrapyCommand
from sqlalchemy import Connection, RowMapping

from newscrawl.commands.options import add_store, refuse
from newscrawl.commands.outcomes import DONE, status_of
from newscrawl.store.database import open_existing, reading
from newscrawl.store.finding import find_post
from newscrawl.store.history import changes_of, difference, markdown_of, version_of, versions_of

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a terminal would obey a site's
COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}
PLAIN = "\x1b[0m"
SHORT = 8  # characters of a hash
HELP = (
    "Tell what became of a post: when it was new, updated and deleted, its versions, and how each "
    "content differs from the one before. A post is meant by address, GUID, shortlink or id. "
    "Example: scrapy history news.db https://news.example.org/strike/"
)


class Command(ScrapyCommand):
    """Prints the changes, the versions and the differences of a post."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return what stands behind the command's name."""
        return "[options] STORE URL-OR-ID"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Tell what became of a post in a store, and how its content changed"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Let the store, the post and a version be told."""
        super().add_options(parser)
        add_store(parser)
        parser.add_argument("post", metavar="URL-OR-ID", help="address, GUID, shortlink or id")
        parser.add_argument(
            "--version", type=int, metavar="N", help="print this content as Markdown, nothing else"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Tell it."""
        refuse(args)
        self.exitcode = status_of("history", lambda: _tell(opts))


def _tell(opts: argparse.Namespace) -> int:
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
