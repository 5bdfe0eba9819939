"""From elements to runs: text, marks, hyperlinks, breaks; images are set aside as they come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import embed_of
from newscrawl.core.normalize.images import emoji_of, image_of
from newscrawl.core.normalize.model import Anchor, Block, Break, Embed, Figure, Mark, Run
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.tree import TEXT, Node, attribute, children, text_of
from newscrawl.core.normalize.urls import absolute_url

MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "u": "u",
    "s": "s",
    "strike": "s",
    "del": "del",
    "ins": "ins",
    "sub": "sub",
    "sup": "sup",
    "mark": "mark",
    "kbd": "kbd",
    "q": "q",
    "code": "code",
    "cite": "cite",
}
TELLING_RELATIONS = frozenset({"nofollow", "sponsored", "ugc"})
HIDDEN_MAIL = "data-cfemail"
DEEPEST = 100  # elements in elements; what lies deeper is kept as text


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a run is read: the page's address, the link around it, the blocks set aside."""

    base_url: str
    aside: list[Block]
    linked: str = ""


def run_of(node: Node, reading: Reading, depth: int = 0) -> Run:
    """Return the inlines below an element; figures and embeds among them are set aside."""
    run: Run = []
    for child in children(node):
        run += inline_of(child, reading, depth + 1)
    return run


def inline_of(node: Node, reading: Reading, depth: int = 0) -> Run:
    """Return what one node adds to a run."""
    tag = node.tag
    if tag == TEXT:
        return [collapsed(node.text_content or "")]
    if tag == "br":
        return [Break()]
    if is_noise(node):
        return []
    if depth > DEEPEST:
        return [collapsed(text_of(node))]
    return ELEMENTS.get(tag or "", _marked)(node, reading, depth)


def _marked(node: Node, reading: Reading, depth: int) -> Run:
    if hidden := attribute(node, HIDDEN_MAIL):
        return _mail(hidden)
    run = run_of(node, reading, depth)
    return [Mark(MARKS[node.tag], run)] if node.tag in MARKS else run


def _image(node: Node, reading: Reading, _depth: int) -> Run:
    if emoji := emoji_of(node):
        return [emoji]
    image = image_of(node, reading.base_url, reading.linked)
    known = {block.image.src for block in reading.aside if isinstance(block, Figure)}
    if image and image.src not in known:
        reading.aside.append(Figure(image))
    return []


def _iframe(node: Node, reading: Reading, _depth: int) -> Run:
    embed = embed_of(attribute(node, "src") or attribute(node, "data-src"), reading.base_url)
    shown_beside = "wp-embedded-content" in attribute(node, "class")  # its blockquote says more
    if embed and not shown_beside:
        reading.aside.append(Embed(*embed))
    return []


def _anchor(node: Node, reading: Reading, depth: int) -> Run:
    if hidden := attribute(node, HIDDEN_MAIL):
        return _mail(hidden)
    href = attribute(node, "href")
    run = run_of(node, replace(reading, linked=href), depth)
    url = absolute_url(href, reading.base_url) if href and not href.startswith("#") else None
    if not url:
        return run
    rel = [word for word in attribute(node, "rel").lower().split() if word in TELLING_RELATIONS]
    return [Anchor(url, rel, run)]


def _mail(hidden: str) -> Run:
    """Return the address that Cloudflare hides: hexadecimal, each byte XORed with the first."""
    try:
        key, *letters = bytes.fromhex(hidden)
    except ValueError:
        return []
    address = bytes(letter ^ key for letter in letters).decode("utf-8", "replace")
    url = absolute_url(f"mailto:{address}", "https://invalid.example/")
    return [Anchor(url, [], [address])] if url else [address]


ELEMENTS: Mapping[str, Callable[[Node, Reading, int], Run]] = {
    "a": _anchor,
    "iframe": _iframe,
    "img": _image,
}
