"""What a body is made of: blocks that hold runs of inlines. Every output is made of this alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mark:
    """Marked text: ``strong``, ``em``, ``sub`` and their like."""

    tag: str
    run: "Run"


@dataclass(slots=True)
class Anchor:
    """A hyperlink; `rel` as far as it says something of the target (``nofollow``)."""

    url: str
    rel: list[str]
    run: "Run"


@dataclass(slots=True)
class Break:
    """A line break."""


@dataclass(slots=True)
class Image:
    """An image at its largest known source; sizes in pixels, as the markup states them."""

    src: str
    alt: str
    width: int | None
    height: int | None


Inline = str | Mark | Anchor | Break
Run = list[Inline]


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or the bare text of a container; `direction` as the markup states it."""

    run: Run
    direction: str = ""


@dataclass(slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    run: Run


@dataclass(slots=True)
class Listing:
    """A list; each item holds blocks."""

    tag: str
    items: list[list["Block"]]
    start: int = 1


@dataclass(slots=True)
class Quote:
    """A quotation and its source, '' where none is named."""

    blocks: list["Block"]
    source: str = ""


@dataclass(slots=True)
class Code:
    """Preformatted text, its white space kept."""

    text: str
    language: str = ""


@dataclass(slots=True)
class Figure:
    """An image with its caption."""

    image: Image
    caption: Run = field(default_factory=list)


@dataclass(slots=True)
class Embed:
    """A player or a quoted post of another site; `quoted` are its words, if it shows them."""

    provider: str
    url: str
    quoted: Run = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    run: Run
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class Table:
    """A table of cells; `header` counts the rows of its head."""

    rows: list[list[Cell]]
    header: int = 0
    caption: Run = field(default_factory=list)


@dataclass(slots=True)
class Details:
    """A summary that opens on more."""

    summary: Run
    blocks: list["Block"]


@dataclass(slots=True)
class Rule:
    """A thematic break."""


Block = Paragraph | Heading | Listing | Quote | Code | Figure | Embed | Table | Details | Rule


def plain(run: Run) -> str:
    """Return the text of a run; a break is a newline."""
    return "".join(
        part if isinstance(part, str) else "\n" if isinstance(part, Break) else plain(part.run)
        for part in run
    )


def blocks_within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield every block, outer before inner."""
    for block in blocks:
        yield block
        if isinstance(block, Quote | Details):
            yield from blocks_within(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from blocks_within(item)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs that a block itself holds."""
    if isinstance(block, Paragraph | Heading):
        yield block.run
    elif isinstance(block, Figure | Table):
        yield block.caption
    elif isinstance(block, Details):
        yield block.summary
    elif isinstance(block, Embed):
        yield block.quoted
    if isinstance(block, Table):
        yield from (cell.run for row in block.rows for cell in row)
