"""A WordPress of the tests, by hand: ``python -m tests.wordpress up DIRECTORY``."""

import argparse
import signal
from pathlib import Path

from tests.wordpress.site import Testbed, WordPressSite


def main() -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tests.wordpress", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("up", help=up.__doc__, description=up.__doc__)
    command.add_argument("directory", type=Path, help="a new directory for its data")
    command.add_argument("--port", type=int, default=8081, help="default: %(default)s")
    command.add_argument("--posts", type=int, default=2000, help="default: %(default)s")
    options = parser.parse_args()
    up(options.directory.absolute(), options.port, options.posts)


def up(directory: Path, port: int, posts: int) -> None:
    """Serve a seeded news site until Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    testbed = Testbed(directory)
    try:
        site = seeded(testbed, port, posts)
        print(f"{site.url} (Ctrl-C stops it)", flush=True)
        signal.pause()
    except KeyboardInterrupt:
        print()
    finally:
        testbed.stop()


def seeded(testbed: Testbed, port: int, posts: int) -> WordPressSite:
    """Return a news site that answers."""
    testbed.lay()
    site = testbed.add("news", port=port)
    site.php("seed.php", str(posts))
    testbed.web.start()
    return site


if __name__ == "__main__":
    main()
