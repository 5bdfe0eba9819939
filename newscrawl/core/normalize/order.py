"""What is done with all blocks of a body together: repetitions out, the notes to the end."""

import re
from collections.abc import Sequence

from newscrawl.core.normalize.emit_text import text_of
from newscrawl.core.normalize.model import (
    Block,
    Embed,
    Figure,
    Notes,
    Paragraph,
    Player,
    Quote,
    Rule,
)
from newscrawl.core.normalize.runs import Anchor, plain

APPEARED = re.compile(  # as Yoast SEO is translated
    r"^(?:The post .{1,500}? (?:first appeared|appeared first) on"
    r"|Der Beitrag .{1,500}? erschien zuerst auf"
    r"|(?:L['’]|Cet )article .{1,500}? est apparu en premier sur"
    r"|La entrada .{1,500}? se publicó primero en"
    r"|L['’]articolo .{1,500}? (?:proviene da|sembra essere il primo su)"
    r"|O post .{1,500}? apareceu primeiro em"
    r"|Het bericht .{1,500}? verscheen eerst op"
    r"|Artykuł .{1,500}? pochodzi z serwisu"
    r"|Inlägget .{1,500}? dök först upp på"
    r"|Сообщение .{1,500}? появились сначала на) .{1,200}$",
    re.DOTALL,
)
SHOWN = (Figure, Embed, Player, Rule)
HOME_SLASHES = 4  # https://a.example/en/
MOST_PULLED = 100  # in an article; more are none
SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
NOT_A_WORD = re.compile(r"\W+")


def without_repeated(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the pull quotes whose words the article has, too."""
    pulled = {id(block): block for block in blocks if isinstance(block, Quote) and block.pulled}
    if not pulled or len(pulled) > MOST_PULLED:
        return list(blocks)
    words = _words(text_of([block for block in blocks if id(block) not in pulled]))
    repeated = {id_ for id_, block in pulled.items() if _repeats(text_of(block.blocks), words)}
    return [block for block in blocks if id(block) not in repeated]


def without_origin(blocks: Sequence[Block], base_url: str = "") -> list[Block]:
    """Return the blocks without the line that SEO plugins put at the end of what is syndicated.

    Yoast SEO: ``The post X appeared first on Y.``, both of them links. In languages that are not
    listed it is known where they lead to the page itself and to the home of its site.
    """
    last = next((block for block in reversed(blocks) if not isinstance(block, SHOWN)), None)
    if not isinstance(last, Paragraph):
        return list(blocks)
    linked = [part.url for part in last.run if isinstance(part, Anchor)]
    told = len(linked) == 2 and _leads_home(linked, base_url)
    if told or (len(linked) > 1 and APPEARED.match(plain(last.run))):
        return [block for block in blocks if block is not last]
    return list(blocks)


def _leads_home(linked: Sequence[str], base_url: str) -> bool:
    """Return whether two addresses are those of the page itself and of its site's home."""
    post, home = linked
    own = post.rstrip("/") == base_url.rstrip("/")
    return own and post.startswith(home.rstrip("/")) and home.count("/") <= HOME_SLASHES


def ordered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the footnotes at the end."""
    return sorted(blocks, key=lambda block: isinstance(block, Notes))


def _repeats(text: str, words: str) -> bool:
    """Return whether a text stands among the words; in scripts without spaces, anywhere."""
    pulled = _words(text)
    return (pulled.strip() if SPACELESS.search(pulled) else pulled) in words


def _words(text: str) -> str:
    return f" {NOT_A_WORD.sub(' ', text).strip().casefold()} "
