"""What Markdown would take for more than text, escaped (CommonMark 0.31, GFM)."""

import re

from newscrawl.core.normalize.characters import spaced

ENTITY = re.compile(r"&(?=#?\w+;)")
SPECIAL = re.compile(r"([\\`*_\[\]<>~])")
LEADING = re.compile(
    r"(?m)^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+$|-+$|(?=[|:\s-]*-)[|:-][|:\s-]*$)"
)
LEADING_NUMBER = re.compile(r"(?m)^(\s*\d{1,9})([.)])(?=\s|$)")
LEADERS = frozenset("#-+>=|:0123456789 ")


def escaped(text: str) -> str:
    """Return text in which nothing is markup."""
    text = spaced(text)
    if _is_special(text):
        text = SPECIAL.sub(r"\\\1", text)
    return ENTITY.sub(r"\\&", text) if "&" in text and ";" in text else text


def _is_special(text: str) -> bool:
    """Return whether a text holds any sign of Markdown's; written out it takes a third."""
    return (
        ("\\" in text or "`" in text or "*" in text or "_" in text)
        or ("[" in text or "]" in text)
        or ("<" in text or ">" in text or "~" in text)
    )


def lines_escaped(text: str) -> str:
    """Return text in which no line begins as a heading, a list item or a quotation would."""
    if text[:1] not in LEADERS and "\n" not in text:
        return text
    return LEADING_NUMBER.sub(r"\1\\\2", LEADING.sub(r"\1\\\2", text))


def code_span(text: str) -> str:
    """Return inline code, its fence longer than any backticks in it."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    if not longest:
        return f"`{text}`"
    return f"{'`' * (longest + 1)} {text} {'`' * (longest + 1)}"


def target(url: str) -> str:
    """Return an address as a link's destination; parentheses in it would end it."""
    return f"<{url}>" if "(" in url or ")" in url else url
