"""`scrapy export`: the items of a store as files."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand

from newscrawl.commands.options import add_site, add_store, refuse, run_at_desk, time
from newscrawl.core.plan import KINDS

HELP = (
    "Write the items of a store into a folder, a file for each kind and format (posts.jsonl, "
    "…), the same rows as a crawl's feeds. Files of these names are replaced when all "
    "are written, as by -O. Posts that are deleted on their site are left out, but with --since. "
    "Example: scrapy export news.db tables --format csv --items posts,comments"
)


class Command(ScrapyCommand):
    """Writes a file for each kind and format."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """Return what stands behind the command's name."""
        return "[options] STORE DIR"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Write the items of a store into files, all of them or what changed"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Let the store, the folder and what is to be exported be told."""
        super().add_options(parser)
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before
        formats = sorted(self.settings.getwithbase("FEED_EXPORTERS"))
        add_store(parser)
        parser.add_argument("folder", metavar="DIR", type=Path, help="made if it is not there")
        parser.add_argument(
            "--format", action="append", choices=formats, help="several times for several"
        )
        parser.add_argument(
            "--items",
            type=_kinds,
            default=list(KINDS),
            metavar="KINDS",
            help=f"with commas, of {', '.join(KINDS)}; without it all",
        )
        parser.add_argument(
            "--since",
            type=time,
            metavar="DATE",
            help="what became new, updated or deleted since (UTC unless it has an offset); its "
            "`change` says which; of other kinds, what was written since",
        )
        add_site(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write them, and tell what was written."""
        refuse(args)
        self.exitcode = run_at_desk("export", opts, self.settings)


def _kinds(text: str) -> list[str]:
    words = list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if words == ["all"]:
        return list(KINDS)
    for word in words or [text]:
        if word not in KINDS:
            raise argparse.ArgumentTypeError(
                f"{word!r} is not known; choose among {', '.join(KINDS)}, all"
            )
    return words
