"""A WordPress of the tests, by hand: ``python -m tests.wordpress DIRECTORY``."""

import argparse
import signal
import sys
from pathlib import Path

from tests.wordpress.site import Testbed


def main() -> None:
    """Serve a seeded site until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.wordpress", description=main.__doc__)
    parser.add_argument("directory", type=Path, help="a new directory for its data")
    parser.add_argument("--posts", type=int, default=2000, help="default: %(default)s")
    options = parser.parse_args()
    testbed = Testbed(options.directory.absolute())
    try:
        testbed.lay()
        site = testbed.add("news")
        site.php("seed.php", str(options.posts))
        testbed.web.start()
        sys.stdout.write(f"{site.url} (Ctrl-C stops it)\n")
        sys.stdout.flush()
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        signal.pause()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    finally:
        testbed.stop()


if __name__ == "__main__":
    main()
