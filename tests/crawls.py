"""Crawls as a user starts them: the command line in a process of its own."""

import json
import os
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import newscrawl
from tests import forking

CLOSE = 0.15  # how far an estimate may be from what a crawl costs
PAUSE = 0.05  # seconds; what a site would be spared
PROJECT = Path(newscrawl.__file__).parents[1]


@dataclass
class Crawl:
    """What a crawl left behind: its exit status, what it printed, its rows and its ledger."""

    status: int
    stdout: str
    stderr: str
    feed: Path
    environment: dict[str, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of a JSON Lines feed."""
        return lines(self.feed)

    @cached_property
    def ledger(self) -> dict[str, Any]:
        """Return the ledger beside the feed."""
        path = self.feed.with_name(f"{self.feed.name}.ledger.json")
        return dict(json.loads(path.read_text(encoding="utf-8")))

    @property
    def reasons(self) -> str:
        """Return why documents were refused, as the ledger tells."""
        return " | ".join(refusal["reason"] for refusal in self.ledger["refusals"])

    def kinds(self) -> Counter[str]:
        """Return how many rows there are of each kind."""
        return Counter(row["kind"] for row in self.rows)


def is_near(estimate: int, requests: int) -> bool:
    """Return whether a probe's estimate is close to what a crawl's ledger counts."""
    return abs(estimate - requests) <= CLOSE * requests


def lines(feed: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file."""
    return [json.loads(line) for line in feed.read_text(encoding="utf-8").splitlines()]


def scrapy(
    *arguments: str, cwd: Path = PROJECT, netrc: Path | str = os.devnull
) -> subprocess.CompletedProcess[str]:
    """Return what ``scrapy ARGUMENTS`` did; passwords come from a netrc file, none by default.

    Nobody is hurt here, so a crawl pauses for a moment only.
    """
    environment = os.environ | {
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
        "PYTHONPATH": str(PROJECT),
        "NETRC": str(netrc),
    }
    hasty = ("-s", f"NEWSCRAWL_PAUSE={PAUSE}") if arguments[0] == "crawl" else ()
    return forking.run([*arguments, *hasty], cwd, environment)


def crawl(
    feed: Path | str,
    *arguments: str,
    netrc: Path | str = os.devnull,
    **spider_arguments: object,
) -> Crawl:
    """Return what ``scrapy crawl wordpress -a … -O feed`` left behind."""
    told = [part for name, value in spider_arguments.items() for part in ("-a", f"{name}={value}")]
    done = scrapy("crawl", "wordpress", *told, "-O", str(feed), *arguments, netrc=netrc)
    return Crawl(done.returncode, done.stdout, done.stderr, Path(feed))
