"""What was expected of a site, what was found and written, and what was refused and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newscrawl.core.collection import Collection
from newscrawl.core.pace import Kept

POSTS = "posts"  # the collection of the posts that are read below the API


@dataclass(slots=True)
class Ledger:
    """The account of one site, by collection, relation and refusal.

    `walked` are the collections whose every post was to be written: they decide whether the
    ledger is complete. `ended` says that the crawl came to its own end. `damage` counts what had
    to be undone to read documents, `blocked` is why nothing more is asked of the site, `pace` the
    one that was kept. `sources` counts the posts that were written by where they were read
    (``rest``, ``feed``, ``page``, ``rendered``). `shortcodes` counts those that nobody rendered,
    `furniture` in how many posts a block of the site's own was left out.
    """

    site: str
    started: str = ""
    finished: str = ""
    requests: int = 0
    bytes: int = 0
    ended: bool = False
    walked: set[str] = field(default_factory=set)
    collections: dict[str, Collection] = field(default_factory=dict)
    relations: dict[str, Counter[str]] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    blocked: str | None = None
    pace: Kept = field(default_factory=Kept)
    damage: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    shortcodes: Counter[str] = field(default_factory=Counter)
    furniture: Counter[str] = field(default_factory=Counter)

    def collection(self, name: str) -> Collection:
        """Return the account of a collection, opened at first mention."""
        return self.collections.setdefault(name, Collection())

    def count_relations(self, links: Iterable[tuple[str, str]]) -> None:
        """Count the (relation, status) of each link of a post."""
        for rel, status in links:
            self.relations.setdefault(rel, Counter())[status] += 1

    def block(self, url: str, status: int | None, reason: str) -> None:
        """Note that a site refuses the crawl as a whole: nothing more is asked of it."""
        if not self.blocked:
            self.refuse(url, status, reason)
            self.blocked = reason

    def refuse(self, url: str, status: int | None, reason: str) -> None:
        """Note that a document could not be had; of a site that refuses all, nothing more."""
        if self.blocked:
            return
        refusal = {"url": url, "status": status, "reason": reason}
        if refusal not in self.refusals[-2:]:
            self.refusals.append(refusal)

    def leave_untold(self, names: Iterable[str]) -> None:
        """Note that collections that were asked for are not read: nobody knows what they hold."""
        for name in names:
            self.walked.add(name)
            self.collection(name).untold = True

    def settle(self) -> None:
        """Say of each collection beside the walks' own how much was expected."""
        self.ended = True
        for name, account in self.collections.items():
            unknown = account.lost or account.untold
            if name not in self.walked and account.expected is None and not unknown:
                account.expect()

    @property
    def complete(self) -> bool:
        """Whether every published post was written or is withheld by the site's own policy.

        What was asked for with the posts must have been answered, too, one way or another: no site
        that refused the crawl in its midst is complete.
        """
        lost = any(account.lost for account in self.collections.values())
        ended = self.ended and bool(self.walked) and not self.blocked
        return ended and not lost and all(map(self._closed, self.walked))

    @property
    def empty(self) -> bool:
        """Whether nothing could be read at all."""
        return not any(self.collection(name).read for name in self.walked)

    def account(self) -> dict[str, Any]:
        """Return the ledger as its JSON file holds it."""
        return {
            "site": self.site,
            "complete": self.complete,
            "started": self.started,
            "finished": self.finished,
            "requests": self.requests,
            "bytes": self.bytes,
            "collections": {name: c.account() for name, c in self.collections.items()},
            "sources": dict(self.sources),
            "relations": {rel: dict(counts) for rel, counts in self.relations.items()},
            "refusals": self.refusals,
            "pace": self.pace.account(),
            "damage": dict(self.damage.most_common()),
            "left_out": {
                "shortcodes": dict(self.shortcodes.most_common()),
                "furniture": [
                    {"text": text, "posts": posts} for text, posts in self.furniture.most_common()
                ],
            },
        }

    def _closed(self, name: str) -> bool:
        account = self.collection(name)
        kept_back = len(account.unreadable) + account.duplicates + account.unchanged
        due = account.found - kept_back
        return account.is_whole and (account.written >= due or not account.to_write)
