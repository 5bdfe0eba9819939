"""`scrapy history`: what became of a post, and how its content changed."""

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.commands.options import add_store, refuse, run_at_desk

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
        self.exitcode = run_at_desk("history", opts, self.settings)
