"""`scrapy crawl`: Scrapy's own, with arguments checked first and an exit status that is true."""

import argparse
import logging
import sys
from collections.abc import Mapping

from scrapy import Spider
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.utils.misc import load_object

from newscrawl.commands.checks import feed_complaint
from newscrawl.commands.loops import begin_loop
from newscrawl.core.endings import BAD_ARGUMENTS, DIED

NO_JOBDIR = "JOBDIR: a crawl keeps its state in memory and cannot be paused by it; leave it out"
HELP = (
    "Run a spider by name. Example: scrapy crawl wordpress -a site=https://news.example.org/ "
    "-a limit=20 -O posts.jsonl. Exit status: 0 the ledger is complete, 1 nothing could be read or "
    "the crawl died, 2 bad arguments, 3 finished with a gap. Arguments: see docs/arguments.md."
)
logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Runs a spider; the exit status is that of its ledger."""

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Crawl a WordPress site: scrapy crawl wordpress -a site=URL -O posts.jsonl"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Let a site that moved be told as an option, too."""
        super().add_options(parser)
        parser.add_argument(
            "--same-as",
            metavar="OLD_HOST",
            help="the site was at OLD_HOST when the store last saw it (as -a same_as=OLD_HOST)",
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options over as arguments of the spider."""
        super().process_options(args, opts)
        begin_loop(self.settings)
        if opts.same_as:
            opts.spargs["same_as"] = opts.same_as

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what was asked for, crawl, and set the exit status."""
        if len(args) != 1:
            raise UsageError
        complaint = self._complaint(args[0], opts.spargs)
        if complaint:
            self._refuse(complaint)
            return
        assert self.crawler_process is not None  # noqa: S101 - Scrapy sets it before run
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        told = hasattr(crawler.spidercls, "arguments")  # by a ledger, unless the crawl was killed
        died = DIED if told or self.crawler_process.bootstrap_failed else 0
        self.exitcode = getattr(crawler.spider, "exit_status", died)

    def _refuse(self, complaint: str) -> None:
        """Say what is wrong to whoever started this, and where its log is read (scrapyd's job)."""
        sys.stderr.write(f"scrapy crawl: {complaint}\n")
        if self.settings and self.settings["LOG_FILE"]:
            logger.error(complaint)
        self.exitcode = BAD_ARGUMENTS

    def _complaint(self, name: str, spargs: Mapping[str, str]) -> str | None:
        """Return what is wrong with the command line, None if it can be crawled."""
        assert self.crawler_process is not None  # noqa: S101 - Scrapy sets it before run
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            return f"there is no spider {name!r}; there are: {', '.join(loader.list())}"
        if self.settings and self.settings["JOBDIR"]:
            return NO_JOBDIR
        return (
            _argument_complaint(loader.load(name), spargs)
            or feed_complaint(self.settings, spargs)
            or _store_complaint(spargs)
        )


def _store_complaint(spargs: Mapping[str, str]) -> str | None:
    """Return why a store could not be written: it is opened before the first request."""
    if "store" not in spargs:
        return None
    complaint: str | None = load_object("newscrawl.desk.opening.complaint")(spargs["store"])
    return complaint


def _argument_complaint(spider: type[Spider], spargs: Mapping[str, str]) -> str | None:
    arguments = getattr(spider, "arguments", None)
    return arguments.complaint(spargs) if arguments else None
