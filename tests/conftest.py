"""What every test may ask for: a real WordPress, and a network that ends at this machine."""

import fcntl
import os
import random
import shutil
import socket
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.bent import COPIES, Bend, Bending, Bent, later
from tests.crawls import Crawl, crawl
from tests.fed import Fed
from tests.living import Living
from tests.wordpress.packages import MissingError
from tests.wordpress.postgresql import PostgreSQL
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

REQUIRED = "NEWSCRAWL_REQUIRE_WORDPRESS"  # set: a missing WordPress is a failure, not a skip
APART = 100_000  # the ids of one copy of a recorded site and those of the next
LOUD = "NO REAL WORDPRESS, its tests were skipped"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - names of this machine
missing: list[str] = []

# The suite draws the same examples each time, so that it is red for a change and not for a draw.
# New ones are sought by hand: pytest --hypothesis-profile=explore tests/normalize/test_safety.py
settings.register_profile("steady", max_examples=300, deadline=None, derandomize=True)
settings.register_profile("explore", max_examples=15_000, deadline=None)
settings.load_profile("steady")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that measures have the machine for itself, in whichever process it runs.

    It takes the hall alone, the others share it; who waits at the gate lets nobody pass.
    """
    alone = item.get_closest_marker("measures") is not None
    with _in_the_hall(fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
        return (yield)


@contextmanager
def _in_the_hall(kind: int) -> Iterator[None]:
    folder = Path(tempfile.gettempdir())
    with (
        (folder / "newscrawl-tests.gate").open("w") as gate,
        (folder / "newscrawl-tests.hall").open("w") as hall,
    ):
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(hall, kind)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield


class ClosedNetworkError(OSError):
    """A test reached for another machine."""


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Refuse every connection of the test process that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - as socket has it
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            raise ClosedNetworkError(f"the tests' network is closed: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def recording() -> Recording:
    """Return the small site that the demo serves."""
    return Recording.load(files("newscrawl.demo") / "site")


@pytest.fixture(scope="session")
def grown(recording: Recording) -> Recording:
    """Return the recorded site with twelve times as many posts, most with an image of their own."""
    rows = recording.collections
    posts = [_copied(row, copy) for copy in range(COPIES) for row in rows["posts"]]
    media = [_copied(row, copy) for copy in range(COPIES) for row in rows["media"]]
    return replace(recording, collections={**rows, "posts": posts, "media": media})


def _copied(row: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return a copy of a post or an image, older than it and with ids of its own."""
    id_ = row["id"] + APART * copy
    image = row.get("featured_media")
    own = {"id": id_, "slug": f"{row['slug']}-{copy}"}
    carried = {"featured_media": image + APART * copy if id_ % 7 else 0} if image else {}
    guid = {"guid": {"rendered": f"http://example.org/?p={id_}"}}
    return later(row, -400 * copy) | own | carried | guid


@pytest.fixture
def bent(recording: Recording, tmp_path: Path) -> Bending:
    """Return a function that crawls the recorded site, bent."""

    def crawled(bend: Bend, *options: str, **arguments: object) -> Crawl:
        with serving(Bent(recording, bend)) as url:
            return crawl(tmp_path / "posts.jsonl", *options, **{"site": url} | arguments)

    return crawled


@pytest.fixture(scope="session")
def testbed() -> Iterator[Testbed]:
    """Return a database and a web server, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-wordpress-"))
    try:
        bed = Testbed(folder)
        bed.lay()
    except MissingError as error:
        missing.append(str(error))
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, and there is no real WordPress: {error}")
        pytest.skip(f"{LOUD}: {error}")
    yield bed
    bed.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql(testbed: Testbed) -> Iterator[PostgreSQL]:
    """Return a PostgreSQL server, stopped at the end; what it needs came with the test bed."""
    server = PostgreSQL(testbed.folder / "postgresql")
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.database(f"news_{random.getrandbits(40):x}")


@pytest.fixture(scope="session")
def wordpress(testbed: Testbed) -> WordPressSite:
    """Return a news site of 2,000 posts of every status, not to be changed by a test."""
    return testbed.seeded("news", 2000)


@pytest.fixture(scope="session")
def truth(wordpress: WordPressSite) -> Truth:
    """Return what the database says of the news site."""
    return Truth(wordpress)


@pytest.fixture
def living(recording: Recording, tmp_path: Path) -> Iterator[Living]:
    site = Living(recording, tmp_path)
    with serving(site) as site.url:
        yield site


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that the real WordPress was missing."""
    for reason in missing[:1]:
        terminalreporter.write_line(f"{LOUD}: {reason}", red=True, bold=True)


@pytest.fixture
def crawled(fed: Fed, tmp_path: Path) -> Callable[..., Crawl]:
    """Return a function that crawls the recorded site that a module closes in its own way."""

    def crawled(*options: str, **arguments: object) -> Crawl:
        with serving(fed) as url:
            return crawl(tmp_path / "posts.jsonl", *options, site=url, **arguments)

    return crawled
