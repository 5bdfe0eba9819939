"""Runs made canonical: spaces stand outside of marks, equal neighbours are one, ends are bare."""

import re
from itertools import groupby

from newscrawl.core.normalize.characters import EDGES, LOOSE_ZERO_WIDTH_SPACE, ZERO_WIDTH_SPACE
from newscrawl.core.normalize.runs import (
    LEAVES,
    Anchor,
    Break,
    Inline,
    Mark,
    Run,
    is_text,
    written,
)

APART = frozenset({"q", "kbd", "cite"})  # two of them are two, side by side
LONG = 100  # parts of a run
SPACES = re.compile(" {2,}")


def tidy(run: Run) -> Run:
    """Return the run without double spaces, empty marks and spaces at its ends.

    >>> tidy(["The", Mark("strong", [" quick "]), "fox ", " ran "])
    ['The ', Mark(tag='strong', run=['quick']), ' fox ran']
    """
    text = written(run)
    if ZERO_WIDTH_SPACE in text:
        places = (found.start() for found in LOOSE_ZERO_WIDTH_SPACE.finditer(text))
        run = _without(run, frozenset(places))
    if is_text(run):
        text = run[0].strip(EDGES)
        return [text] if text else []
    return _stripped(_merged(_hoisted(run)))


def _without(run: Run, places: frozenset[int], start: int = 0) -> Run:
    """Return the run without the characters at these places of its text, where it begins."""
    out: Run = []
    for part in run:
        if isinstance(part, str):
            out.append("".join(c for i, c in enumerate(part, start) if i not in places))
        elif isinstance(part, LEAVES):
            out.append(part)
        else:
            out.append(_with(part, _without(part.run, places, start)))
        start += len(written([part]))
    return out


def _hoisted(run: Run) -> Run:
    """Return the run with the spaces at the ends of marks before and behind them."""
    out: Run = []
    for part in run:
        if isinstance(part, LEAVES):
            out.append(part)
            continue
        inner = _inner(part.run)
        if is_text(inner) and inner[0].strip(EDGES) == inner[0] != "":
            out.append(_with(part, [*inner]))
            continue
        before, words, behind = _parted(inner)
        out += before
        if words:
            out.append(_with(part, words))
        out += behind
    return out


def _parted(run: Run) -> tuple[Run, Run, Run]:
    """Return the breaks and spaces before a run's words, the words, and those behind them."""
    start, end = _bounds(run)
    words = run[start:end]
    before, behind = run[:start], run[end:]
    if words and isinstance(first := words[0], str):
        words[0] = bare = first.lstrip(EDGES)
        before = [*before, first[: len(first) - len(bare)]]
    if words and isinstance(last := words[-1], str):
        words[-1] = bare = last.rstrip(EDGES)
        behind = [last[len(bare) :], *behind]
    return before, words, behind


def _bounds(run: Run) -> tuple[int, int]:
    """Return where the words of a run begin and end."""
    start, end = 0, len(run)
    while start < end and _is_blank(run[start]):
        start += 1
    while end > start and _is_blank(run[end - 1]):
        end -= 1
    return start, end


def _inner(run: Run) -> Run:
    """Return what a mark holds, canonical but for its ends."""
    return [*run] if is_text(run) else _merged(_hoisted(run))


def _merged(run: Run) -> Run:
    """Return the run with equal neighbours as one, single spaces between words, none at breaks."""
    out: Run = []
    joined: list[Mark] = []
    for part in run if len(run) < LONG else _texts_joined(run):
        last = out[-1] if out else None
        if not part:
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


def _texts_joined(run: Run) -> Run:
    """Return a long run with neighbouring texts as one: joined by twos they cost their square."""
    out: Run = []
    for are_texts, parts in groupby(run, key=lambda part: isinstance(part, str)):
        found = list(parts)
        out += [SPACES.sub(" ", "".join(map(str, found)))] if are_texts else found
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
    return _parted(run)[1]


def _is_blank(part: Inline) -> bool:
    return isinstance(part, Break) or (isinstance(part, str) and not part.strip(EDGES))


def _with(part: Inline, run: Run) -> Inline:
    if isinstance(part, Anchor):
        return Anchor(part.url, part.rel, run)
    return Mark(part.tag, run) if isinstance(part, Mark) else part
