"""A feed in the encoding that it has, whichever it declares."""

import re

from w3lib.encoding import http_content_type_encoding, resolve_encoding

from newscrawl.core.documents import Document

DECLARATION = re.compile(rb"<\?xml\b[^>]*\?>\s*")
STRAY = 0.1  # of the characters beyond ASCII
ROOT = re.compile(rb"<(?:\?xml|rss|rdf:RDF)\b")


def in_utf8(document: Document) -> bytes:
    """Return a feed in UTF-8, without its declaration and what stands before it (PHP's notices).

    What can be read as UTF-8 is, but for a byte here and there; else HTTP's word goes before the
    document's own (RFC 7303). Where it is not true of each byte the document is as it came.
    """
    found = ROOT.search(document.body)
    body = document.body[found.start() :] if found else document.body
    told = http_content_type_encoding(document.headers.get("content-type"))
    text = None if body.isascii() else _mostly_utf8(body) or _decoded(body, told)
    return DECLARATION.sub(b"", text.encode(), count=1) if text else body


def _mostly_utf8(body: bytes) -> str | None:
    """Return a text with U+FFFD in place of what is not UTF-8, None where that is not a little."""
    text = body.decode("utf-8", "replace")
    beyond = sum(not character.isascii() for character in text)
    return text if text.count("\ufffd") <= STRAY * beyond else None


def _decoded(body: bytes, encoding: str | None) -> str | None:
    """Return a text in an encoding, None where it is not in it."""
    try:
        return body.decode(resolve_encoding(encoding) or encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None
