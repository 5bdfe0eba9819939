"""Reading values that PHP wrote: a filter or a plugin may make any of them something else."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from math import isfinite
from typing import Any

NUMBER = re.compile(r"^-?[0-9]{1,20}$")
LARGEST = 2**63 - 1  # a number is a bigint of the database; no feed can hold more


def string(value: object) -> str | None:
    """Return a string that says something, else None (``""``, false, null, an array)."""
    return value.strip() or None if isinstance(value, str) else None


def strings(value: object) -> list[str]:
    """Return the strings of a list, or of a PHP array with gaps (an object).

    >>> strings(["a", 1]), strings({"0": "a", "2": "b"}), strings(True)
    (['a'], ['a', 'b'], [])
    """
    told = value.values() if isinstance(value, Mapping) else value
    listed = told if isinstance(told, Iterable) and not isinstance(told, str) else ()
    return [part for part in listed if isinstance(part, str)]


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
    """Return a number of 64 bits at the most, also one that PHP wrote as a string.

    >>> integer(7), integer("7"), integer(""), integer(True)
    (7, 7, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        number = int(value) if NUMBER.match(value.strip()) else None
    else:
        whole = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
        number = int(value) if whole else None  # type: ignore[call-overload] # checked
    return number if number is not None and abs(number) <= LARGEST else None


def identifier(value: object) -> int | None:
    """Return the id of a resource; 0 is WordPress's word for none."""
    number = integer(value)
    return number if number and number > 0 else None


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
