"""From items to rows, and back: the columns that are made of their fields."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from typing_extensions import is_typeddict

from newscrawl.core.rungs import Row as Stored
from newscrawl.items import ITEMS, Item, Link, Post
from newscrawl.store.tables import TABLES, columns_of

Row = dict[str, Any]
Kind = TypeVar("Kind", bound=Item)
SLUGGED = frozenset({"type", "taxonomy"})  # known by a slug, also if that is a number


def row_of(item: Item) -> Row:
    """Return the columns of an item, of those that are made of its fields."""
    row = {name: getattr(item, name) for name in columns_of(class_of(item))}
    if isinstance(item, Link):
        row["from_id"] = _text(item.from_id)
        row["to_id"] = None if item.to_id is None else str(item.to_id)
        row["digest"] = digest_of(item)
    return row


def digest_of(link: Link) -> str:
    """Return by what a link is known among those of its resource: as PostgreSQL's `md5` has it."""
    told = f"{link.rel} {link.href}".encode()
    return hashlib.md5(told, usedforsecurity=False).hexdigest()


def item_of(kind: type[Kind], row: Stored, home: str) -> Kind:
    """Return the item that a row was made of, one of the site with this home."""
    values = {name: _in_order(row[name], order) for name, order in ORDERS[kind].items()}
    if kind is Post and values["translations"] is None:  # of a store that did not keep them
        values["translations"] = []
    if kind is Link:
        values["from_id"] = _id(row["from_id"], row["from_kind"])
        values["to_id"] = _id(row["to_id"], row["to_kind"])
    return kind(site=home, **values)


def _names_in(hint: Any) -> Iterator[str]:  # noqa: ANN401 - a type, as it is written
    if is_typeddict(hint):
        yield from get_type_hints(hint)
    for part in get_args(hint):
        yield from _names_in(part)


ORDERS: Mapping[Any, Mapping[str, tuple[str, ...]]] = {  # of the names of nested objects
    kind: {name: tuple(_names_in(get_type_hints(kind)[name])) for name in columns_of(kind)}
    for kind in ITEMS
}


def _in_order(value: Any, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - JSON is any value
    if isinstance(value, list):
        return [_in_order(part, names) for part in value]
    if not isinstance(value, Mapping):
        return value
    if value.keys() == set(names):
        return {name: value[name] for name in names}
    return {name: _in_order(part, names) for name, part in value.items()}


def _id(text: str | None, kind: str | None) -> int | str | None:
    """Return an id as a link had it: a number, or the slug of what has none."""
    return int(text) if text and text.isdecimal() and kind not in SLUGGED else text or None


def class_of(item: Item) -> type[Item]:
    """Return the class of an item, of one that keeps its JSON the class without."""
    return next((kind for kind in TABLES if isinstance(item, kind)), type(item))


def _text(value: object) -> str:
    return "" if value is None else str(value)
