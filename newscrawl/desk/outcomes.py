"""How a command that works on a store ends: with a status, and a line that says why."""

import os
import sys
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from newscrawl.core.documents import BadArgument
from newscrawl.core.endings import BAD_ARGUMENTS, DIED
from newscrawl.store.database import StoreError, complaint_of

DONE = 0


def status_of(command: str, work: Callable[[], int]) -> int:
    """Return the exit status of some work: its own, 1 if it broke, 2 if it was asked wrongly."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # it is a stream
    try:
        status = work()
        sys.stdout.flush()
    except (StoreError, BadArgument) as error:
        return _told(command, str(error), BAD_ARGUMENTS)
    except BrokenPipeError:  # who reads has enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DIED
    except DBAPIError as error:
        return _told(command, f"the store failed: {complaint_of(error)}", DIED)
    except OSError as error:
        return _told(command, f"{error.filename or 'a file'}: {error.strerror}", DIED)
    except KeyboardInterrupt:
        return _told(command, "interrupted", DIED)
    return status


def _told(command: str, complaint: str, status: int) -> int:
    sys.stderr.write(f"scrapy {command}: {complaint}\n")
    return status
