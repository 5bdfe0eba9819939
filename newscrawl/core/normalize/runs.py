"""Runs of inlines: marked text, hyperlinks, breaks, references to notes."""

from dataclasses import dataclass
from typing import TypeGuard

from newscrawl.core.normalize.characters import collapsed, spaced


@dataclass(slots=True)
class Mark:
    """Marked text: ``strong``, ``em``, ``sub`` and their like."""

    tag: str
    run: "Run"


@dataclass(slots=True)
class Anchor:
    """A hyperlink; `rel` as far as it says something of the target (``nofollow``)."""

    url: str
    rel: list[str]
    run: "Run"


@dataclass(slots=True)
class Note:
    """A reference to a footnote: its number, and the id that holds both together."""

    number: int
    id: str


@dataclass(slots=True)
class Break:
    """A line break."""


Inline = str | Mark | Anchor | Break | Note
LEAVES = (str, Break, Note)  # inlines that hold no run
Run = list[Inline]


def written(run: Run) -> str:
    """Return the text of a run as it is written; a break is a newline, a footnote its number."""
    if is_text(run):
        return run[0]
    return "".join(part if isinstance(part, str) else _written(part) for part in run)


def plain(run: Run) -> str:
    """Return the text of a run with plain spaces."""
    return spaced(written(run))


def is_text(run: Run) -> TypeGuard[list[str]]:
    """Return whether a run is one text and nothing else: most of them."""
    return len(run) == 1 and isinstance(run[0], str)


def _written(part: Mark | Anchor | Break | Note) -> str:
    if isinstance(part, Break):
        return "\n"
    return f"[{part.number}]" if isinstance(part, Note) else written(part.run)


def lines_of(text: str) -> Run:
    r"""Return text as a run, each newline a break.

    >>> lines_of("Roses  are red,\nviolets")
    ['Roses are red,', Break(), 'violets']
    """
    first, *others = text.split("\n")
    return [collapsed(first), *(part for line in others for part in (Break(), collapsed(line)))]


def linked(run: Run, url: str, rel: list[str]) -> Run:
    """Return the run as a hyperlink; one that is in it already parts it, as HTML nests none.

    >>> linked(["a", Anchor("/in", [], ["b"]), "c"], "/out", [])  # doctest: +ELLIPSIS
    [Anchor(url='/out', rel=[], run=['a']), Anchor(url='/in', ..., Anchor(url='/out', ...)]
    """
    if not holds_anchor(run):
        return [Anchor(url, rel, run)]
    out: Run = []
    words: Run = []
    for part in run:
        if not holds_anchor([part]):
            words.append(part)
            continue
        out += [Anchor(url, rel, words)] if words else []
        out.append(Mark(part.tag, linked(part.run, url, rel)) if isinstance(part, Mark) else part)
        words = []
    return [*out, Anchor(url, rel, words)] if words else out


def holds_anchor(run: Run) -> bool:
    """Return whether there is a hyperlink in a run, or in a mark of it."""
    return any(
        isinstance(part, Anchor) or (isinstance(part, Mark) and holds_anchor(part.run))
        for part in run
    )
