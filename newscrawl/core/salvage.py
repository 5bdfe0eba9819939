"""JSON out of damaged bodies: what PHP, plugins and caches put around it, and what is none.

PHP notices before it, a cache's comment behind it, byte order marks, a second compression, raw
control characters, lone surrogates and NUL are undone. What is cut off, a fatal error and a page of
HTML are not: nobody knows what would be lost.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

import orjson

MARK = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"
LARGEST = 128 * 1024 * 1024  # bytes of a body that was compressed twice
MOST_STARTS = 20  # brackets before which text may stand
START = re.compile(r"\[\s*[\]{]|\{\s*[\"}]")
NOTICE = (  # PHP writes one after the document, too; all that stands behind it is of its kind
    r"(?:<br\s*/?>\s*+)?(?:<b>)?(?:PHP\ )?"
    r"(?:Notice|Warning|Deprecated|Strict Standards|(?:Fatal|Parse) error)(?:</b>)?:.*"
)
BEHIND = re.compile(rf"(?:\s++|<!--(?>.*?-->))*+(?:{NOTICE})?\Z", re.DOTALL)
FATAL = re.compile(r"(?:fatal|parse) error|critical error on this website", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
SURROGATE = re.compile("[\ud800-\udfff]")
NUL, ESCAPED_NUL = "\x00", rb"\u0000"
LOOKED_AT = 10_000  # characters in which a fatal error or a page shows

BYTE_ORDER_MARK = "byte order mark"
COMPRESSED = "compressed twice"
TEXT_BEFORE = "text before the JSON"
COMMENT_BEHIND = "comment behind the JSON"
NOTICE_BEHIND = "PHP notice behind the JSON"
CHARACTERS = "characters that JSON forbids"
FATAL_ERROR = "a PHP fatal error"
HTML = "an HTML page, no JSON"
CUT_OFF = "JSON that is cut off"
PACKED = "a packed document that is cut off"
NO_JSON = "no JSON"
EMPTY = "an empty document"
TOO_LARGE = "a body that grows beyond what is read (DOWNLOAD_MAXSIZE)"


class UnsalvageableError(ValueError):
    """No JSON can be had of a body; its message says what it is instead."""


def salvaged(body: bytes, largest: int = LARGEST) -> tuple[Any, list[str]]:
    """Return the value of a JSON body and what had to be undone to read it.

    >>> salvaged(b'{"a": 1}')
    ({'a': 1}, [])
    >>> salvaged(b'<b>Notice</b>: x on line <b>3</b><br>[{"id": 7}]<!-- cached -->')
    ([{'id': 7}], ['text before the JSON', 'comment behind the JSON'])
    """
    try:
        return _salvaged(body, largest)
    except RecursionError as error:
        raise UnsalvageableError(NO_JSON) from error


def _salvaged(body: bytes, largest: int) -> tuple[Any, list[str]]:
    with suppress(orjson.JSONDecodeError):
        return _loaded(body), []
    damage: list[str] = []
    bare = unwrapped(body, damage, largest)
    if damage:
        with suppress(orjson.JSONDecodeError):
            return _loaded(bare), damage
    value, more = _found(bare.decode("utf-8", "replace"))
    return value, damage + more


def _loaded(body: bytes) -> Any:  # noqa: ANN401 - JSON is any value
    value = orjson.loads(body)
    return legible(value) if ESCAPED_NUL in body else value


def legible(value: Any) -> Any:  # noqa: ANN401 - JSON is any value
    """Return a value whose strings any file and any database takes.

    Lone surrogates, which are no text, are U+FFFD; NUL is left out.
    """
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value).replace(NUL, "")
    if isinstance(value, Mapping):
        return {legible(name): legible(part) for name, part in value.items()}
    return [legible(part) for part in value] if isinstance(value, list) else value


def unwrapped(body: bytes, damage: list[str], largest: int) -> bytes:
    """Return a body without a second compression and without byte order marks."""
    if body.startswith(GZIP):
        body = _inflated(body, largest)
        damage.append(COMPRESSED)
    stripped = body.lstrip()
    while stripped.startswith(MARK):
        stripped = stripped[len(MARK) :].lstrip()
    if len(stripped) != len(body.lstrip()):
        damage.append(BYTE_ORDER_MARK)
    return stripped


def _inflated(body: bytes, largest: int) -> bytes:
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        inflated = inflater.decompress(body, largest)
    except zlib.error as error:
        raise UnsalvageableError(PACKED) from error
    if inflater.unconsumed_tail:
        raise UnsalvageableError(TOO_LARGE)
    if not inflater.eof:
        raise UnsalvageableError(PACKED)
    return inflated


def _found(text: str) -> tuple[Any, list[str]]:
    """Return the first value of a text that nothing but blanks and comments stands behind."""
    if not text.strip():
        raise UnsalvageableError(EMPTY)
    cut_off = False
    for start in _starts(text):
        if start and FATAL.search(text, 0, min(start, LOOKED_AT)):
            break
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        except json.JSONDecodeError as error:
            cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
            if cut_off:  # what stands within it is not the document
                break
            continue
        except (RecursionError, ValueError):  # nested too deep; a number of thousands of digits
            continue
        if isinstance(value, list | dict) and BEHIND.match(text, end):
            return legible(value), list(_damage(text, start, end))
    raise UnsalvageableError(_kind(text, cut_off))


def _starts(text: str) -> Iterator[int]:
    """Yield where the value may begin: with the text, or behind what is none of it."""
    first = len(text) - len(text.lstrip())
    if text[first] in "[{":
        return iter([first])
    starts = (found.start() for found in START.finditer(text))
    return islice(starts, MOST_STARTS)


def _damage(text: str, start: int, end: int) -> Iterator[str]:
    before, behind = text[:start].strip(), text[end:].strip()
    if before:
        yield TEXT_BEFORE
    if behind:
        yield COMMENT_BEHIND if behind.endswith("-->") else NOTICE_BEHIND
    if not before and not behind:
        yield CHARACTERS


def _kind(text: str, cut_off: bool) -> str:  # noqa: FBT001 - what was seen of it
    """Return what a text is instead of JSON."""
    if FATAL.search(text, 0, LOOKED_AT):
        return FATAL_ERROR
    if PAGE.search(text, 0, LOOKED_AT):
        return HTML
    return CUT_OFF if cut_off else NO_JSON
