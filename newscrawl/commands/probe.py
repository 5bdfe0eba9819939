"""`scrapy probe`: what a site allows, before any crawl of it."""

import argparse
import logging
import sys
from typing import Any

import orjson
from scrapy.commands import ScrapyCommand
from scrapy.settings import SETTINGS_PRIORITIES
from scrapy.utils.misc import load_object

from newscrawl.commands.loops import begin_loop
from newscrawl.commands.telling import lines
from newscrawl.core.endings import BAD_ARGUMENTS, DIED

SPIDER = "newscrawl.spiders.probe.ProbeSpider"
QUIET, ROBOTS = "ERROR", "scrapy.downloadermiddlewares.robotstxt"
HELP = (
    "Say what a WordPress site allows, before any crawl: where its API is, what it has, what is "
    "closed and by what, and what a crawl would cost. Asks for 15 documents at the most and writes "
    "no file. Exit status: 0 the API can be read, 1 it cannot, 2 wrong arguments. "
    "Example: scrapy probe https://news.example.org/"
)
NO_URL = "give the address of one site, such as https://news.example.org/"


class Command(ScrapyCommand):
    """Probes a site and prints what was found."""

    requires_project = True

    def syntax(self) -> str:
        """Return what stands behind the command's name."""
        return "[options] URL"

    def short_desc(self) -> str:
        """Return what the list of commands says."""
        return "Say what a site allows and what a crawl would cost, in 15 documents at the most"

    def long_desc(self) -> str:
        """Return what the help begins with."""
        return HELP

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Let the report be asked for as JSON."""
        super().add_options(parser)
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, nothing else"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Log nothing but what breaks, unless more is asked for."""
        super().process_options(args, opts)
        assert self.settings is not None  # noqa: S101 - Scrapy sets it before
        begin_loop(self.settings)
        if self.settings.getpriority("LOG_LEVEL") != SETTINGS_PRIORITIES["cmdline"]:
            self.settings.set("LOG_LEVEL", QUIET, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Probe, print and set the exit status."""
        spider = load_object(SPIDER)
        if complaint := _complaint(spider, args):
            sys.stderr.write(f"scrapy probe: {complaint}\n")
            self.exitcode = BAD_ARGUMENTS
            return
        assert self.crawler_process is not None  # noqa: S101 - Scrapy sets it before
        if self.settings and self.settings["LOG_LEVEL"] == QUIET:
            logging.getLogger(ROBOTS).setLevel(logging.CRITICAL)  # the report tells of a dead host
        crawler = self.crawler_process.create_crawler(spider)
        self.crawler_process.crawl(crawler, site=args[0])
        self.crawler_process.start()
        self.exitcode = getattr(crawler.spider, "exit_status", DIED)
        report = getattr(crawler.spider, "report", None)
        if report:
            text = orjson.dumps(report).decode() if opts.json else "\n".join(lines(report))
            sys.stdout.write(f"{text}\n")


def _complaint(spider: Any, args: list[str]) -> str | None:  # noqa: ANN401 - its class
    """Return what is wrong with the command line, None if it names a site."""
    if not args:
        return f"URL: {NO_URL}"
    unknown = [arg for arg in args if arg.startswith("-")] or args[1:]
    if unknown:
        return f"{unknown[0]}: there is no such argument; see --help"
    complaint: str | None = spider.arguments.complaint({"site": args[0]})
    if complaint is None and len(spider.arguments(site=args[0]).site) > 1:
        complaint = f"{args[0]}: {NO_URL}"
    return complaint and complaint.replace("site:", "URL:", 1)
