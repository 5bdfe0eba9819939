"""Markdown: CommonMark with GFM's tables and strikethrough; captions in italics."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from newscrawl.core.normalize.markdown_escapes import escaped, target
from newscrawl.core.normalize.markdown_runs import run_of
from newscrawl.core.normalize.markdown_tables import grid_of
from newscrawl.core.normalize.model import (
    Block,
    Code,
    Definition,
    Definitions,
    Details,
    Embed,
    Figure,
    Group,
    Heading,
    Listing,
    Notes,
    Paragraph,
    Player,
    Quote,
    Rule,
    Table,
)
from newscrawl.core.normalize.runs import Mark, Run

APART = "<!-- -->"  # parts two lists, and shows nothing
LONGEST_FENCE = re.compile(r"`{3,}")


def markdown_of(blocks: list[Block]) -> str:
    """Return the Markdown of blocks."""
    out: list[str] = []
    before: Block | None = None
    for block in blocks:
        if text := _block(block):
            out += [APART, text] if _goes_on(before, block) else [text]
            before = block
    return "\n\n".join(out)


def _goes_on(before: Block | None, block: Block) -> bool:
    """Return whether Markdown would take a list for the one before it gone on."""
    return isinstance(before, Listing) and isinstance(block, Listing) and before.tag == block.tag


def _paragraph(block: Paragraph) -> str:
    return run_of(block.run)


def _heading(block: Heading) -> str:
    text = run_of(block.run).replace("\\\n", " ")
    if text.endswith("#") and not text.endswith(
        "\\#"
    ):  # Markdown would take it for the heading's end
        text = f"{text[:-1]}\\#"
    return f"{'#' * block.level} {text}"


def _listing(block: Listing) -> str:
    lines = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.tag == "ol" else "- "
        lines.append(marker + _indented(_item(item), len(marker)))
    return "\n".join(lines)


def _definitions(block: Definitions) -> str:
    return "\n\n".join(map(_definition, block.items))


def _definition(item: Definition) -> str:
    first = item.blocks[0]
    if item.tag == "dt" and len(item.blocks) == 1 and isinstance(first, Paragraph):
        return run_of([Mark("strong", first.run)])
    return markdown_of(item.blocks)


def _notes(block: Notes) -> str:
    return "\n".join(
        f"[^{number}]: " + markdown_of(blocks).replace("\n", "\n    ")
        for number, blocks in block.items
    )


def _player(block: Player) -> str:
    return _over(f"<{block.url}>", block.caption)


def _quote(block: Quote) -> str:
    source = [f"— {run_of(block.source)}"] if block.source else []
    return _prefixed("\n\n".join([markdown_of(block.blocks), *source]), "> ")


def _code(block: Code) -> str:
    longest = max((len(fence) for fence in LONGEST_FENCE.findall(block.text)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}"


def _figure(block: Figure) -> str:
    image = f"![{escaped(block.image.alt)}]({target(block.image.src)})"
    if block.link:
        image = f"[{image}]({target(block.link)})"
    return _over(image, block.caption)


def _group(block: Group) -> str:
    return _over(f"{markdown_of(block.blocks)}\n", block.caption)


def _over(text: str, caption: Run) -> str:
    """Return Markdown with its caption, in italics, below it."""
    return f"{text}\n{run_of([Mark('em', caption)])}".lstrip("\n") if caption else text


def _embed(block: Embed) -> str:
    quoted = [_prefixed(run_of(block.quoted), "> ")] if block.quoted else []
    link = f"[{escaped(block.title)}]({target(block.url)})" if block.title else f"<{block.url}>"
    return "\n\n".join([*quoted, _over(link, block.caption)])


def _table(block: Table) -> str:
    table = grid_of(block)
    return _over(f"{table}\n" if block.caption else table, block.caption)


def _details(block: Details) -> str:
    summary = run_of([Mark("strong", block.summary)])
    return "\n\n".join(filter(None, [summary, markdown_of(block.blocks)]))


def _rule(_rule: Rule) -> str:
    return "---"


def _item(blocks: list[Block]) -> str:
    """Return an item; a list in it follows its paragraph at once, if Markdown lets it."""
    text = ""
    before: Block | None = None
    for block in blocks:
        parted = _goes_on(before, block)
        starts = isinstance(block, Listing) and (block.tag == "ul" or block.start == 1)
        between = f"\n\n{APART}\n\n" if parted else "\n" if starts else "\n\n"
        if not text and isinstance(block, Rule):
            text = "***"  # behind a marker, `---` would make a rule of the whole line
        else:
            text += between * bool(text) + _block(block)
        before = block
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
    Group: _group,
    Rule: _rule,
}
