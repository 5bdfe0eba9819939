"""What a store costs: time and memory of a first and of a second crawl, of few posts and of many.

python -m benchmarks.store 5000 50000
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving

APART = 100_000  # the ids of one copy of the recorded posts and those of the next
MEGABYTE = 1024  # of the kilobytes that Linux tells
PEAK = "VmHWM:"  # getrusage() would count the memory of the process that forked, too
GLANCE = 0.1  # seconds
DATES = ("date", "date_gmt", "modified", "modified_gmt")
PAUSE = timedelta(hours=9)
NEWEST = datetime(2024, 1, 1)  # noqa: DTZ001 - a local time, as WordPress has it


@dataclass(frozen=True)
class Cost:
    """What a crawl took: seconds, megabytes at its peak, requests, rows in its feed."""

    seconds: float
    megabytes: float
    requests: int
    rows: int


def measured(folder: Path, url: str) -> Cost:
    """Return the cost of one crawl into the store of a folder."""
    feed = folder / "posts.jsonl"
    arguments = ["-a", f"site={url}", "-a", f"store={folder / 'news.db'}", "-O", str(feed)]
    command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", *arguments]
    quiet = ["-s", "LOG_LEVEL=WARNING", "-s", "NEWSCRAWL_SITEMAPS=0"]
    began = time.monotonic()
    with subprocess.Popen([*command, *quiet], stderr=subprocess.DEVNULL) as run:  # noqa: S603 - our own command
        peak = _peak_of(run)
    seconds = time.monotonic() - began
    if run.returncode:
        raise SystemExit(f"the crawl ended with {run.returncode}")
    ledger = orjson.loads(Path(f"{feed}.ledger.json").read_bytes())
    rows = feed.read_bytes().count(b"\n")
    return Cost(seconds, peak / MEGABYTE, ledger["requests"], rows)


def _peak_of(run: subprocess.Popen[bytes]) -> int:
    """Return the most kilobytes that a process held, when it has ended (proc_pid_status(5))."""
    peak = 0
    while run.poll() is None:
        for line in Path(f"/proc/{run.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(PEAK):
                peak = int(line.split()[1])
        time.sleep(GLANCE)
    return peak


def of_size(posts: int) -> Recording:
    """Return the recorded site with so many posts, one each nine hours."""
    recording = Recording.load(files("newscrawl.demo") / "site")
    rows = list(_copies(recording.collections["posts"], posts))
    return replace(recording, collections={**recording.collections, "posts": rows})


def _copies(rows: list[dict[str, Any]], posts: int) -> Iterator[dict[str, Any]]:
    for number in range(posts):
        row = rows[number % len(rows)]
        id_ = row["id"] + APART * (number // len(rows))
        moment = (NEWEST - PAUSE * number).isoformat()
        own = {"id": id_, "slug": f"post-{number}", "link": f"https://ameforum.net/en/{number}/"}
        yield (
            row
            | own
            | dict.fromkeys(DATES, moment)
            | {"guid": {"rendered": f"https://ameforum.net/?p={id_}"}}
        )


def main() -> None:
    """Print the cost of a first and of a second crawl, for each number of posts."""
    for posts in map(int, sys.argv[1:] or ["5000", "50000"]):
        with tempfile.TemporaryDirectory() as folder, serving(of_size(posts)) as url:
            for name in ("first", "second"):
                cost = measured(Path(folder), url)
                sys.stdout.write(
                    f"{posts:>7,} posts, {name:<6}  {cost.seconds:7.1f} s  {cost.megabytes:6.0f} MB"
                    f"  {cost.requests:>5,} requests  {cost.rows:>7,} rows\n"
                )


if __name__ == "__main__":
    main()
