"""Canonical HTML: built from the block model, element by element, never passed through."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from newscrawl.core.normalize.model import (
    Block,
    Cell,
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
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Note, Run, is_text


def html_of(blocks: list[Block]) -> str:
    """Return the HTML of blocks, one block a line."""
    return "\n".join(map(_block, blocks))


def _paragraph(block: Paragraph) -> str:
    return f"<p{_stated(block)}>{_run(block.run)}</p>"


def _stated(block: Paragraph | Heading | Listing) -> str:
    """Return the attributes that tell the direction and the language of a block."""
    direction = f' dir="{block.direction}"' if block.direction else ""
    return direction + (f' lang="{escape(block.language)}"' if block.language else "")


def _heading(block: Heading) -> str:
    return f"<h{block.level}{_stated(block)}>{_run(block.run)}</h{block.level}>"


def _listing(block: Listing) -> str:
    start = f' start="{block.start}"' if block.tag == "ol" and block.start != 1 else ""
    items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
    return f"<{block.tag}{_stated(block)}{start}>{items}</{block.tag}>"


def _quote(block: Quote) -> str:
    cite = f"<cite>{_run(block.source)}</cite>" if block.source else ""
    return f"<blockquote>{''.join(map(_block, block.blocks))}{cite}</blockquote>"


def _code(block: Code) -> str:
    language = f' class="language-{escape(block.language)}"' if block.language else ""
    return f"<pre><code{language}>{escape(block.text, quote=False)}</code></pre>"


def _figure(block: Figure) -> str:
    image = f'<img src="{escape(block.image.src)}" alt="{escape(block.image.alt)}">'
    if block.link:
        image = f'<a href="{escape(block.link)}">{image}</a>'
    return f"<figure>{image}{_caption(block)}</figure>"


def _group(block: Group) -> str:
    return f"<figure>{''.join(map(_block, block.blocks))}{_caption(block)}</figure>"


def _caption(block: Figure | Group | Embed | Player) -> str:
    return f"<figcaption>{_run(block.caption)}</figcaption>" if block.caption else ""


def _embed(block: Embed) -> str:
    quoted = f"<blockquote><p>{_run(block.quoted)}</p></blockquote>" if block.quoted else ""
    url, title = escape(block.url), escape(block.title or block.url, quote=False)
    provider, link = escape(block.provider), f'<a href="{url}">{title}</a>{_caption(block)}'
    return f'<figure data-embed="{provider}">{quoted}{link}</figure>'


def _player(block: Player) -> str:
    player = f'<{block.tag} src="{escape(block.url)}" controls=""></{block.tag}>'
    return f"<figure>{player}{_caption(block)}</figure>" if block.caption else player


def _definitions(block: Definitions) -> str:
    items = (f"<{item.tag}>{_item(item.blocks)}</{item.tag}>" for item in block.items)
    return f"<dl>{''.join(items)}</dl>"


def _notes(block: Notes) -> str:
    items = (f'<li data-fn="{number}">{_item(blocks)}</li>' for number, blocks in block.items)
    return f"<ol>{''.join(items)}</ol>"


def _table(block: Table) -> str:
    rows = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows]
    caption = f"<caption>{_run(block.caption)}</caption>" if block.caption else ""
    head = f"<thead>{''.join(rows[: block.header])}</thead>" if block.header else ""
    return f"<table>{caption}{head}<tbody>{''.join(rows[block.header :])}</tbody></table>"


def _details(block: Details) -> str:
    inner = "".join(map(_block, block.blocks))
    return f"<details><summary>{_run(block.summary)}</summary>{inner}</details>"


def _rule(_rule: Rule) -> str:
    return "<hr>"


def _run(run: Run) -> str:
    if is_text(run):
        return _text(run[0])
    return "".join(map(_inline, run))


def _text(text: str) -> str:
    return escape(text, quote=False) if "<" in text or "&" in text or ">" in text else text


def _inline(part: Inline) -> str:
    if isinstance(part, str):
        return _text(part)
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


def _block(block: Block) -> str:
    """Return the HTML of any block."""
    return EMITTERS[type(block)](block)


EMITTERS: Mapping[type, Callable[[Any], str]] = {
    Paragraph: _paragraph,
    Heading: _heading,
    Listing: _listing,
    Quote: _quote,
    Code: _code,
    Figure: _figure,
    Embed: _embed,
    Player: _player,
    Definitions: _definitions,
    Notes: _notes,
    Table: _table,
    Details: _details,
    Group: _group,
    Rule: _rule,
}
