"""From elements to runs: text, marks, hyperlinks, breaks; images are set aside as they come."""

from collections.abc import Callable, Mapping, Sequence

from newscrawl.core.normalize.asides import Reading, lead
from newscrawl.core.normalize.characters import collapsed, collapsed_part
from newscrawl.core.normalize.embeds import PLAYING, embed_of, widget_address
from newscrawl.core.normalize.images import emoji_of, image_of
from newscrawl.core.normalize.model import Embed, Figure
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.page import NOTE, Page
from newscrawl.core.normalize.players import TAGS, player_of
from newscrawl.core.normalize.runs import Break, Mark, Note, Run, lines_of, linked
from newscrawl.core.normalize.tree import (
    TEXT,
    Attributes,
    Node,
    attribute,
    children,
    only_text,
    seen_text_of,
)
from newscrawl.core.normalize.urls import absolute_url, hidden_mail, is_in_page

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
HIDDEN_MAIL, HIDDEN_MAIL_PATH = "data-cfemail", "/cdn-cgi/l/email-protection#"
PARTED = frozenset(  # blocks where only words can be: in a cell, a caption, a heading
    {"p", "div", "li", "dt", "dd", "tr", "td", "blockquote", "section", "article", "figure"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "ul", "ol"}
    | {"figcaption", "legend", "menu", "summary", "address", "aside", "header", "footer"}
    | {"noscript"}
)
DEEPEST = 100  # elements in elements; what lies deeper is kept as text


def run_of(node: Node, reading: Reading, depth: int = 0) -> Run:
    """Return the inlines below an element; figures and embeds among them are set aside."""
    if (text := only_text(node)) is not None:
        return _words(text, reading)
    run: Run = []
    for child in children(node):
        inner = inline_of(child, reading, depth + 1)
        parted = child.tag in PARTED and bool(inner)
        if parted and run and not isinstance(run[-1], Break):
            run.append(Break())
        run += inner
        if parted and not isinstance(run[-1], Break):
            run.append(Break())
    return run


def inline_of(node: Node, reading: Reading, depth: int = 0) -> Run:
    """Return what one node adds to a run."""
    tag = node.tag
    if tag == TEXT:
        return _words(node.text_content or "", reading)
    if tag == "br":
        return [Break()]
    if tag in PLAYING and (shown := embed_of(widget_address(node), reading.page.base_url)):
        reading.aside.append(Embed(*shown))
        return []
    if is_noise(node):
        return []
    if depth > DEEPEST:
        return [collapsed(seen_text_of(node))]
    return ELEMENTS.get(tag or "", _marked)(node, reading, depth)


def _words(text: str, reading: Reading) -> Run:
    return lines_of(text) if reading.in_verse else [collapsed_part(text)]


def _marked(node: Node, reading: Reading, depth: int) -> Run:
    if hidden := attribute(node, HIDDEN_MAIL):
        return [mail] if (mail := hidden_mail(hidden)) else []
    run = run_of(node, reading, depth)
    return [Mark(MARKS[node.tag], run)] if node.tag in MARKS else run


def _image(node: Node, reading: Reading, _depth: int, alternatives: Sequence[str] = ()) -> Run:
    if emoji := emoji_of(node):
        return [emoji]
    image = image_of(node, reading.page.base_url, reading.linked, alternatives)
    if image and image.src not in reading.shown:
        reading.shown.add(image.src)
        figure = Figure(image)
        lead(figure, reading.linked, reading.page.base_url)
        reading.aside.append(figure)
    return []


def _player(node: Node, reading: Reading, _depth: int) -> Run:
    player = player_of(node, reading.page.base_url)
    reading.aside += [player] if player else []
    return []


def _picture(node: Node, reading: Reading, depth: int) -> Run:
    """Set aside the image of a ``picture``, at the largest of all its sources."""
    sets = [attribute(source, "srcset") for source in node.css("source")]
    image = node.css_first("img")
    if image is None:
        return run_of(node, reading, depth)
    return _image(image, reading, depth, sets)


def _note(node: Node, reading: Reading, depth: int) -> Run:
    """Return the reference to a footnote that a ``sup`` is, or what it marks."""
    link = node.css_first('a[href*="#"]') if reading.page.notes else None
    place = attribute(link, "href").rpartition("#")[2] if link is not None else ""
    id_ = attribute(node, NOTE) or place
    number = reading.page.notes.get(id_)
    return [Note(number, id_)] if number else _marked(node, reading, depth)


def _iframe(node: Node, reading: Reading, _depth: int) -> Run:
    told = (attribute(node, name) for name in ("data-src", "data-lazy-src", "src"))
    source = next((url for url in told if url and url != "about:blank"), "")
    embed = embed_of(source, reading.page.base_url)
    shown_beside = "wp-embedded-content" in attribute(node, "class")  # its blockquote says more
    if embed and not shown_beside:
        title = collapsed(attribute(node, "title")).strip()
        reading.aside.append(Embed(*embed, title))
    return []


def _anchor(node: Node, reading: Reading, depth: int) -> Run:
    told = node.attributes
    href = (told.get("href") or "").strip()
    inside = Reading(reading.page, reading.aside, href, reading.shown, reading.in_verse)
    if mail := hidden_mail(told.get(HIDDEN_MAIL) or href.partition(HIDDEN_MAIL_PATH)[2]):
        url = absolute_url(f"mailto:{mail}", reading.page.base_url)
        run: Run = [mail] if HIDDEN_MAIL in told else run_of(node, inside, depth)
        return linked(run, url, []) if url else [mail]
    return linked_by(told, run_of(node, inside, depth), reading.page)


def linked_by(told: Attributes, run: Run, page: Page) -> Run:
    """Return the run as the hyperlink that an ``a`` makes of it; as it is if that leads nowhere."""
    href = (told.get("href") or "").strip()
    url = absolute_url(href, page.base_url) if href and not href.startswith("#") else None
    if not url or is_in_page(url, page.base_url):
        return run
    rel = [word for word in (told.get("rel") or "").lower().split() if word in TELLING_RELATIONS]
    return linked(run, url, rel)


ELEMENTS: Mapping[str, Callable[[Node, Reading, int], Run]] = {
    "a": _anchor,
    "iframe": _iframe,
    "embed": _iframe,
    "img": _image,
    "amp-img": _image,
    "picture": _picture,
    **dict.fromkeys(TAGS, _player),
    "sup": _note,
}
