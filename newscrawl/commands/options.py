"""What the commands on a store are told, in one way for all."""

import argparse
from collections.abc import Sequence

from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newscrawl.core.times import moment, rfc3339

STORE = "a store as a crawl's -a store= made it: path of a SQLite file, or postgresql://host/name"


def add_store(parser: argparse.ArgumentParser) -> None:
    """Let a command be told its store, its first argument."""
    parser.add_argument("store", metavar="STORE", help=STORE)


def add_site(parser: argparse.ArgumentParser) -> None:
    """Let a command be told one of the store's sites."""
    parser.add_argument("--site", metavar="HOME", help="of this site only; without it of all")


def time(text: str) -> str:
    """Return a time that an option tells, as a store writes it."""
    try:
        return rfc3339(moment(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def refuse(unknown: Sequence[str]) -> None:
    """Raise `UsageError` for what a command does not know."""
    if unknown:
        raise UsageError(f"there is no argument {unknown[0]}; see --help", print_help=False)


def run_at_desk(command: str, opts: argparse.Namespace, settings: BaseSettings | None) -> int:
    """Return the exit status of a command's work, which its namesake at the desk does.

    Scrapy imports all commands whichever is run, and a store's libraries take as long to import as
    the rest of a crawl.
    """
    status_of = load_object("newscrawl.desk.outcomes.status_of")
    work = load_object(f"newscrawl.desk.{command}.{command}")
    return int(status_of(command, lambda: work(opts, settings)))
