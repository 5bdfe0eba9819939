"""What is drawn from the blocks beside the text: headings, links, images, embeds and more.

The blocks are all that a body holds, outer before inner (`blocks_within`).
"""

import re
from collections.abc import Iterator, Sequence

from newscrawl.core.normalize.images import original_of
from newscrawl.core.normalize.model import (
    Block,
    Embed,
    Figure,
    Heading,
    Quote,
    Table,
    runs_of,
)
from newscrawl.core.normalize.runs import Anchor, Mark, Run, is_text, plain, written
from newscrawl.core.normalize.urls import host_of
from newscrawl.items import BodyEmbed, BodyHeading, BodyImage, BodyLink, BodyQuote, BodyTable

CREDIT = re.compile(  # a name begins with no small letter, and an initial has its point
    r"(?:\b(?:photo|foto|image|picture|bild|fot|фото|cr[ée]dit|credit)[so]?"
    r"(?:\s+(?:by|credit|courtesy of))?\s*[:/]\s*"
    r"|\b(?:photo|foto|image)s?\s+(?:by|courtesy of)\s+|©\s*)"
    r"((?-i:(?![a-z])[\w«“\"'])(?:[^().]|(?-i:(?<=\b[A-Z])\.)){1,80})",
    re.IGNORECASE,
)
EASTERN = re.compile("[\u3400-\U0003134f]")  # one range is found in half the time
WORDLESS = re.compile(r" (?:[^\w ]|_)++(?= )")  # a token without a letter or a digit
IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")


def headings_of(blocks: Sequence[Block]) -> list[BodyHeading]:
    """Return the headings in order."""
    return [
        BodyHeading(level=block.level, text=plain(block.run).replace("\n", " "))
        for block in blocks
        if isinstance(block, Heading)
    ]


def links_of(blocks: Sequence[Block], base_url: str) -> list[BodyLink]:
    """Return the hyperlinks in order; internal is what leads to the host of the page."""
    home = host_of(base_url)
    return [
        BodyLink(
            url=anchor.url,
            text=plain(anchor.run).replace("\n", " "),
            rel=anchor.rel,
            internal=host_of(anchor.url) == home,
        )
        for block in blocks
        for anchor in _anchors_of(block)
    ]


def images_of(blocks: Sequence[Block]) -> list[BodyImage]:
    """Return the images in order, each with its caption and the credit found there."""
    figures = (block for block in blocks if isinstance(block, Figure))
    return [_image(figure) for figure in figures]


def embeds_of(blocks: Sequence[Block]) -> list[BodyEmbed]:
    """Return the embeds in order."""
    found = (block for block in blocks if isinstance(block, Embed))
    return [BodyEmbed(provider=block.provider, url=block.url) for block in found]


def tables_of(blocks: Sequence[Block]) -> list[BodyTable]:
    """Return the tables in order; `header` says whether the first row is one."""
    return [
        BodyTable(
            caption=plain(block.caption) or None,
            header=bool(block.header),
            rows=[[written(cell.run) for cell in row] for row in block.rows],
        )
        for block in blocks
        if isinstance(block, Table)
    ]


def quotes_of(blocks: Sequence[Block], texts: Sequence[str]) -> list[BodyQuote]:
    """Return the quotations, `texts` being the text of each in the same order."""
    quotes = (block for block in blocks if isinstance(block, Quote))
    return [
        BodyQuote(text=text, source=plain(quote.source).replace("\n", " ") or None)
        for quote, text in zip(quotes, texts, strict=True)
    ]


def word_count(text: str) -> int:
    """Return how many tokens hold a letter or digit; each CJK ideograph counts one.

    >>> word_count("Putin – 75 years"), word_count("政府 said")
    (3, 3)
    """
    ideographs = 0
    if not text.isascii() and EASTERN.search(text):
        text, ideographs = IDEOGRAPH.subn(" ", text)
    tokens = text.split()
    return ideographs + len(tokens) - len(WORDLESS.findall(" ".join(["", *tokens, ""])))


def _anchors_of(block: Block) -> Iterator[Anchor]:
    """Yield the hyperlinks of a block; that of an image has its alternative text."""
    if isinstance(block, Figure) and block.link:
        yield Anchor(block.link, [], [block.image.alt])
    for run in runs_of(block):
        if not is_text(run):
            yield from _anchors(run)


def _anchors(run: Run) -> Iterator[Anchor]:
    for part in run:
        if isinstance(part, Anchor):
            yield part
        elif isinstance(part, Mark):
            yield from _anchors(part.run)


def _image(figure: Figure) -> BodyImage:
    caption = plain(figure.caption) or None
    credit = CREDIT.search(caption) if caption else None
    return BodyImage(
        src=figure.image.src,
        alt=figure.image.alt or None,
        caption=caption,
        credit=credit[1].strip() if credit else None,
        width=figure.image.width,
        height=figure.image.height,
        original=original_of(figure.image.src),
    )
