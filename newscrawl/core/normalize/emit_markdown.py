"""Markdown: CommonMark with GFM's tables and strikethrough; captions in italics."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from newscrawl.core.normalize.markdown_escapes import code_span, escaped, lines_escaped, target
from newscrawl.core.normalize.model import (
    Block,
    Code,
    Definitions,
    Details,
    Embed,
    Figure,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Player,
    Quote,
    Rule,
    Table,
)
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Note, Run, plain

WIDEST = 20  # columns that a cell may span; what a spreadsheet would need is no reading matter
MARKS = {"strong": "**", "em": "*", "del": "~~", "s": "~~"}
LONGEST_FENCE = re.compile(r"`{3,}")


def markdown_of(blocks: list[Block]) -> str:
    """Return the Markdown of blocks."""
    return "\n\n".join(text for text in map(_block, blocks) if text)


def _paragraph(block: Paragraph) -> str:
    return _run(block.run)


def _heading(block: Heading) -> str:
    return f"{'#' * block.level} {_run(block.run)}".replace("\\\n", " ")


def _listing(block: Listing) -> str:
    lines = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.tag == "ol" else "- "
        lines.append(marker + _indented(_item(item), len(marker)))
    return "\n".join(lines)


def _definitions(block: Definitions) -> str:
    texts = [(item.tag, markdown_of(item.blocks)) for item in block.items]
    return "\n\n".join(f"**{text}**" if tag == "dt" else text for tag, text in texts)


def _notes(block: Notes) -> str:
    return "\n".join(
        f"[^{number}]: " + markdown_of(blocks).replace("\n", "\n    ")
        for number, blocks in block.items
    )


def _player(block: Player) -> str:
    return f"<{block.url}>"


def _quote(block: Quote) -> str:
    source = [f"— {escaped(block.source)}"] if block.source else []
    return _prefixed("\n\n".join([markdown_of(block.blocks), *source]), "> ")


def _code(block: Code) -> str:
    longest = max((len(fence) for fence in LONGEST_FENCE.findall(block.text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def _figure(block: Figure) -> str:
    image = f"![{escaped(block.image.alt)}]({target(block.image.src)})"
    return f"{image}\n*{escaped(plain(block.caption))}*" if block.caption else image


def _embed(block: Embed) -> str:
    quoted = [_prefixed(_run(block.quoted), "> ")] if block.quoted else []
    link = f"[{escaped(block.title)}]({target(block.url)})" if block.title else f"<{block.url}>"
    return "\n\n".join([*quoted, link])


def _table(block: Table) -> str:
    width = max(sum(min(cell.colspan, WIDEST) for cell in row) for row in block.rows)
    rows: list[str] = []
    for row in block.rows:
        cells: list[str] = []
        for cell in row:
            text = _run(cell.run).replace("|", "\\|").replace("\\\n", " ")
            cells += [text, *[""] * (min(cell.colspan, WIDEST) - 1)]
        if not rows:  # the first row says how many columns there are; the others may be shorter
            cells += [""] * (width - len(cells))
        rows.append(f"| {' | '.join(cells)} |")
    caption = [f"\n*{escaped(plain(block.caption))}*"] if block.caption else []
    return "\n".join([rows[0], f"|{' --- |' * width}", *rows[1:], *caption])


def _details(block: Details) -> str:
    return "\n\n".join(filter(None, [f"**{_run(block.summary)}**", markdown_of(block.blocks)]))


def _rule(_rule: Rule) -> str:
    return "---"


def _run(run: Run) -> str:
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


def _item(blocks: list[Block]) -> str:
    """Return an item; a list in it follows its paragraph at once, if Markdown lets it."""
    text = ""
    for block in blocks:
        follows = isinstance(block, Listing) and (block.tag == "ul" or block.start == 1)
        text += ("\n" if follows else "\n\n") * bool(text) + _block(block)
    return text


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width * bool(line) + line for line in text.split("\n")).lstrip(" ")


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join((prefix + line).rstrip() for line in text.split("\n"))


def _block(block: Block) -> str:
    """Return the Markdown of any block."""
    return EMITTERS[type(block)](block)


EMITTERS: Mapping[type, Callable[[Any], str]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Listing: _listing,
    Definitions: _definitions,
    Notes: _notes,
    Player: _player,
    Quote: _quote,
    Code: _code,
    Figure: _figure,
    Embed: _embed,
    Table: _table,
    Details: _details,
    Rule: _rule,
}
