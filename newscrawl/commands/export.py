"""`scrapy export`: the items of a store as files."""

import argparse
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl.commands.options import add_site, add_store, refuse, time
from newscrawl.commands.outcomes import DONE, status_of
from newscrawl.core.plan import KINDS
from newscrawl.store.database import open_existing
from newscrawl.store.exporting import MakeExporter, Order, Written, export

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
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before
        formats = _exporters(self.settings, dict.fromkeys(opts.format or ["jsonl"]))
        order = Order(opts.items, formats, opts.site, opts.since)
        self.exitcode = status_of("export", lambda: _export(opts.store, opts.folder, order))


def _export(store: str, folder: Path, order: Order) -> int:
    for kind, written in zip(order.kinds, export(open_existing(store), folder, order), strict=True):
        sys.stdout.writelines(f"{line}\n" for line in _told(kind, written))
    return DONE


def _told(kind: str, written: Written) -> list[str]:
    lines = [f"{path}: {written.rows:,} {kind}" for path in written.paths]
    if written.sketches:
        lines.append(
            f"{kind}: {written.sketches:,} more are known by posts only and not written; a crawl "
            f"with -a items={kind} reads them"
        )
    return lines


def _exporters(settings: BaseSettings, formats: Mapping[str, None]) -> dict[str, MakeExporter]:
    """Return what makes the exporter of each format, as the crawl's feeds have it."""
    classes = settings.getwithbase("FEED_EXPORTERS")
    options = {
        "encoding": settings["FEED_EXPORT_ENCODING"],
        "indent": settings["FEED_EXPORT_INDENT"],
    }
    return {format_: partial(load_object(classes[format_]), **options) for format_ in formats}


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
