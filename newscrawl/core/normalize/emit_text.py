"""Plain text: blocks parted by a blank line, one list item or table row a line, no captions."""

from functools import singledispatch

from newscrawl.core.normalize.characters import spaced
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
from newscrawl.core.normalize.runs import plain


def text_of(blocks: list[Block]) -> str:
    """Return the text of blocks."""
    return "\n\n".join(text for text in map(_block, blocks) if text)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(f"no text for {block!r}")


@_block.register(Paragraph)
@_block.register(Heading)
def _(block: Paragraph | Heading) -> str:
    return plain(block.run)


@_block.register
def _(block: Listing) -> str:
    return "\n".join("\n".join(filter(None, map(_block, item))) for item in block.items)


@_block.register
def _(block: Definitions) -> str:
    return "\n".join("\n".join(filter(None, map(_block, item.blocks))) for item in block.items)


@_block.register
def _(block: Notes) -> str:
    return "\n".join(f"[{number}] {text_of(blocks)}" for number, blocks in block.items)


@_block.register
def _(block: Quote) -> str:
    source = [f"— {spaced(block.source)}"] if block.source else []
    return "\n".join([text_of(block.blocks), *source])


@_block.register
def _(block: Code) -> str:
    return block.text


@_block.register(Figure)
@_block.register(Player)
@_block.register(Rule)
def _(_silent: Figure | Player | Rule) -> str:
    return ""


@_block.register
def _(block: Embed) -> str:
    return plain(block.quoted)


@_block.register
def _(block: Table) -> str:
    lines = ("\t".join(plain(cell.run).replace("\n", " ") for cell in row) for row in block.rows)
    return "\n".join(lines)


@_block.register
def _(block: Details) -> str:
    return "\n\n".join(filter(None, [plain(block.summary), text_of(block.blocks)]))
