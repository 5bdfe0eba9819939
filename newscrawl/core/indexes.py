"""What an index tells of its site, in the shapes that PHP gives it."""

from collections.abc import Mapping
from typing import Any

from newscrawl.core.values import string, strings

NAMESPACE = "wp/v2"


def namespaces(index: Mapping[str, Any]) -> list[str]:
    """Return the namespaces that an index names."""
    return strings(index.get("namespaces"))


def is_index(value: Mapping[str, Any]) -> bool:
    """Return whether an object is the index of an API that has ``wp/v2``.

    Namespaces of a shape that tells none deny nothing; its requests will tell.
    """
    told = namespaces(value)
    untold = not told and "namespaces" in value and bool(string(value.get("home")))
    return NAMESPACE in told or untold


def offset_of(hours: object) -> str | None:
    """Return a site's `gmt_offset` as an offset of ISO 8601.

    >>> offset_of("5.5"), offset_of(-3), offset_of("")
    ('+05:30', '-03:00', None)
    """
    try:
        minutes = round(float(str(hours)) * 60)
    except (ValueError, OverflowError):  # "inf"
        return None
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
