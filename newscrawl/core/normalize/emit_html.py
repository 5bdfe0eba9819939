"""Canonical HTML: built from the block model, element by element, never passed through."""

from functools import singledispatch
from html import escape

from newscrawl.core.normalize.model import (
    Block,
    Cell,
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
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Note, Run


def html_of(blocks: list[Block]) -> str:
    """Return the HTML of blocks, one block a line."""
    return "\n".join(map(_block, blocks))


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(f"no HTML for {block!r}")


@_block.register
def _(block: Paragraph) -> str:
    direction = f' dir="{block.direction}"' if block.direction else ""
    language = f' lang="{escape(block.language)}"' if block.language else ""
    return f"<p{direction}{language}>{_run(block.run)}</p>"


@_block.register
def _(block: Heading) -> str:
    return f"<h{block.level}>{_run(block.run)}</h{block.level}>"


@_block.register
def _(block: Listing) -> str:
    start = f' start="{block.start}"' if block.tag == "ol" and block.start != 1 else ""
    items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
    return f"<{block.tag}{start}>{items}</{block.tag}>"


@_block.register
def _(block: Quote) -> str:
    cite = f"<cite>{escape(block.source, quote=False)}</cite>" if block.source else ""
    return f"<blockquote>{''.join(map(_block, block.blocks))}{cite}</blockquote>"


@_block.register
def _(block: Code) -> str:
    language = f' class="language-{escape(block.language)}"' if block.language else ""
    return f"<pre><code{language}>{escape(block.text, quote=False)}</code></pre>"


@_block.register
def _(block: Figure) -> str:
    caption = f"<figcaption>{_run(block.caption)}</figcaption>" if block.caption else ""
    image = f'<img src="{escape(block.image.src)}" alt="{escape(block.image.alt)}">'
    return f"<figure>{image}{caption}</figure>"


@_block.register
def _(block: Embed) -> str:
    quoted = f"<blockquote><p>{_run(block.quoted)}</p></blockquote>" if block.quoted else ""
    url, title = escape(block.url), escape(block.title or block.url, quote=False)
    provider = escape(block.provider)
    return f'<figure data-embed="{provider}">{quoted}<a href="{url}">{title}</a></figure>'


@_block.register
def _(block: Player) -> str:
    return f'<{block.tag} src="{escape(block.url)}" controls=""></{block.tag}>'


@_block.register
def _(block: Definitions) -> str:
    items = (f"<{item.tag}>{_item(item.blocks)}</{item.tag}>" for item in block.items)
    return f"<dl>{''.join(items)}</dl>"


@_block.register
def _(block: Notes) -> str:
    items = (f'<li data-fn="{number}">{_item(blocks)}</li>' for number, blocks in block.items)
    return f"<ol>{''.join(items)}</ol>"


@_block.register
def _(block: Table) -> str:
    rows = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows]
    caption = f"<caption>{_run(block.caption)}</caption>" if block.caption else ""
    head = f"<thead>{''.join(rows[: block.header])}</thead>" if block.header else ""
    return f"<table>{caption}{head}<tbody>{''.join(rows[block.header :])}</tbody></table>"


@_block.register
def _(block: Details) -> str:
    inner = "".join(map(_block, block.blocks))
    return f"<details><summary>{_run(block.summary)}</summary>{inner}</details>"


@_block.register
def _(_rule: Rule) -> str:
    return "<hr>"


def _run(run: Run) -> str:
    return "".join(map(_inline, run))


def _inline(part: Inline) -> str:
    if isinstance(part, str):
        return escape(part, quote=False)
    if isinstance(part, Break):
        return "<br>"
    if isinstance(part, Note):
        return f'<sup data-fn="{part.number}">{part.number}</sup>'
    if isinstance(part, Anchor):
        return f'<a href="{escape(part.url)}">{_run(part.run)}</a>'
    assert isinstance(part, Mark)  # noqa: S101 - all that an inline may be
    return f"<{part.tag}>{_run(part.run)}</{part.tag}>"


def _item(blocks: list[Block]) -> str:
    """Return an item; a single paragraph in it needs no element of its own."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and not first.direction and not first.language:
        return _run(first.run) + "".join(map(_block, blocks[1:]))
    return "".join(map(_block, blocks))


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1)
    spans += f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
    return f"<{tag}{spans}>{_run(cell.run)}</{tag}>"
