"""Where a crawl may go: the site's own hosts, by http or https, and no private network.

An address that a site writes (a link, a redirect, an advertised API) is a claim of the site's.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import tldextract

LONGEST_ADDRESS = 8_000  # characters; servers refuse longer request lines
PORTS = {"http": 80, "https": 443}
NAT64 = IPv6Network("64:ff9b::/96")
NOT_HTTP = "no http or https address"
TOO_LONG = f"an address of more than {LONGEST_ADDRESS:,} characters"
ELSEWHERE = "another site's host; to crawl it, give its address"
PRIVATE = "a private address, which a public site has no business to name"
_domains = tldextract.TLDExtract(
    cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True
)


def objection(url: str, own: Iterable[str]) -> str | None:
    """Return why an address is not to be asked for beside a site's `own` ones, None if it may be.

    Own are addresses of the same registrable domain (``www.`` and language hosts) at a usual
    port, and of the same host and port.

    >>> objection("https://www.news.example/a", ["http://news.example/"]) is None
    True
    >>> objection("http://169.254.169.254/latest/", ["http://news.example/"])
    "another site's host; to crawl it, give its address"
    """
    if len(url) > LONGEST_ADDRESS:
        return TOO_LONG
    asked = _parts(url)
    if asked is None:
        return NOT_HTTP
    known = [parts for address in own if (parts := _parts(address))]
    return None if any(_is_of(asked, parts) for parts in known) else ELSEWHERE


def own_hosts(own: Iterable[str]) -> list[str]:
    """Return the hosts that belong to `own` addresses: each one's, and what is below its domain.

    >>> own_hosts(["https://www.news.example/"])
    ['*.news.example', 'news.example', 'www.news.example']
    >>> own_hosts(["http://127.0.0.1:8080/"])
    ['127.0.0.1']
    """
    hosts = {host for address in own if (host := host_of(address))}
    domains = {_domain(host) for host in hosts if not is_literal(host)}
    return sorted(hosts | domains | {f"*.{domain}" for domain in domains})


def is_private(address: str) -> bool:
    """Return whether an IP address is of no public host: private, loopback, link-local, reserved.

    >>> [is_private(address) for address in ("10.0.0.1", "169.254.169.254", "::1", "8.8.8.8")]
    [True, True, True, False]
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _translated(ip)
        if inner is not None:
            return is_private(str(inner))
    return not ip.is_global or ip.is_multicast


def _translated(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for (NAT64, RFC 6052)."""
    return IPv4Address(ip.packed[-4:]) if ip in NAT64 else None


def web_address(url: str, base: str = "") -> str | None:
    """Return an address of http or https as it is seen from `base`, None for what is none.

    >>> web_address("/one/", "https://a.example/en/"), web_address("http://[bad/")
    ('https://a.example/one/', None)
    """
    try:
        seen = urljoin(base, url.strip())
    except ValueError:
        return None
    return seen if url.strip() and _parts(seen) else None


def uncounted(url: str) -> str:
    """Return an address without what is added to count readers (``utm_source=rss``).

    >>> uncounted("https://a.example/?p=7&utm_source=rss&utm_medium=rss#more")
    'https://a.example/?p=7#more'
    """
    before, mark, behind = url.partition("?")
    query, hash_, fragment = behind.partition("#")
    kept = "&".join(pair for pair in query.split("&") if not pair.startswith("utm_"))
    return f"{before}{mark if kept else ''}{kept}{hash_}{fragment}"


def has_usual_port(url: str) -> bool:
    """Return whether an address is at a port of the web."""
    parts = _parts(url)
    return parts is not None and _is_usual(parts)


def host_of(url: str) -> str:
    """Return the host of an address, '' where it has none."""
    parts = _parts(url)
    return (parts.hostname or "") if parts else ""


def authority_of(url: str) -> str:
    """Return by what name a host is known: without ``www.``, with its port where it is unusual.

    >>> authority_of("https://www.news.example:443/a"), authority_of("http://127.0.0.1:8080/")
    ('news.example', '127.0.0.1:8080')
    """
    parts = _parts(url)
    if not parts:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return host if _is_usual(parts) else f"{host}:{parts.port}"


def is_literal(host: str) -> bool:
    """Return whether a host is an IP address itself."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in PORTS and parts.hostname else None


def _is_of(asked: SplitResult, own: SplitResult) -> bool:
    if asked.hostname == own.hostname:
        return _port(asked) == _port(own) or (_is_usual(asked) and _is_usual(own))
    same = _domain(asked.hostname or "") == _domain(own.hostname or "")
    return same and _is_usual(asked) and _is_usual(own)


def _domain(host: str) -> str:
    """Return the registrable domain of a host; of one below no public suffix all of it."""
    return _domains(host).top_domain_under_public_suffix or host.removeprefix("www.")


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _is_usual(parts: SplitResult) -> bool:
    return _port(parts) in PORTS.values()
