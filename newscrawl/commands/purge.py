"""`scrapy purge`: what sites have deleted, removed from a store for good."""

import argparse
import sys
from collections.abc import Mapping

from scrapy.commands import ScrapyCommand
from sqlalchemy import Engine

from newscrawl.commands.options import add_site, add_store, refuse, time
from newscrawl.commands.outcomes import DONE, status_of
from newscrawl.core.endings import DIED
from newscrawl.store.database import open_existing, reading
from newscrawl.store.purging import Bounds, compact, counts_of, doomed_posts, purge

HELP = (
    "Remove posts that are deleted on their site from a store for good, with their versions, "
    "changes, comments, revisions and links; nothing of them stays in the bytes of a SQLite file. "
    "Without --yes nothing is removed: it is told what would be. Not while a crawl writes into the "
    "store. Example: scrapy purge news.db --before 2024-01-01 --yes"
)
IN_USE = (
    "scrapy purge: {store}: removed, but the file is in use and may still hold their bytes; run "
    "it again when nothing else has it open\n"
)


class Command(ScrapyCommand):
    """Removes deleted posts, or tells which it would remove."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return what stands behind the command's name."""
        return "[options] STORE"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Remove from a store for good what sites have deleted"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Let the store and what is to be removed be told."""
        super().add_options(parser)
        add_store(parser)
        add_site(parser)
        parser.add_argument(
            "--before",
            type=time,
            metavar="DATE",
            help="what was deleted before this time (UTC unless it has an offset)",
        )
        parser.add_argument("--yes", action="store_true", help="remove it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Remove it, or tell what would be removed."""
        refuse(args)
        work = _remove if opts.yes else _preview
        bounds = Bounds(opts.site, opts.before)
        self.exitcode = status_of(
            "purge", lambda: work(opts.store, open_existing(opts.store), bounds)
        )


def _remove(store: str, engine: Engine, bounds: Bounds) -> int:
    removed = purge(engine, bounds)
    sys.stdout.write(f"Removed: {_listed(removed)}\n")
    if compact(engine):
        return DONE
    sys.stderr.write(IN_USE.format(store=store))
    return DIED


def _preview(_store: str, engine: Engine, bounds: Bounds) -> int:
    with reading(engine) as connection:
        for post in doomed_posts(connection, bounds):
            why = post["deleted_because"]
            sys.stdout.write(f"{post['deleted']}  {post['url'] or post['guid']}  {why}\n")
        counts = counts_of(connection, bounds)
    sys.stdout.write(f"It would remove: {_listed(counts)}. Nothing was removed; add --yes\n")
    return DONE


def _listed(counts: Mapping[str, int]) -> str:
    """Return what is counted in words, the posts first, the rest where there is any."""
    others = (f"{count:,} {name}" for name, count in counts.items() if count and name != "posts")
    return ", ".join([f"{counts['posts']:,} posts", *others])
