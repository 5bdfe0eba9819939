"""From items to rows: the columns that are made of their fields."""

from collections.abc import Mapping
from typing import Any

from newscrawl.items import Item, Link
from newscrawl.store.tables import TABLES, columns_of

NUL = "\x00"  # PostgreSQL holds none
Row = dict[str, Any]


def row_of(item: Item) -> Row:
    """Return the columns of an item, of those that are made of its fields."""
    row = {name: _without_nul(getattr(item, name)) for name in columns_of(class_of(item))}
    if isinstance(item, Link):
        row["from_id"] = _text(item.from_id)
        row["to_id"] = None if item.to_id is None else str(item.to_id)
    return row


def class_of(item: Item) -> type[Item]:
    """Return the class of an item, of one that keeps its JSON the class without."""
    return next((kind for kind in TABLES if isinstance(item, kind)), type(item))


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _without_nul(value: Any) -> Any:  # noqa: ANN401 - JSON is any value
    if isinstance(value, str):
        return value.replace(NUL, "") if NUL in value else value
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    if isinstance(value, Mapping):
        return {name: _without_nul(part) for name, part in value.items()}
    return value
