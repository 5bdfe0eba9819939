"""The account of one collection of a site: what was expected, what was found, what became of it."""

from dataclasses import dataclass, field
from typing import Any

PASSWORD = "password-protected"  # noqa: S105 - a reason, not a password
POLICY = frozenset({PASSWORD})
FEW = 10  # rows that may all be hidden


@dataclass(slots=True)
class Collection:
    """The account of one collection; `expected` is None until the site has told it.

    `unchanged` are those that a store has already, `deleted` those that it has and the site has
    no more. `hidden` is what the site counts but shows to nobody anonymous; `missing` are ids that
    were asked for and not returned; `unreadable` maps an id, or the address of a post without one,
    to the reason why it was not written;
    `lost` counts what the site has and nobody could name, `told` is what a site counts of a
    collection that is read whole for what is not posts; `read` says whether any document of it
    was read, `untold` that nobody knows how much of it there is, `to_write` whether its items are
    exported at all.
    """

    expected: int | None = None
    found: int = 0
    written: int = 0
    duplicates: int = 0
    unchanged: int = 0
    deleted: int = 0
    hidden: int = 0
    missing: list[int] = field(default_factory=list)
    unreadable: dict[int | str, str] = field(default_factory=dict)
    lost: int = 0
    told: int | None = None
    read: bool = False
    untold: bool = False
    to_write: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether all was read, but for what the site's own policy withholds."""
        named = self.missing or not set(self.unreadable.values()) <= POLICY
        return self.read and not (self.lost or self.untold or named)

    def take_back(self) -> None:
        """Take back that one more was found: it was read before, at another address."""
        self.found -= 1
        self.expected = self.expected and self.expected - 1

    def expect(self) -> None:
        """Say how much was expected: what the site counts of it, or else all that was asked for.

        What was found by its id is hidden no more.
        """
        if self.told is None:
            absent = len(self.missing) + len(self.unreadable)
            self.expected = self.found + absent + self.hidden
        else:
            self.expected = max(self.told, self.found)
            self.hidden = min(self.hidden, self.expected - self.found)

    def account(self) -> dict[str, Any]:
        """Return the account as the ledger file holds it."""
        return {
            "expected": self.expected,
            "found": self.found,
            "written": self.written,
            "duplicates": self.duplicates,
            "unchanged": self.unchanged,
            "deleted": self.deleted,
            "hidden": self.hidden,
            "missing": sorted(self.missing),
            "unreadable": [
                {"id": id_, "reason": reason}
                for id_, reason in sorted(self.unreadable.items(), key=lambda told: str(told[0]))
            ],
        }


def credible(hidden: int, shown: int) -> int:
    """Return how many rows may be hidden beside those shown: a site that hides most is cut short.

    >>> credible(7, 93), credible(270, 30)
    (7, 0)
    """
    return hidden if hidden <= max(FEW, shown) else 0
