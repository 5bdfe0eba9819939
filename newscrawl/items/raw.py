"""Items that keep the original JSON of their resource, for archivists and plugins' fields."""

from collections.abc import Mapping
from dataclasses import fields, make_dataclass
from functools import lru_cache
from typing import Any, TypeVar

Kept = TypeVar("Kept")


def with_raw(item: Kept, resource: Mapping[str, Any]) -> Kept:
    """Return the item with a last field `raw` that holds its resource as the site wrote it."""
    names = (field.name for field in fields(item))  # type: ignore[arg-type] # every item is one
    values = {name: getattr(item, name) for name in names}
    kept: Kept = raw_class(type(item))(**values, raw=resource)  # type: ignore[arg-type] # typeshed
    return kept


@lru_cache(maxsize=16)
def raw_class(kind: type) -> type:
    """Return the class of a kind's items that keep their JSON: still of that kind."""
    extra = [("raw", dict[str, Any])]
    return make_dataclass(kind.__name__, extra, bases=(kind,), kw_only=True, slots=True)
