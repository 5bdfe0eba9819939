"""Plain text: blocks parted by a blank line, one list item or table row a line, no captions."""

from collections.abc import Callable, Mapping
from typing import Any

from newscrawl.core.normalize.model import (
    Block,
    Code,
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
from newscrawl.core.normalize.runs import plain


def text_of(blocks: list[Block]) -> str:
    """Return the text of blocks."""
    return "\n\n".join(text for text in map(_block, blocks) if text)


def _paragraph(block: Paragraph | Heading) -> str:
    return plain(block.run)


def _listing(block: Listing) -> str:
    items = ("\n".join(filter(None, map(_block, item))) for item in block.items)
    return "\n".join(filter(None, items))


def _definitions(block: Definitions) -> str:
    return "\n".join("\n".join(filter(None, map(_block, item.blocks))) for item in block.items)


def _notes(block: Notes) -> str:
    return "\n".join(f"[{number}] {text_of(blocks)}" for number, blocks in block.items)


def _quote(block: Quote) -> str:
    source = [f"— {plain(block.source)}"] if block.source else []
    return "\n".join([text_of(block.blocks), *source])


def _code(block: Code) -> str:
    return block.text


def _figure(_silent: Figure | Player | Rule) -> str:
    return ""


def _embed(block: Embed) -> str:
    return plain(block.quoted)


def _table(block: Table) -> str:
    lines = ("\t".join(plain(cell.run).replace("\n", " ") for cell in row) for row in block.rows)
    return "\n".join(lines)


def _group(block: Group) -> str:
    return text_of(block.blocks)


def _details(block: Details) -> str:
    return "\n\n".join(filter(None, [plain(block.summary), text_of(block.blocks)]))


def _block(block: Block) -> str:
    """Return the text of any block."""
    return EMITTERS[type(block)](block)


EMITTERS: Mapping[type, Callable[[Any], str]] = {
    Paragraph: _paragraph,
    Heading: _paragraph,
    Listing: _listing,
    Definitions: _definitions,
    Notes: _notes,
    Quote: _quote,
    Code: _code,
    Figure: _figure,
    Player: _figure,
    Rule: _figure,
    Embed: _embed,
    Table: _table,
    Details: _details,
    Group: _group,
}
