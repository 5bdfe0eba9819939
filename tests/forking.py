"""Commands in processes that have imported Scrapy already: each of hundreds would take a second.

They are forked from a server that has no reactor yet, and else are as ``python -m scrapy`` starts
them: arguments, environment, working folder and exit status are their own. Tests of what a process
imports, and of signals that it handles, start theirs by `subprocess`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from scrapy.cmdline import execute

PRELOADED = [
    "extruct",
    "newscrawl.browser.door",
    "newscrawl.commands.crawl",
    "newscrawl.commands.demo",
    "newscrawl.commands.export",
    "newscrawl.commands.history",
    "newscrawl.commands.probe",
    "newscrawl.commands.purge",
    "newscrawl.exporters",
    "newscrawl.extensions.collector",
    "newscrawl.extensions.feeds",
    "newscrawl.extensions.ledger",
    "newscrawl.extensions.progress",
    "newscrawl.middlewares.coding",
    "newscrawl.middlewares.fence",
    "newscrawl.middlewares.pace",
    "newscrawl.middlewares.retry",
    "newscrawl.pipelines",
    "newscrawl.spiders.wordpress",
    "newscrawl.spiders.probe",
    "newscrawl.store.pipeline",
    "scrapy.cmdline",
    "scrapy.commands.shell",
    "scrapy.extensions.remote_control",
    "scrapy.extensions.telnet",
    "scrapy.downloadermiddlewares.httpcache",
    "trafilatura",
    "uvloop",
]
PATIENCE = 5_400  # seconds: two thousand pages one by one, in a browser, on a busy machine
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(PRELOADED)


def run(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Return what ``scrapy ARGUMENTS`` did."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        process = start(arguments, cwd, environment, out, err)
        try:
            process.join(PATIENCE)
        finally:
            is_late = process.exitcode is None
            if is_late:
                process.kill()
        if is_late:
            raise subprocess.TimeoutExpired(list(arguments), PATIENCE)
        said = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(list(arguments), process.exitcode, *said)


def start(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], out: Path, err: Path
) -> ForkServerProcess:
    """Return the process of ``scrapy ARGUMENTS``, which writes what it says to two files."""
    process = FORKS.Process(
        target=_scrapy, args=(list(arguments), cwd, dict(environment), out, err)
    )
    process.start()
    return process


def _scrapy(
    arguments: list[str], cwd: Path, environment: dict[str, str], out: Path, err: Path
) -> None:
    """Be the process that the arguments start."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["scrapy", *arguments]
    execute()
