"""What is set aside while a run is read: images, embeds, players stand between paragraphs."""

from dataclasses import dataclass, field

from newscrawl.core.normalize.images import is_image_file
from newscrawl.core.normalize.model import Block, Figure
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.urls import absolute_url, image_url, is_in_page


@dataclass(slots=True)
class Reading:
    """Where a run is read: the page, the blocks set aside, the link around it, images shown.

    In a verse (`pre`) a newline is a break.
    """

    page: Page
    aside: list[Block]
    linked: str = ""
    shown: set[str] = field(default_factory=set)
    in_verse: bool = False


def lead(figure: Figure, href: str, base_url: str) -> None:
    """Let an image lead where a link around it leads; to its own file it leads not, but is it."""
    url = absolute_url(href, base_url) if href else None
    if url and is_image_file(url):
        figure.image.src = image_url(url, base_url) or figure.image.src
    elif url and not is_in_page(url, base_url):
        figure.link = url
