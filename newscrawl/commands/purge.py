"""`scrapy purge`: what sites have deleted, removed from a store for good."""

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.commands.options import add_site, add_store, refuse, run_at_desk, time

HELP = (
    "Remove posts that are deleted on their site from a store for good, with their versions, "
    "changes, comments, revisions and links; nothing of them stays in the bytes of a SQLite file. "
    "Without --yes nothing is removed: it is told what would be. Not while a crawl writes into the "
    "store. Example: scrapy purge news.db --before 2024-01-01 --yes"
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
        self.exitcode = run_at_desk("purge", opts, self.settings)
