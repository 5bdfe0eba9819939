"""HTTP headers as text (RFC 9110)."""

from collections.abc import Iterable


def headers_of(raw: Iterable[tuple[bytes, Iterable[bytes]]]) -> dict[str, str]:
    """Return HTTP headers as text, names in lower case, what is told twice joined (RFC 9110).

    >>> headers_of([(b"X-WP-Total", [b"7"]), (b"Link", [b"<a>", b"<b>"])])
    {'x-wp-total': '7', 'link': '<a>, <b>'}
    """
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1") for name, values in raw
    }
