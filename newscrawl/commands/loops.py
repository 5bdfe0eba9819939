"""The event loop of a command that crawls."""

import asyncio

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object


def begin_loop(settings: BaseSettings | None) -> None:
    """Begin the event loop that the settings name, if they name one.

    Scrapy would begin another one first and drop it (``set_asyncio_event_loop()``), which prints a
    traceback where it is collected after its sockets.
    """
    if settings and settings["ASYNCIO_EVENT_LOOP"]:
        asyncio.set_event_loop(load_object(settings["ASYNCIO_EVENT_LOOP"])())
