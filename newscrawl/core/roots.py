"""The API root of a site, in both forms that WordPress gives it, and the routes below it.

With pretty permalinks the root is ``https://site/wp-json/``; with plain ones it is
``https://site/?rest_route=/`` (``get_rest_url()`` in wp-includes/rest-api.php).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit, urlunsplit

ROUTE_PARAMETER = "rest_route"
LANGUAGE_PARAMETER = "lang"


@dataclass(frozen=True, slots=True)
class ApiRoot:
    """Where the REST API of a site answers; `url` is the index, with a trailing slash.

    `hosts` are those by which the site knows itself, in lower case; none means that any will do.
    `lang` is the language that each address asks for, '' for none (WPML: ``/wp-json/?lang=es``).
    """

    url: str
    hosts: frozenset[str] = frozenset()
    lang: str = ""

    def known_by(self, *addresses: str) -> "ApiRoot":
        """Return the root of a site that also answers to the hosts of these addresses."""
        hosts = map(_netloc, (self.url, *addresses))
        return replace(self, hosts=frozenset(_bare(host) for host in hosts if host))

    @classmethod
    def of(cls, url: str) -> "ApiRoot":
        """Return the root for the address of an index, whatever its query asks for but `lang`.

        >>> ApiRoot.of("https://a.example/wp-json?_fields=name").url
        'https://a.example/wp-json/'
        >>> ApiRoot.of("https://a.example/index.php?rest_route=/&_fields=name").url
        'https://a.example/index.php?rest_route=/'
        """
        parts = urlsplit(url)
        query = parse_qs(parts.query)
        lang = query.get(LANGUAGE_PARAMETER, [""])[0]
        if ROUTE_PARAMETER in query:
            bare = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
            return cls(f"{bare}?{ROUTE_PARAMETER}=/", lang=lang)
        path = parts.path.rstrip("/") + "/"
        return cls(urlunsplit((parts.scheme, parts.netloc, path, "", "")), lang=lang)

    @property
    def index(self) -> str:
        """Return the address of the index.

        >>> ApiRoot.of("https://a.example/wp-json?lang=es&_fields=name").index
        'https://a.example/wp-json/?lang=es'
        """
        return self.address("")

    def address(self, route: str, parameters: Mapping[str, object] | None = None) -> str:
        """Return the address of a route such as ``wp/v2/posts`` with its query.

        >>> ApiRoot("https://a.example/wp-json/").address("wp/v2/posts", {"include": "1,2"})
        'https://a.example/wp-json/wp/v2/posts?include=1,2'
        >>> ApiRoot("https://a.example/?rest_route=/").address("wp/v2/posts", {"page": 2})
        'https://a.example/?rest_route=/wp/v2/posts&page=2'
        """
        address = self.url + quote(route.lstrip("/"), safe="/%")
        asked = {LANGUAGE_PARAMETER: self.lang} if self.lang else {}
        query = urlencode(asked | dict(parameters or {}), safe=",:")
        if not query:
            return address
        separator = "&" if f"?{ROUTE_PARAMETER}=" in self.url else "?"
        return f"{address}{separator}{query}"

    def route(self, href: str) -> str:
        """Return the route that an address below any root names, '' when it names none.

        WordPress writes every href with the configured home, whatever host was asked, so the
        route is taken by its form where the host is one of the site's own.

        >>> root = ApiRoot("https://a.example/wp-json/")
        >>> root.route("http://old.example/wp-json/wp/v2/tags?post=4")
        'wp/v2/tags'
        >>> root.route("http://a.example/index.php?rest_route=%2Fwp%2Fv2%2Fcomments&post=4")
        'wp/v2/comments'
        >>> root.route("https://elsewhere.example/")
        ''
        """
        try:
            parts = urlsplit(href)
        except ValueError:  # "Invalid IPv6 URL", written by hand or by a plugin
            return ""
        if self.hosts and _bare(parts.netloc) not in self.hosts:
            return ""
        for name, value in parse_qsl(parts.query):
            if name == ROUTE_PARAMETER:
                return value.strip("/")
        _, found, route = parts.path.partition(f"/{self._prefix()}/")
        return route.strip("/") if found else ""

    def here(self, href: str) -> str:
        """Return an address below any root as it is below this one, '' for any other.

        >>> root = ApiRoot("https://a.example/?rest_route=/")
        >>> root.here("http://old.example/wp-json/acme/v1/sizes?of=4")
        'https://a.example/?rest_route=/acme/v1/sizes&of=4'
        """
        route = self.route(href)
        query = [pair for pair in parse_qsl(urlsplit(href).query) if pair[0] != ROUTE_PARAMETER]
        return self.address(route, dict(query)) if route else ""

    def has(self, url: str) -> bool:
        """Return whether an address is below this root."""
        return url.startswith(self.url)

    @property
    def answers_pages(self) -> bool:
        """Whether the site's own pages answer at the root's host."""
        return bool(self.url)

    def _prefix(self) -> str:
        """Return the last segment of a pretty root; sites may rename it (``rest_url_prefix``)."""
        if f"?{ROUTE_PARAMETER}=" in self.url:
            return "wp-json"
        return urlsplit(self.url).path.rstrip("/").rsplit("/", 1)[-1]


def _netloc(address: str) -> str:
    """Return the host and port of an address, '' of what is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _bare(netloc: str) -> str:
    """Return a host and port without what does not count: case, ``www.``."""
    return netloc.lower().removeprefix("www.")
