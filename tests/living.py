"""A recorded site that lives: its posts change between crawls into one store."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from newscrawl.demo.recording import Answer, Recording
from tests.crawls import Crawl, crawl

Row = dict[str, Any]


class Living:
    """A site whose posts and pages change between crawls, on one address."""

    def __init__(self, recording: Recording, folder: Path) -> None:
        self.now = replace(recording, collections={**recording.collections, "pages": []})
        self.home, self.url = recording.home, ""
        self.store, self.feed = str(folder / "news.db"), folder / "posts.jsonl"

    def answer(self, url: str) -> Answer:
        return self.now.answer(url)

    @property
    def posts(self) -> list[Row]:
        return self.now.collections["posts"]

    def have(self, route: str, rows: list[Row]) -> None:
        self.now = replace(self.now, collections={**self.now.collections, route: rows})

    def crawled(self, **arguments: object) -> Crawl:
        return crawl(self.feed, site=self.url, store=self.store, **arguments)

    def asked(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.store)) as connection, connection:
            return connection.execute(query).fetchall()
