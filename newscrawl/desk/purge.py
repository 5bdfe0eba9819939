"""What sites have deleted, removed from a store, or told."""

import argparse
import sys
from collections.abc import Mapping

from scrapy.settings import BaseSettings
from sqlalchemy import Engine

from newscrawl.core.endings import DIED
from newscrawl.desk.outcomes import DONE
from newscrawl.store import purging
from newscrawl.store.database import open_existing, reading
from newscrawl.store.purging import Bounds, compact, counts_of, doomed_posts

IN_USE = (
    "scrapy purge: {store}: removed, but the file is in use and may still hold their bytes; run "
    "it again when nothing else has it open\n"
)


def purge(opts: argparse.Namespace, _settings: BaseSettings) -> int:
    """Remove it, or tell what would be removed."""
    work = _remove if opts.yes else _preview
    return work(opts.store, open_existing(opts.store), Bounds(opts.site, opts.before))


def _remove(store: str, engine: Engine, bounds: Bounds) -> int:
    removed = purging.purge(engine, bounds)
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
