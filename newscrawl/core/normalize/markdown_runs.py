"""Runs of inlines as Markdown; where its delimiters would not be read as such, as HTML.

``**“so”**`` behind a letter is no strong text (CommonMark 0.31, 6.2: a delimiter beside punctuation
must stand apart), which is every other quotation in Chinese and many a dateline.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from newscrawl.core.normalize.markdown_escapes import code_span, escaped, lines_escaped, target
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Note, Run, is_text, plain

DELIMITERS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}
ELEMENTS = {"**": "strong", "*": "em", "~~": "del"}
NESTING = frozenset({"strong", "em"})
Delimiters = frozenset[str]
MAKING_MORE = ("!", "^")  # an image or a footnote of the link behind them
NONE: Delimiters = frozenset()


def run_of(run: Run) -> str:
    """Return the Markdown of a run."""
    if is_text(run):
        return lines_escaped(escaped(run[0]))
    return lines_escaped(_joined(run, NONE))


def _joined(run: Run, within: Delimiters) -> str:
    """Return the Markdown of a run within marks of these delimiters."""
    if Mark not in map(type, run):
        return _apart([_bare(part, within) for part in run])
    run = _spread(run, within)
    bare = [_bare(part, within) for part in run]
    out: list[str] = []
    for part, text, after in zip(run, bare, _following(run, bare, within), strict=True):
        if isinstance(part, Mark) and text and (delimiter := _delimiter(part, within)):
            before = out[-1][-1:] if out else ""
            text = _delimited(part, text, delimiter, before, after)  # noqa: PLW2901 - with its signs
        if text:
            out.append(text)
    return _apart(out)


def _apart(texts: Sequence[str]) -> str:
    """Return the texts as one, in which none makes more of a link than it is."""
    joined = "".join(texts)
    if not any(sign + "[" in joined for sign in MAKING_MORE):
        return joined
    texts = [text for text in texts if text]
    linked = [following.startswith("[") for following in [*texts[1:], ""]]
    return "".join(
        f"{text[:-1]}\\{text[-1]}" if link and text.endswith(MAKING_MORE) else text
        for text, link in zip(texts, linked, strict=True)
    )


def _spread(run: Run, within: Delimiters) -> Run:
    """Return the parts of a run, and of the marks in it that Markdown has no sign for."""
    out: Run = []
    for part in run:
        last = out[-1] if out else None
        if not isinstance(part, Mark) or _delimiter(part, within):
            out.append(part)
        elif part.tag != "code":
            out += _spread(part.run, within)
        elif isinstance(last, Mark) and last.tag == "code":  # two code spans would be one
            out[-1] = Mark("code", [*last.run, *part.run])
        else:
            out.append(part)
    return out


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
        return _code(part.run)
    return _joined(part.run, within | {_delimiter(part, within)})


def _code(run: Run) -> str:
    """Return inline code; a link in it goes around it."""
    out = ""
    for is_link, parts in groupby(_leaves(run), key=lambda part: isinstance(part, Anchor)):
        if is_link:
            out += "".join(f"[{_spans([a])}]({target(a.url)})" for a in parts)  # type: ignore[union-attr] # links
        else:
            out += _spans(list(parts))
    return out


def _spans(run: Run) -> str:
    """Return a code span for each line."""
    lines = plain(run).split("\n")
    return "\\\n".join(code_span(line) if line.strip() else line for line in lines)


def _leaves(run: Run) -> Iterator[Inline]:
    """Yield what is in a run, out of its marks: code has none."""
    for part in run:
        if isinstance(part, Mark):
            yield from _leaves(part.run)
        else:
            yield part


def _delimiter(part: Inline, within: Delimiters) -> str:
    """Return the delimiter of a mark, '' for one that has none or stands in another like it."""
    delimiter = DELIMITERS.get(part.tag, "") if isinstance(part, Mark) else ""
    return "" if delimiter in within else delimiter


def _following(run: Sequence[Inline], bare: Sequence[str], within: Delimiters) -> list[str]:
    """Return for each part the first character of what follows it, '' at the end."""
    following: list[str] = []
    first = ""
    for part, text in zip(reversed(run), reversed(bare), strict=True):
        following.append(first)
        first = (_delimiter(part, within) or text)[0] if text else first
    return following[::-1]


def _delimited(part: Inline, text: str, delimiter: str, before: str, after: str) -> str:
    inner = text
    nests = isinstance(part, Mark) and len(part.run) == 1 and _tag(part.run[0]) in NESTING
    if nests and _tag(part) in NESTING:
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
