"""Runs of inlines: marked text, hyperlinks, breaks, references to notes; and runs made canonical.

In a canonical run spaces stand outside of marks, equal neighbours are merged, ends are bare.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from newscrawl.core.normalize.characters import EDGES, spaced

NOTHING = f"{EDGES}\n"  # a mark around it marks nothing


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
APART = frozenset({"q", "kbd", "cite"})  # two of them are two, side by side
LONG = 100  # parts of a run
SPACES = re.compile(" {2,}")
LEAVES = (str, Break, Note)  # inlines that hold no run
Run = list[Inline]


def written(run: Run) -> str:
    """Return the text of a run as it is written; a break is a newline, a footnote its number."""
    if _is_text(run):
        return str(run[0])
    return "".join(part if isinstance(part, str) else _written(part) for part in run)


def plain(run: Run) -> str:
    """Return the text of a run with plain spaces."""
    return spaced(written(run))


def _is_text(run: Run) -> bool:
    """Return whether a run is one text and nothing else: most of them."""
    return len(run) == 1 and isinstance(run[0], str)


def _written(part: Mark | Anchor | Break | Note) -> str:
    if isinstance(part, Break):
        return "\n"
    return f"[{part.number}]" if isinstance(part, Note) else written(part.run)


def tidy(run: Run) -> Run:
    """Return the run without double spaces, empty marks and spaces at its ends.

    >>> tidy(["The", Mark("strong", [" quick "]), "fox ", " ran "])
    ['The ', Mark(tag='strong', run=['quick']), ' fox ran']
    """
    if len(run) == 1 and isinstance(run[0], str):
        text = run[0].strip(EDGES)
        return [text] if text else []
    return _stripped(_merged(_hoisted(run)))


def linked(run: Run, url: str, rel: list[str]) -> Run:
    """Return the run as a hyperlink; one that is in it already parts it, as HTML nests none.

    >>> linked(["a", Anchor("/in", [], ["b"]), "c"], "/out", [])  # doctest: +ELLIPSIS
    [Anchor(url='/out', rel=[], run=['a']), Anchor(url='/in', ..., Anchor(url='/out', ...)]
    """
    if not _holds_anchor(run):
        return [Anchor(url, rel, run)]
    out: Run = []
    words: Run = []
    for part in run:
        if not _holds_anchor([part]):
            words.append(part)
            continue
        out += [Anchor(url, rel, words)] if words else []
        out.append(Mark(part.tag, linked(part.run, url, rel)) if isinstance(part, Mark) else part)
        words = []
    return [*out, Anchor(url, rel, words)] if words else out


def _holds_anchor(run: Run) -> bool:
    return any(
        isinstance(part, Anchor) or (isinstance(part, Mark) and _holds_anchor(part.run))
        for part in run
    )


def _hoisted(run: Run) -> Run:
    """Return the run with the spaces at the ends of marks before and behind them."""
    out: Run = []
    for part in run:
        if isinstance(part, LEAVES):
            out.append(part)
            continue
        inner = part.run if _is_text(part.run) else _merged(_hoisted(part.run))
        text = written(inner)
        if not text.strip(NOTHING):
            out += [part for part in inner if isinstance(part, Break)] or [" " if text else ""]
            continue
        out.append(" " if text.startswith(" ") else "")
        out.append(_with(part, _stripped(inner)))
        if isinstance(inner[-1], Break):
            out.append(Break())
        out.append(" " if text.endswith(" ") else "")
    return out


def _merged(run: Run) -> Run:
    """Return the run with equal neighbours as one, single spaces between words, none at breaks."""
    out: Run = []
    joined: list[Mark] = []
    for part in run if len(run) < LONG else _texts_joined(run):
        last = out[-1] if out else None
        if part == "":
            continue
        if isinstance(part, str):
            _append_text(out, part)
        elif (
            isinstance(part, Mark)
            and isinstance(last, Mark)
            and part.tag == last.tag
            and part.tag not in APART
        ):
            if not joined or joined[-1] is not last:
                last = out[-1] = Mark(last.tag, [*last.run])
                joined.append(last)
            last.run += part.run
        else:
            if isinstance(part, Break) and isinstance(last, str):
                out[-1:] = [bare] if (bare := last.rstrip(" ")) else []
            out.append(part)
    for mark in joined:  # once each, however many they were
        mark.run[:] = _merged(mark.run)
    return out


def _go_on(mark: Mark, following: Mark) -> bool:
    """Return whether a mark is the one before it gone on."""
    return mark.tag == following.tag and mark.tag not in APART


def _texts_joined(run: Run) -> Run:
    """Return a long run with neighbouring texts as one: joined by twos they cost their square."""
    out: Run = []
    for is_text, parts in groupby(run, key=lambda part: isinstance(part, str)):
        joined = "".join(map(str, parts)) if is_text else ""
        out += [SPACES.sub(" ", joined)] if is_text else parts
    return out


def _append_text(out: Run, text: str) -> None:
    last = out[-1] if out else None
    if isinstance(last, str):
        joined = last + (text.lstrip(" ") if last.endswith(" ") else text)
        out[-1] = joined
    elif isinstance(last, Break):
        if text.lstrip(" "):
            out.append(text.lstrip(" "))
    else:
        out.append(text)


def _stripped(run: Run) -> Run:
    """Return the run without breaks and spaces at its ends."""
    start, end = 0, len(run)
    while start < end and _is_blank(run[start]):
        start += 1
    while end > start and _is_blank(run[end - 1]):
        end -= 1
    out = run[start:end]
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip(EDGES)
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(EDGES)
    return out


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Break) or (isinstance(part, str) and not part.strip(EDGES))


def _with(part: Inline, run: Run) -> Inline:
    if isinstance(part, Anchor):
        return Anchor(part.url, part.rel, run)
    return Mark(part.tag, run) if isinstance(part, Mark) else part
