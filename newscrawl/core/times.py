"""Times of a site: read as WordPress writes them, told in RFC 3339, turned into its local clock.

WordPress compares `after` and `before` with the site-local column, so a bound that is given in
UTC has to be turned into the clock of the site, which repeats an hour each autumn.
"""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

HOUR = timedelta(hours=1)
LONGEST_REPEAT = 3 * HOUR
EARLIEST, LATEST = 2, 9998  # years whose times can be told in any zone


def naive(value: object) -> datetime | None:
    """Return a WordPress date (``2024-05-16T07:53:48``), None for zero, false and the like.

    >>> naive("2024-05-16T07:53:48")
    datetime.datetime(2024, 5, 16, 7, 53, 48)
    >>> naive("-0001-11-30T00:00:00") is naive(False) is None
    True
    """
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
    return time if EARLIEST <= time.year <= LATEST else None


def utc(gmt: object, local: object, zone: tzinfo) -> str | None:
    """Return a time in RFC 3339, from its ``_gmt`` field or else from its local one.

    WordPress formats UTC times with the site's clock (``mysql_to_rfc3339()``), so those that fall
    into the hour which that clock skips in spring come an hour late; the local field tells.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> utc("2024-05-16T07:53:48", "2024-05-16T09:53:48", berlin)
    '2024-05-16T07:53:48Z'
    >>> utc(None, "2024-05-16T09:53:48", berlin)
    '2024-05-16T07:53:48Z'
    >>> utc("2022-03-27T03:09:10", "2022-03-27T04:09:10", berlin)
    '2022-03-27T02:09:10Z'
    """
    told, clock = naive(gmt), naive(local)
    derived = clock and clock.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    late = told and derived and derived < told and _skipped(derived, zone)
    time = derived if late or not told else told
    return time.isoformat() + "Z" if time else None


def _skipped(time: datetime, zone: tzinfo) -> bool:
    """Return whether a clock never shows this time: it lies in the hour that spring skips."""
    shown = time.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return shown.replace(tzinfo=None) != time


def rfc3339(time: datetime) -> str:
    """Return an aware time in UTC ending in ``Z``, to the second."""
    return time.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def moment(text: str) -> datetime:
    """Return the time that a user wrote, in UTC unless it has an offset; a date's first moment.

    Raise `ValueError`, which says what to write, for what is none.

    >>> rfc3339(moment("2024-05-16")), rfc3339(moment("2024-05-16T07:53:48+02:00"))
    ('2024-05-16T00:00:00Z', '2024-05-16T05:53:48Z')
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is not a date; write 2024-05-16 or 2024-05-16T07:53:48+02:00"
        ) from None
    if not EARLIEST < time.year < LATEST:
        raise ValueError(f"{text!r}: no site has posts of the year {time.year}")
    return time if time.tzinfo else time.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def zone_of(name: str, offset: str) -> tzinfo:
    """Return the zone of an index: `timezone_string`, else `gmt_offset` in hours, else UTC.

    >>> zone_of("Europe/Berlin", "1")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    >>> zone_of("", "5.5")
    datetime.timezone(datetime.timedelta(seconds=19800))
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a directory
        pass
    try:
        return timezone(float(offset) * HOUR)
    except (ValueError, OverflowError):
        return UTC


def local_span(
    after: datetime | None, before: datetime | None, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """Return site-local bounds, both exclusive, that hold every post from `after` to `before`.

    `after` is inclusive and `before` exclusive, both aware. Where the clock is about to repeat
    an hour the span is wider than asked for, and the reader leaves out what lies outside.
    """
    low = after and min(_local(after, zone), _local(after + LONGEST_REPEAT, zone) - LONGEST_REPEAT)
    high = before and max(
        _local(before, zone), _local(before - LONGEST_REPEAT, zone) + LONGEST_REPEAT
    )
    return low and low - timedelta(seconds=1), high


def _local(time: datetime, zone: tzinfo) -> datetime:
    return time.astimezone(zone).replace(tzinfo=None, microsecond=0)
