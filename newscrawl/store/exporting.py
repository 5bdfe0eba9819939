"""The items of a store as files: a file for each kind and format, all replaced or none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from scrapy.exporters import BaseItemExporter
from sqlalchemy import Connection, Engine

from newscrawl.core.documents import BadArgument
from newscrawl.core.plan import KINDS
from newscrawl.items import ITEMS, Item
from newscrawl.store.database import reading
from newscrawl.store.selecting import Selection, count_sketches, items_of
from newscrawl.store.sites import sites_of

MakeExporter = Callable[[BinaryIO], BaseItemExporter]
ENDINGS = {"spreadsheet": "spreadsheet.csv"}  # others are their format's name
CLASSES = {kind.__name__.lower(): kind for kind in ITEMS}
UNWRITABLE = "{path}: no files can be written there ({reason}); choose another folder"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported: kinds as `KINDS` names them, exporters by format, one home or all."""

    kinds: Sequence[str]
    formats: Mapping[str, MakeExporter]
    home: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a kind: how many rows each has, how many known resources were never read."""

    paths: Sequence[Path]
    rows: int
    sketches: int


def export(engine: Engine, folder: Path, order: Order) -> list[Written]:
    """Write what is ordered into a folder, made if need be; return what was written.

    Files that are there are replaced when all are written. Raise `BadArgument` for a folder that
    cannot be one and for a site that is not in the store.
    """
    with reading(engine) as connection:
        selection = Selection(sites_of(connection, order.home), order.since)
        _make(folder, order)
        with TemporaryDirectory(dir=folder, prefix=".export-") as parts:
            written = [
                _write(connection, Path(parts), kind, order.formats, selection)
                for kind in order.kinds
            ]
            return [_moved(told, folder) for told in written]


def names_of(kind: str, formats: Iterable[str]) -> dict[str, str]:
    """Return the name of the file of a kind in each format.

    >>> names_of("posts", ["csv", "spreadsheet"])
    {'csv': 'posts.csv', 'spreadsheet': 'posts.spreadsheet.csv'}
    """
    return {format_: f"{kind}.{ENDINGS.get(format_, format_)}" for format_ in formats}


def _make(folder: Path, order: Order) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror
        raise BadArgument(UNWRITABLE.format(path=folder, reason=reason)) from error
    for kind in order.kinds:
        for name in names_of(kind, order.formats).values():
            if (folder / name).is_dir():
                raise BadArgument(UNWRITABLE.format(path=folder / name, reason="a directory"))


def _write(
    connection: Connection,
    folder: Path,
    kind: str,
    formats: Mapping[str, MakeExporter],
    selection: Selection,
) -> Written:
    class_: type[Item] = CLASSES[KINDS[kind]]
    paths = [folder / name for name in names_of(kind, formats).values()]
    rows = 0
    with ExitStack() as files:
        exporters = [
            files.enter_context(_exporting(path, make))
            for path, make in zip(paths, formats.values(), strict=True)
        ]
        for item in items_of(connection, class_, selection):
            rows += 1
            for exporter in exporters:
                exporter.export_item(item)
    return Written(paths, rows, count_sketches(connection, class_, selection))


@contextmanager
def _exporting(path: Path, make: MakeExporter) -> Iterator[BaseItemExporter]:
    """Give an exporter that has begun its file, and end it."""
    with path.open("w+b") as file:
        exporter = make(file)
        exporter.start_exporting()
        yield exporter
        exporter.finish_exporting()


def _moved(written: Written, folder: Path) -> Written:
    """Put the files of a kind where they belong."""
    return replace(written, paths=[path.replace(folder / path.name) for path in written.paths])
