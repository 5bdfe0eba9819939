"""A fetched representation without its transport, and what can be wrong with one.

The exceptions of the house::

    NewscrawlError
    ├── UnreadableDocument      the document is not what its link promised
    │   ├── Refused             … because the site said no (401, 403, 404 …)
    │   └── Damaged             … because it broke on its way: the next one may be whole
    └── BadArgument             the site does not have what the user asked for
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newscrawl.core.salvage import HTML, LARGEST, TOO_LARGE, UnsalvageableError, salvaged
from newscrawl.core.values import identifier, integer

SERVER_ERROR = 500
OBJECT, STRINGS = "list as an object", "numbers as strings"
NAMELESS = "a resource without an id"
BEHIND_THE_LAST = "rest_post_invalid_page_number"
LONGEST_NUMBER = 19  # digits
FORBIDDEN_BY_ROBOTS = "forbidden by the site's robots.txt"
ERROR_CODE = re.compile(r"^[A-Za-z0-9_-]{1,64}$")  # of WordPress; a page may echo anything


class NewscrawlError(Exception):
    """Anything this project raises on purpose."""


class BadArgument(NewscrawlError):  # noqa: N818 - says what it is, as DropItem does
    """What the user asked for is not on this site."""


class UnreadableDocument(NewscrawlError):  # noqa: N818 - the same
    """A document is not what its link promised.

    `status` is the HTTP status, or None when no answer came.
    """

    def __init__(self, url: str, reason: str, status: int | None = None) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status


class Refused(UnreadableDocument):
    """The site answered with an error status; `reason` holds WordPress's error code if any."""


class Damaged(UnreadableDocument):
    """A document broke while it was made or on its way (cut off, a PHP fatal error)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A response: its address, status, headers (names in lower case), body and time of reading.

    `damage` is what had to be undone to read it, `largest` how many bytes a body that was
    compressed twice may come to; 0: no bound. `asked` is the address that led to it.
    """

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str = ""
    damage: list[str] = field(default_factory=list)
    largest: int = LARGEST
    asked: str = ""

    def raise_for_status(self) -> None:
        """Raise `Refused` for an error status, whatever the body says."""
        if self.has_error:
            raise Refused(self.url, f"HTTP {self.status}", self.status)

    def json(self) -> Any:  # noqa: ANN401 - JSON is any value
        """Return the parsed body, salvaged if need be.

        Raise `Refused` for an error status, also one that only the body tells, and `Damaged` for
        what may be whole the next time.
        """
        if self.has_error:
            raise Refused(self.url, self._error_code(), self.status)
        try:
            value, damage = salvaged(self.body, self.largest)
        except UnsalvageableError as error:
            kind = UnreadableDocument if str(error) in {HTML, TOO_LARGE} else Damaged
            raise kind(self.url, str(error), self.status) from error
        if status := _error_status(value):
            kind = Damaged if status >= SERVER_ERROR else Refused
            raise kind(self.url, _code(value) or f"HTTP {status}", status)
        self.damage[:] = damage
        return value

    def resources(self) -> list[dict[str, Any]]:
        """Return the resources of a collection: the JSON objects that have an id, as a number.

        PHP writes an array with gaps as an object. Behind the last page there are none, and
        WordPress says so with a 400.
        """
        try:
            rows = self.json()
        except Refused as error:
            if error.reason != BEHIND_THE_LAST:
                raise
            return []
        if isinstance(rows, dict) and all(map(str.isdecimal, rows)):
            rows = list(rows.values())
            self.damage.append(OBJECT)
        if not isinstance(rows, list):
            raise UnreadableDocument(self.url, "not a list of resources", self.status)
        found = [row for row in rows if isinstance(row, dict)]
        if any(isinstance(row.get("id"), str) for row in found):
            self.damage.append(STRINGS)
        named = [row | {"id": id_} for row in found if (id_ := identifier(row.get("id")))]
        self.damage.extend([NAMELESS] * (len(rows) - len(named)))
        return named

    def mapping(self) -> dict[str, Any]:
        """Return the JSON object; an empty PHP array (``[]``) is an empty object (#54484)."""
        value = self.json()
        if value == []:
            return {}
        if not isinstance(value, dict):
            raise UnreadableDocument(self.url, "not a JSON object", self.status)
        return value

    @property
    def has_error(self) -> bool:
        """Whether the site answered with an error (RFC 9110, sections 15.5 and 15.6)."""
        return self.status >= 400

    @property
    def total(self) -> int | None:
        """How many resources the request matches (X-WP-Total), or None when it is not told."""
        return self._number("x-wp-total")

    @property
    def nameless(self) -> int:
        """How many of its resources have no id: nobody knows which they are."""
        return self.damage.count(NAMELESS)

    @property
    def pages(self) -> int | None:
        """How many pages they fill (X-WP-TotalPages): those of a site that caps `per_page`."""
        return self._number("x-wp-totalpages")

    def promised(self, size: int, page: int) -> int:
        """Return how many rows this page promises, by its totals; 0 where they are not told.

        >>> told = {"x-wp-total": "130", "x-wp-totalpages": "2"}
        >>> [Document("", 200, b"", told).promised(100, page) for page in (1, 2)]
        [100, 30]
        """
        if self.total is None:
            return 0
        size = self.page_size(size)
        return max(0, min(size, self.total - (page - 1) * size))

    def page_size(self, asked: int) -> int:
        """Return how many rows a page may hold: those asked for, or fewer where the site caps.

        >>> capped = {"x-wp-total": "130", "x-wp-totalpages": "3"}
        >>> Document("", 200, b"", capped).page_size(100)
        44
        """
        if not self.total or not self.pages or self.pages == -(-self.total // asked):
            return asked
        return -(-self.total // self.pages)

    def _number(self, header: str) -> int | None:
        value = self.headers.get(header, "")
        return int(value) if value.isdecimal() and len(value) < LONGEST_NUMBER else None

    def _error_code(self) -> str:
        try:
            error, _ = salvaged(self.body, self.largest)
        except UnsalvageableError:
            return f"HTTP {self.status}"
        return _code(error) or f"HTTP {self.status}"


def _code(error: object) -> str | None:
    """Return the code of an error as WordPress writes one (rest_convert_error_to_response())."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and ERROR_CODE.match(code) else None


def _error_status(value: object) -> int | None:
    """Return the status of an error that a document holds though it came with 200."""
    if not _code(value) or not isinstance(value, dict):
        return None
    data = value.get("data")
    status = integer(data.get("status")) if isinstance(data, dict) else None
    return status if status and 400 <= status < 600 else None
