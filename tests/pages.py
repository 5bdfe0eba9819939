"""Posts as their pages tell them, compared with what the API and the database tell."""

import re
from collections import Counter
from typing import Any

from newscrawl.core.identity import guid_key
from newscrawl.core.rss import EITHER
from tests.crawls import Crawl

LIKE = 0.97  # F1 of the words of a page and of the API
REPEATED = "2024-10-27T00:"  # WordPress shows the first of two equal hours as the second
Row = dict[str, Any]


def by_guid(done: Crawl) -> dict[str, Row]:
    """Return the rows of a crawl by the key of their GUID, of which no two share one."""
    rows = {guid_key(row["guid"]): row for row in done.rows}
    assert len(rows) == len(done.rows)
    return rows


def names(told: list[Row]) -> list[str]:
    """Return the names of authors or terms."""
    return [name["name"] for name in told]


def f1(one: str, other: str) -> float:
    """Return how alike two texts are: the harmonic mean of precision and recall of their words."""
    words = [Counter(re.findall(r"\w+", text)) for text in (one, other)]
    common = (words[0] & words[1]).total()
    return 2 * common / (words[0].total() + words[1].total() or 1)


def assert_tells(row: Row, known: Row) -> None:
    """Assert that a row that was read by its page says what the API says."""
    autumn = str(known["published"]).startswith(REPEATED)
    for name in ("id", "title", "url", *([] if autumn else ["published"])):
        assert row[name] == known[name], name
    assert names(row["authors"]) == names(known["authors"])
    assert {*names(row["terms"][EITHER])} >= {*names(known["categories"] + known["tags"])}
    assert f1(row["content_text"], known["content_text"]) >= LIKE
