"""A recorded WordPress: its resources whole, selected as wp/v2 selects them.

The recording in ``site/`` was made from a real WordPress by ``python -m tests.wordpress.record``.
What a query selects follows WP_REST_Posts_Controller, WP_REST_Terms_Controller and
WP_REST_Users_Controller::get_items(), as far as the crawler asks.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import orjson

Resource = dict[str, Any]
ROOT = "wp-json"
DATED = frozenset({"posts", "media"})  # collections that answer 400 behind their last page
DEFAULTS = {"per_page": "10", "page": "1"}
TEXT, JSON = "text/html; charset=UTF-8", "application/json; charset=UTF-8"
NO_ROUTE = {"code": "rest_no_route", "message": "No route was found.", "data": {"status": 404}}
NO_TERM, NO_USER, NO_POST = "rest_term_invalid", "rest_user_invalid_id", "rest_post_invalid_id"
ABSENT = {"users": NO_USER, "categories": NO_TERM, "tags": NO_TERM}
NO_PAGE = {"code": "rest_post_invalid_page_number", "message": "", "data": {"status": 400}}
ROBOTS = b"User-agent: *\nDisallow: /en/wp-admin/\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recording:
    """The documents of a site by name and its collections by route."""

    home: str
    page: bytes
    page_headers: Mapping[str, str]
    documents: Mapping[str, Resource]
    collections: Mapping[str, list[Resource]]

    @classmethod
    def load(cls, folder: Traversable) -> "Recording":
        """Return the recording that a folder holds: one JSON Lines file a collection."""
        files = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}
        documents = {
            name.removesuffix(".json"): orjson.loads(body)
            for name, body in files.items()
            if name.endswith(".json")
        }
        collections = {
            name.removesuffix(".jsonl"): [orjson.loads(line) for line in body.splitlines()]
            for name, body in files.items()
            if name.endswith(".jsonl")
        }
        headers = documents.pop("home.headers")
        home = urlsplit(documents["index"]["home"]).path.rstrip("/")
        return cls(home, files["home.html"], headers, documents, collections)

    def answer(self, url: str) -> Answer:
        """Return what the site answers to a path with its query."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        path = unquote(parts.path).strip("/")
        api = f"{self.home.strip('/')}/{ROOT}".strip("/")
        if path == "robots.txt":
            return Answer(200, ROBOTS, {"Content-Type": "text/plain"})
        if path == self.home.strip("/"):
            return Answer(200, self.page, {"Content-Type": TEXT, **self.page_headers})
        if path == api:
            return _json(_fields(self.documents["index"], query))
        return self._route(path.removeprefix(f"{api}/wp/v2/"), query)

    def _route(self, route: str, query: Mapping[str, str]) -> Answer:
        name, _, id_ = route.partition("/")
        if name in self.collections and id_:
            found = [row for row in self.collections[name] if str(row["id"]) == id_]
            return _json(_fields(found[0], query)) if found else _json(_absent(name), 404)
        if name in self.collections:
            return _collection(name, self.collections[name], query)
        return _json(self.documents[name]) if name in self.documents else _json(NO_ROUTE, 404)


def _absent(name: str) -> Resource:
    """Return what WordPress says of a resource that is not there."""
    code = ABSENT.get(name, NO_POST)
    return {"code": code, "message": "Invalid ID.", "data": {"status": 404}}


def _collection(name: str, rows: Iterable[Resource], query: Mapping[str, str]) -> Answer:
    query = DEFAULTS | dict(query)
    size, page = int(query["per_page"]), int(query["page"])
    selected = _ordered(name, _selected(rows, query), query)
    shown = list(islice(selected, (page - 1) * size, page * size))
    if not shown and page > 1 and name in DATED:
        return _json(NO_PAGE, 400)
    totals = {
        "X-WP-Total": str(len(selected)),
        "X-WP-TotalPages": str(-(-len(selected) // size)),
    }
    return _json([_fields(row, query) for row in shown], headers=totals)


def _selected(rows: Iterable[Resource], query: Mapping[str, str]) -> list[Resource]:
    filters = [(FILTERS[name], value) for name, value in query.items() if name in FILTERS]
    return [row for row in rows if all(keep(row, value) for keep, value in filters)]


def _ordered(name: str, rows: list[Resource], query: Mapping[str, str]) -> list[Resource]:
    by = query.get("orderby", "date" if name in DATED else "name")
    order = query.get("order", "desc" if name in DATED else "asc")
    present = [row for row in rows if by in row]
    return sorted(present, key=lambda row: row[by], reverse=order == "desc") or rows


def _ids(value: str) -> set[int]:
    return {int(word) for word in value.split(",") if word.isdecimal()}


def _has(name: str) -> Callable[[Resource, str], bool]:
    """Return a filter: the field holds one of the ids."""

    def keep(row: Resource, value: str) -> bool:
        held = row.get(name)
        return bool(_ids(value) & set(held if isinstance(held, list) else [held]))

    return keep


FILTERS: Mapping[str, Callable[[Resource, str], bool]] = {
    "include": _has("id"),
    "exclude": lambda row, value: row["id"] not in _ids(value),
    "after": lambda row, value: row["date"] > value,
    "before": lambda row, value: row["date"] < value,
    "author": _has("author"),
    "categories": _has("categories"),
    "tags": _has("tags"),
    "slug": lambda row, value: unquote(row["slug"]) in unquote(value).split(","),
    "search": lambda row, value: value.lower() in row["title"]["rendered"].lower(),
}


def _fields(row: Resource, query: Mapping[str, str]) -> Resource:
    """Return the fields of a resource that ``_fields`` names, all without it."""
    wanted = query.get("_fields")
    return {k: v for k, v in row.items() if k in wanted.split(",")} if wanted else row


def _json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, orjson.dumps(value), {"Content-Type": JSON, **(headers or {})})
