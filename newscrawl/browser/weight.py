"""The memory that pages take in a browser: the process of one that takes too much is stopped."""

import asyncio
from contextlib import suppress

import psutil

KINDS = ("--type=renderer", "--type=utility")  # of a page, of what it loads
LOOK = 0.5  # seconds between two looks
MIB = 1024 * 1024


async def keep_light(most: int) -> None:
    """Stop each process of a page that takes more than `most` MiB, for ever; 0: no bound.

    It is a process that this one has started; the page is lost, and the browser goes on.
    """
    while most > 0:
        for process in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):  # it ended meanwhile
                if process.memory_info().rss > most * MIB and _is_of_a_page(process):
                    process.kill()
        await asyncio.sleep(LOOK)


def _is_of_a_page(process: psutil.Process) -> bool:
    return any(argument.startswith(KINDS) for argument in process.cmdline())
