"""A proxy before a real WordPress: what sites do to their answers, and a log of what is asked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from time import monotonic
from urllib.parse import parse_qsl, urlsplit

KEPT = ("content-type", "link", "location", "x-wp-total", "x-wp-totalpages", "date")


@dataclass(frozen=True)
class Asked:
    """A request: its path, the route below wp/v2, its query, and how often it came.

    `number` counts all requests for the API, `again` those for this address before.
    """

    path: str
    route: str
    query: Mapping[str, str]
    number: int
    again: int

    @property
    def is_api(self) -> bool:
        """Return whether the API is asked for, in either form of its address."""
        return "/wp-json" in self.path or "rest_route=" in self.path


@dataclass(frozen=True)
class Answer:
    """An answer; only `sent` of its bytes arrive, after `delay` seconds. None at all: a reset."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    sent: int | None = None
    delay: float = 0.0
    is_reset: bool = False

    def with_(self, body: bytes, **headers: str) -> "Answer":
        """Return the answer with another body, and with these headers beside its own."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, body=body, headers={**self.headers, **told})


@dataclass
class Entry:
    """A request as the proxy saw it come and go; times are in seconds."""

    came: float
    path: str
    agent: str = ""
    status: int = 0
    went: float = 0.0


Inject = Callable[[Asked, Answer], Answer]


@dataclass
class Proxy:
    """The proxy: its address and its log."""

    url: str
    log: list[Entry] = field(default_factory=list)

    def of(self, part: str) -> list[Entry]:
        """Return the requests whose address holds a part."""
        return [entry for entry in self.log if part in entry.path]


@contextmanager
def faulty(port: int, inject: Inject) -> Iterator[Proxy]:
    """Serve the site at a port of this machine through a fault; yield the proxy."""
    counted: Counter[str] = Counter()
    lock, ended = Lock(), Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are sent apart: the body waits 40 ms else

        def do_GET(self) -> None:
            entry = Entry(monotonic(), self.path, self.headers.get("User-Agent", ""))
            with lock:
                proxy.log.append(entry)
                asked = _asked(self.path, counted)
            answer = inject(
                asked, _upstream(port, self.path, self.headers.get("Authorization", ""))
            )
            ended.wait(answer.delay)
            entry.status = 0 if answer.is_reset else answer.status
            entry.went = monotonic()
            self._answer(answer)

        def _answer(self, answer: Answer) -> None:
            if answer.is_reset:
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body[: answer.sent])
            self.close_connection = self.close_connection or answer.sent is not None

        def log_message(self, *_: object) -> None:
            """Log nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        proxy = Proxy(f"http://127.0.0.1:{server.server_port}/")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            ended.set()
            server.shutdown()
            thread.join()


def _asked(path: str, counted: Counter[str]) -> Asked:
    parts = urlsplit(path)
    route = parts.path.partition("/wp-json/wp/v2/")[2]
    counted[path] += 1
    counted["all of the API"] += "/wp-json" in path or "rest_route=" in path
    return Asked(
        path,
        route,
        dict(parse_qsl(parts.query)),
        counted["all of the API"],
        counted[path] - 1,
    )


def _upstream(port: int, path: str, password: str) -> Answer:
    """Return what the site itself answers; it is asked by the name that it knows itself by."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": f"127.0.0.1:{port}"} | ({"Authorization": password} if password else {})
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    headers = {name: value for name, value in response.getheaders() if name.lower() in KEPT}
    answer = Answer(response.status, response.read(), headers)
    connection.close()
    return answer
