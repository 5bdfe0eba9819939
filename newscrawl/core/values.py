"""Reading values that PHP wrote: a filter or a plugin may make any of them something else."""

import re
from collections.abc import Mapping
from html import unescape
from math import isfinite
from typing import Any

NUMBER = re.compile(r"^-?[0-9]{1,20}$")
LARGEST = 2**63 - 1  # an id is a bigint of the database


def string(value: object) -> str | None:
    """Return a string that says something, else None (``""``, false, null, an array)."""
    return value.strip() or None if isinstance(value, str) else None


def address(value: object) -> str | None:
    """Return an address as written, entities undone (``guid.rendered`` is HTML-escaped)."""
    text = string(value)
    return unescape(text) if text else None


def rendered(value: object) -> str:
    """Return the HTML of a field: its ``rendered`` or ``raw`` member, or a plain string.

    >>> rendered({"rendered": "<p>A</p>", "protected": False}), rendered("A"), rendered(False)
    ('<p>A</p>', 'A', '')
    """
    if isinstance(value, Mapping):
        value = value.get("rendered") or value.get("raw")
    return value if isinstance(value, str) else ""


def integer(value: object) -> int | None:
    """Return a number, also one that PHP wrote as a string.

    >>> integer(7), integer("7"), integer(""), integer(True)
    (7, 7, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return int(value) if NUMBER.match(value.strip()) else None
    whole = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    return int(value) if whole else None  # type: ignore[call-overload] # checked


def identifier(value: object) -> int | None:
    """Return the id of a resource; 0 is WordPress's word for none."""
    number = integer(value)
    return number if number and 0 < number <= LARGEST else None


def identifiers(value: object) -> list[int]:
    """Return ids from a list, from a PHP array with gaps (an object), or from a single id.

    >>> identifiers([3, "4"]), identifiers({"0": 3, "2": 9}), identifiers(0)
    ([3, 4], [3, 9], [])
    """
    values: Any = value if isinstance(value, list) else [value]
    if isinstance(value, Mapping):
        values = value.values()
    found = [id_ for id_ in map(identifier, values) if id_]
    return list(dict.fromkeys(found))


def mapping(value: object) -> Mapping[str, Any]:
    """Return an object; PHP writes an empty one as ``[]`` (#54484)."""
    return value if isinstance(value, Mapping) else {}
