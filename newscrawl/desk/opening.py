"""Whether a store can be written, seen before the first request."""

from newscrawl.store.database import StoreError, open_store


def complaint(told: str) -> str | None:
    """Return why a store cannot be written, None if it can; one that is not there is made."""
    try:
        open_store(told).dispose()
    except StoreError as error:
        return f"store: {error}"
    return None
