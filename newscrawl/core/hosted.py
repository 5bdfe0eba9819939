"""The API root of a site that WordPress.com hosts: a proxy, one host for all sites.

Its index is ``https://public-api.wordpress.com/wp-json/?rest_route=/sites/ID/``, which is what such
a site advertises; the routes name the site behind their namespace (``/wp/v2/sites/ID/posts``).
Source: ``WpComDotOrgApiUrlResolver`` of https://github.com/Automattic/wordpress-rs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from newscrawl.core.roots import ROUTE_PARAMETER, ApiRoot

PROXY = "https://public-api.wordpress.com/"
DOMAIN = ".wordpress.com"
OF_A_SITE = re.compile(rf"[?&]{ROUTE_PARAMETER}=(?:/|%2F)sites(?:/|%2F)([\w.-]+)", re.IGNORECASE)
ROUTE = re.compile(r"^/(?P<namespace>[^/]+/v\d+)/sites/[\w.-]+/(?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class HostedRoot(ApiRoot):
    """Where the proxy answers for a site; `site` is its id, or its domain."""

    site: str = ""

    def address(self, route: str, parameters: Mapping[str, object] | None = None) -> str:
        """Return the address of a route such as ``wp/v2/posts`` with its query.

        >>> root_of("https://public-api.wordpress.com/wp-json/?rest_route=/sites/7").address(
        ...     "wp/v2/posts", {"page": 2}
        ... )
        'https://public-api.wordpress.com/wp/v2/sites/7/posts?page=2'
        """
        name, version, *rest = [*route.strip("/").split("/"), ""]
        query = urlencode(parameters or {}, safe=",:")
        if not version:
            return f"{self.url}&{query}" if query else self.url
        path = "/".join(["", name, version, "sites", self.site, *rest]).rstrip("/")
        return urlunsplit((*urlsplit(self.url)[:2], quote(path, safe="/%"), query, ""))

    def route(self, href: str) -> str:
        """Return the route that an address names, '' when it names none, or another site's.

        >>> root = root_of("https://public-api.wordpress.com/wp-json/?rest_route=/sites/7/")
        >>> root.route("https://public-api.wordpress.com/wp/v2/sites/7/comments?post=4")
        'wp/v2/comments'
        """
        found = ROUTE.match(urlsplit(href).path) if self.has(href) else None
        return f"{found['namespace']}/{found['rest']}".rstrip("/") if found else ""

    def has(self, url: str) -> bool:
        """Return whether an address is below this root."""
        return f"/sites/{self.site}/" in url and urlsplit(url).netloc == urlsplit(self.url).netloc

    @property
    def answers_pages(self) -> bool:
        """Whether the site's own pages answer at the root's host."""
        return False


def root_of(url: str) -> ApiRoot:
    """Return the root for the address of an index.

    >>> root_of("https://a.example/?rest_route=/").url
    'https://a.example/?rest_route=/'
    """
    site = OF_A_SITE.search(url)
    if site is None:
        return ApiRoot.of(url)
    bare = urlunsplit((*urlsplit(url)[:3], "", ""))
    return HostedRoot(f"{bare}?{ROUTE_PARAMETER}=/sites/{site[1]}/", site=site[1])


def is_hosted(url: str) -> bool:
    """Return whether an address is of the index of a site of the proxy."""
    return OF_A_SITE.search(url) is not None


def proxied(host: str) -> str | None:
    """Return where the index of a site on a host of WordPress.com's is, None for any other host.

    >>> proxied("news.wordpress.com")
    'https://public-api.wordpress.com/wp-json/?rest_route=/sites/news.wordpress.com/'
    """
    told = f"{PROXY}wp-json/?{ROUTE_PARAMETER}=/sites/{host}/"
    return told if host.endswith(DOMAIN) and host != f"public-api{DOMAIN}" else None
