"""What a body is made of: blocks that hold runs of inlines. Every output is made of this alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newscrawl.core.normalize.runs import Run


@dataclass(slots=True)
class Image:
    """An image at its largest known source; sizes in pixels, as the markup states them."""

    src: str
    alt: str
    width: int | None
    height: int | None


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or the bare text of a container; direction and language as the markup states."""

    run: Run
    direction: str = ""
    language: str = ""


@dataclass(slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    run: Run
    direction: str = ""
    language: str = ""


@dataclass(slots=True)
class Listing:
    """A list; each item holds blocks."""

    tag: str
    items: list[list["Block"]]
    start: int = 1
    direction: str = ""
    language: str = ""


@dataclass(slots=True)
class Definition:
    """A term (``dt``) or what it means (``dd``)."""

    tag: str
    blocks: list["Block"]


@dataclass(slots=True)
class Definitions:
    """A list of terms and what they mean."""

    items: list[Definition]


@dataclass(slots=True)
class Notes:
    """The footnotes, each with its number."""

    items: list[tuple[int, list["Block"]]]


@dataclass(slots=True)
class Player:
    """A video or a sound from a file; `tag` says which."""

    tag: str
    url: str
    caption: Run = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """A quotation and its source, if any is named; `pulled` out of the article by design."""

    blocks: list["Block"]
    source: Run = field(default_factory=list)
    pulled: bool = False


@dataclass(slots=True)
class Code:
    """Preformatted text, its white space kept."""

    text: str
    language: str = ""


@dataclass(slots=True)
class Figure:
    """An image with its caption, and the address that it leads to."""

    image: Image
    caption: Run = field(default_factory=list)
    link: str = ""


@dataclass(slots=True)
class Embed:
    """A player or a quoted post of another site; `quoted` are its words, if it shows them."""

    provider: str
    url: str
    title: str = ""
    quoted: Run = field(default_factory=list)
    caption: Run = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Blocks that one caption is of: a gallery, a listing of code."""

    blocks: list["Block"]
    caption: Run


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


Prose = Paragraph | Heading | Listing | Definitions | Quote | Details | Notes | Code | Rule
Block = Prose | Figure | Embed | Player | Table | Group


def blocks_within(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield every block, outer before inner."""
    for block in blocks:
        yield block
        if inner := INNER.get(type(block)):
            for held in inner(block):
                yield from blocks_within(held)


INNER: Mapping[type, Callable[[Any], Iterable[Sequence[Block]]]] = {
    Quote: lambda quote: [quote.blocks],
    Details: lambda details: [details.blocks],
    Group: lambda group: [group.blocks],
    Listing: lambda listing: listing.items,
    Definitions: lambda definitions: (definition.blocks for definition in definitions.items),
    Notes: lambda notes: (blocks for _, blocks in notes.items),
}
CAPTIONED = (Figure, Table, Embed, Player, Group)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs that a block itself holds; the words of a quoted post are not its own."""
    if isinstance(block, (Paragraph, Heading)):
        yield block.run
    elif isinstance(block, CAPTIONED):
        yield block.caption
    elif isinstance(block, Details):
        yield block.summary
    elif isinstance(block, Quote):
        yield block.source
    if isinstance(block, Table):
        yield from (cell.run for row in block.rows for cell in row)
