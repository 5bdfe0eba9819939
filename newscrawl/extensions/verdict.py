"""How a crawl ended, in a word, a number and a table that a person can read."""

from collections.abc import Iterator

from newscrawl.core.ledger import Ledger

WHOLE = "complete: every published post was written or is withheld by the site's policy"
NOTHING = "nothing could be read"
STOPPED = "INTERRUPTED: the crawl was stopped before the site was read to its end"
GAP = "INCOMPLETE: the site has what was not written"
COLUMNS = ("expected", "found", "written", "hidden", "duplicates", "missing", "unreadable")


def verdict(ledger: Ledger) -> str:
    """Return how the crawl of a site ended, in words."""
    if ledger.complete:
        return WHOLE
    if ledger.empty and not any(account.written for account in ledger.collections.values()):
        return NOTHING
    return GAP if ledger.ended else STOPPED


def table(ledger: Ledger) -> Iterator[str]:
    """Yield the lines of the ledger as a person reads it."""
    account = ledger.account()
    yield f"Ledger of {account['site']}: {verdict(ledger)}"
    rows: list[tuple[str, ...]] = [("", *COLUMNS)]
    for name, row in account["collections"].items():
        rows.append((name, *(_figure(row[column]) for column in COLUMNS)))
    if len(rows) > 1:
        yield from _aligned(rows)
    for rel, counts in account["relations"].items():
        yield f"  {rel}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items())
    for refusal in account["refusals"]:
        status_ = refusal["status"] or "no answer"
        yield f"  refused: {refusal['url']} ({status_}): {refusal['reason']}"
    yield f"  {account['requests']:,} requests, {account['bytes']:,} bytes"


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        yield "  ".join(["", name.ljust(widths[0]), *padded])


def _figure(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value):,}"
    return "?" if value is None else f"{value:,}"
