"""Runs of inlines as Markdown; where its delimiters would not be read as such, as HTML.

``**“so”**`` behind a letter is no strong text (CommonMark 0.31, 6.2: a delimiter beside punctuation
must stand apart), which is every other quotation in Chinese and many a dateline.
"""

import unicodedata
from collections.abc import Sequence

from newscrawl.core.normalize.markdown_escapes import code_span, escaped, lines_escaped, target
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Note, Run, plain

DELIMITERS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}
ELEMENTS = {"**": "strong", "*": "em", "~~": "del"}
NESTING = frozenset({"strong", "em"})
Delimiters = frozenset[str]
NONE: Delimiters = frozenset()


def run_of(run: Run) -> str:
    """Return the Markdown of a run."""
    if len(run) == 1 and isinstance(run[0], str):
        return lines_escaped(escaped(run[0]))
    return lines_escaped(_joined(run, NONE))


def _joined(run: Run, within: Delimiters) -> str:
    """Return the Markdown of a run within marks of these delimiters."""
    bare = [_bare(part, within) for part in run]
    out: list[str] = []
    for index, part in enumerate(run):
        text, delimiter = bare[index], _delimiter(part, within)
        if delimiter and text:
            before = out[-1][-1:] if out else ""
            after = _first(run[index + 1 :], bare[index + 1 :], within)
            text = _delimited(part, text, delimiter, before, after)
        if text:
            out.append(text)
    return "".join(out)


def _bare(part: Inline, within: Delimiters) -> str:
    """Return the Markdown of an inline without its own delimiters."""
    if isinstance(part, str):
        return escaped(part)
    if isinstance(part, Break):
        return "\\\n"
    if isinstance(part, Note):
        return f"[^{part.number}]"
    if isinstance(part, Anchor):
        return f"[{_joined(part.run, within)}]({target(part.url)})"
    if part.tag == "code":
        return "".join(map(_code, part.run))
    delimiter = _delimiter(part, within)
    return _joined(part.run, within | {delimiter} if delimiter else within)


def _code(part: Inline) -> str:
    """Return a part of inline code; a link in it goes around it."""
    if isinstance(part, Anchor):
        return f"[{code_span(plain(part.run))}]({target(part.url)})"
    return code_span(plain([part]))


def _delimiter(part: Inline, within: Delimiters) -> str:
    """Return the delimiter of a mark, '' for one that has none or stands in another like it."""
    delimiter = DELIMITERS.get(part.tag, "") if isinstance(part, Mark) else ""
    return "" if delimiter in within else delimiter


def _first(run: Sequence[Inline], bare: Sequence[str], within: Delimiters) -> str:
    """Return the first character of what follows, '' at the end."""
    for part, text in zip(run, bare, strict=True):
        if text:
            return (_delimiter(part, within) or text)[0]
    return ""


def _delimited(part: Inline, text: str, delimiter: str, before: str, after: str) -> str:
    inner = text
    if isinstance(part, Mark) and len(part.run) == 1 and _tag(part.run[0]) in NESTING:
        inner = text.strip("*") or text  # ***both***
    if _opens(inner[0], before, delimiter) and _opens(inner[-1], after, delimiter):
        return f"{delimiter}{text}{delimiter}"
    return f"<{ELEMENTS[delimiter]}>{text}</{ELEMENTS[delimiter]}>"


def _tag(part: Inline) -> str:
    return part.tag if isinstance(part, Mark) else ""


def _opens(inner: str, outer: str, delimiter: str) -> bool:
    """Return whether a delimiter between two characters is one, seen from the inner."""
    if inner.isspace() or delimiter[0] in {inner, outer}:
        return False
    return not _is_punctuation(inner) or not outer or outer.isspace() or _is_punctuation(outer)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
