"""The items of a store written as files, and told."""

import argparse
import sys
from collections.abc import Mapping
from functools import partial

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl.desk.outcomes import DONE
from newscrawl.store import exporting
from newscrawl.store.database import open_existing
from newscrawl.store.exporting import MakeExporter, Order, Written


def export(opts: argparse.Namespace, settings: BaseSettings) -> int:
    """Write them, and tell what was written."""
    formats = _exporters(settings, dict.fromkeys(opts.format or ["jsonl"]))
    order = Order(opts.items, formats, opts.site, opts.since)
    files = exporting.export(open_existing(opts.store), opts.folder, order)
    for kind, written in zip(order.kinds, files, strict=True):
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
