"""What posts refer to is gathered and leaves as requests for many ids at once (``include=``).

A collection whose head is read first (`Reach.HEAD`) needs no ids when it is small: its first
document then holds it whole, and whatever is not in it does not exist.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

MOST_IDS = 100  # WordPress's own limit for per_page; a longer include would lose rows


def parts_of(ids: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Yield ids in parts of a size, the last one smaller.

    >>> list(parts_of([1, 2, 3], 2))
    [(1, 2), (3,)]
    """
    for start in range(0, len(ids), size):
        yield tuple(ids[start : start + size])


def halves(ids: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the two halves of what was too much to ask for at once."""
    middle = len(ids) // 2
    return ids[:middle], ids[middle:]


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids of one collection that were asked for together; none at all means its head."""

    collection: str
    ids: tuple[int, ...] = ()

    @property
    def route(self) -> str:
        """Return the collection's route, without the parameter that names the owners."""
        return self.collection.partition("?")[0]

    def halves(self) -> list["Batch"]:
        """Return the two halves of a batch that was too much."""
        return [Batch(self.collection, half) for half in halves(self.ids)]


@dataclass(slots=True)
class Batches:
    """Which ids of each collection are wanted, asked for, or settled: each is asked for once."""

    wanted: dict[str, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    settled: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    heads: dict[str, bool] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def want(self, route: str, ids: Iterable[int]) -> list[int]:
        """Gather the ids that nobody has asked for yet and return them."""
        settled, wanted = self.settled[route], self.wanted[route]
        new = [id_ for id_ in ids if id_ not in settled and id_ not in wanted]
        wanted.update(dict.fromkeys(new))
        return new

    def want_again(self, route: str, ids: Iterable[int]) -> None:
        """Gather ids that were asked for already."""
        for id_ in ids:
            self.settled[route].discard(id_)
            self.wanted[route][id_] = None

    def knows(self, route: str, id_: int) -> bool:
        """Return whether an id is wanted or was asked for."""
        return id_ in self.wanted[route] or id_ in self.settled[route]

    def wait(self, route: str) -> None:
        """Let the ids of a collection wait until its head is read."""
        self.heads[route] = False

    def head(self, route: str) -> Iterator[Batch]:
        """Yield the request for a collection's head, once; its ids wait until that is answered."""
        if route not in self.heads:
            self.wait(route)
            yield Batch(route)

    def waiting(self) -> list[str]:
        """Return the routes of the collections of which ids are wanted."""
        return [route for route, ids in self.wanted.items() if ids]

    def head_read(self, route: str) -> None:
        """Let the ids of a collection leave: its head was answered."""
        self.heads[route] = True

    def full(self) -> Iterator[Batch]:
        """Yield batches that hold as many ids as one request may."""
        return self._leave(MOST_IDS)

    def all(self) -> Iterator[Batch]:
        """Yield every id that is wanted, the last batch of a collection not full."""
        return self._leave(1)

    def settle(self, route: str, ids: Iterable[int]) -> None:
        """Note that these ids are answered, one way or another."""
        for id_ in ids:
            self.settled[route].add(id_)
            self.wanted[route].pop(id_, None)

    def withdraw(self, route: str) -> list[int]:
        """Return the ids that nobody will ask a closed collection for, no longer wanted."""
        unasked = list(self.wanted[route])
        self.settle(route, unasked)
        return unasked

    def _leave(self, least: int) -> Iterator[Batch]:
        for route, wanted in self.wanted.items():
            size = self.sizes.get(route, MOST_IDS)
            while self.heads.get(route, True) and len(wanted) >= min(size, least):
                ids = tuple(islice(wanted, size))
                self.settle(route, ids)
                yield Batch(route, ids)
