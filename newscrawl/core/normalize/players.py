"""Players of files: videos and sounds."""

from newscrawl.core.normalize.model import Player
from newscrawl.core.normalize.tree import Node, attribute
from newscrawl.core.normalize.urls import absolute_url

TAGS = {"video": "video", "audio": "audio", "amp-video": "video", "amp-audio": "audio"}


def player_of(node: Node, base_url: str) -> Player | None:
    """Return the video or the sound of a file, None for one without.

    What is shown where it cannot play is not text.
    """
    source = node.css_first("source[src]")
    told = attribute(node, "src") or (attribute(source, "src") if source else "")
    url = absolute_url(told, base_url) if told else None
    playable = url and url.startswith("http")
    return Player(TAGS[node.tag or ""], url) if url and playable else None
