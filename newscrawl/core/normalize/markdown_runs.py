"""Runs of inlines as Markdown."""

from newscrawl.core.normalize.markdown_escapes import code_span, escaped, lines_escaped, target
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Note, Run, plain

MARKS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}


def run_of(run: Run) -> str:
    """Return the Markdown of a run."""
    if len(run) == 1 and isinstance(run[0], str):
        return lines_escaped(escaped(run[0]))
    return lines_escaped("".join(map(_inline, run)))


def _inline(part: Inline) -> str:
    if isinstance(part, str):
        return escaped(part)
    if isinstance(part, Break):
        return "\\\n"
    if isinstance(part, Note):
        return f"[^{part.number}]"
    inner = "".join(map(_inline, part.run))
    if isinstance(part, Anchor):
        return f"[{inner}]({target(part.url)})"
    if part.tag == "code":
        return code_span(plain(part.run))
    return f"{MARKS.get(part.tag, '')}{inner}{MARKS.get(part.tag, '')}"
