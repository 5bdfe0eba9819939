"""`scrapy demo`: the main job with nothing to point at."""

import argparse
import sys
from importlib.resources import files
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.commands.checks import feed_complaint
from newscrawl.commands.loops import begin_loop
from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving

FOLDER = Path("demo")
POSTS, TABLE, LEDGER = FOLDER / "posts.jsonl", FOLDER / "posts.csv", FOLDER / "ledger.json"
FEEDS = {
    str(POSTS): {"format": "jsonl", "overwrite": True},
    str(TABLE): {"format": "csv", "overwrite": True},
}
WRITTEN = f"""
Crawled a recorded WordPress site of {{posts}} posts, served on this machine. Written:
  {POSTS}   one JSON object a line
  {TABLE}     the same rows for a spreadsheet or pandas
  {LEDGER}   what was expected, found and written
Now a real site:
  scrapy crawl wordpress -a site=https://news.example.org/ -a limit=20 -O posts.jsonl
"""


class Command(ScrapyCommand):
    """Serves a recorded site on loopback and crawls it into ``demo/``."""

    requires_project = True

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Crawl a small recorded site, served on loopback, into demo/"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return (
            "Serve a small recorded WordPress site on loopback and crawl it into demo/: posts as "
            "JSON Lines and CSV, and the ledger. Needs no network. Example: scrapy demo"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Say where the demo is written; what is there already is replaced."""
        super().process_options(args, opts)
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before
        if args:
            raise UsageError("it takes no argument; run: scrapy demo", print_help=False)
        begin_loop(self.settings)
        self.settings.set("FEEDS", FEEDS, priority="cmdline")
        self.settings.set("NEWSCRAWL_LEDGER", str(LEDGER), priority="cmdline")
        self.settings.set("NEWSCRAWL_EXCERPTS", value=True, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:  # noqa: ARG002 - Scrapy's own
        """Serve, crawl, and tell what was written."""
        assert self.crawler_process is not None  # noqa: S101 - Scrapy sets it before
        complaint = feed_complaint(self.settings, {})
        if complaint:
            sys.stderr.write(f"scrapy demo: {complaint}\n")
            self.exitcode = 2
            return
        recording = Recording.load(files("newscrawl.demo") / "site")
        with serving(recording) as url:
            crawler = self.crawler_process.create_crawler("wordpress")
            self.crawler_process.crawl(crawler, site=url)
            self.crawler_process.start()
        self.exitcode = getattr(crawler.spider, "exit_status", 1)
        if not self.exitcode:
            sys.stdout.write(WRITTEN.format(posts=len(recording.collections["posts"])))
