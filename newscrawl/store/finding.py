"""Which post of a store is meant by an address, a GUID, a shortlink or an id."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from newscrawl.core.documents import BadArgument
from newscrawl.core.identity import guid_key
from newscrawl.core.salvage import SURROGATE
from newscrawl.store.tables import POSTS, SITES

SHORTLINK_IDS = ("p", "page_id", "attachment_id")
LARGEST = 2**63 - 1
AT_A_TIME = 1_000  # addresses
NOWHERE = "{told}: the store has no such post; give its address, its GUID or its id"
SEVERAL = "{told}: the store has {count} such posts; give the address or the GUID of one:\n{posts}"
COLUMNS = (
    *(POSTS.c[name] for name in ("pk", "type", "id", "guid", "url", "title", "deleted")),
    SITES.c.home,
)


def find_post(connection: Connection, told: str) -> RowMapping:
    """Return the post that is meant: `pk`, `type`, `id`, `guid`, `url`, `title`, `deleted`, `home`.

    Raise `BadArgument` if there is none, or several: it names them then.
    """
    if SURROGATE.search(told):  # a byte that is no UTF-8: no database takes it
        raise BadArgument(NOWHERE.format(told=ascii(told)))
    keys = {guid_key(told), guid_key(f"//{told}")}
    ways = _by_id(told) if told.isascii() and told.isdecimal() else _by_address(connection, keys)
    for condition in ways:
        found = _posts(connection, condition)
        if len(found) == 1:
            return found[0]
        if found:
            posts = "\n".join(f"  {row['url']}  {row['guid']}  {row['title']}" for row in found)
            raise BadArgument(SEVERAL.format(told=told, count=len(found), posts=posts))
    raise BadArgument(NOWHERE.format(told=told))


def _posts(connection: Connection, condition: ColumnElement[bool]) -> Sequence[RowMapping]:
    query = select(*COLUMNS).join(SITES, SITES.c.pk == POSTS.c.site).where(condition)
    return connection.execute(query.order_by(POSTS.c.pk)).mappings().all()


def _by_id(told: str) -> Iterator[ColumnElement[bool]]:
    if int(told) <= LARGEST:
        yield POSTS.c.id == int(told)


def _by_address(connection: Connection, keys: set[str]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that may hold, the surest first: a GUID is of one post of a site.

    A query that names no post (``?utm_source=``) is left out at last.
    """
    yield POSTS.c.guid_key.in_(keys)
    yield _is_at(connection, keys)
    for key in keys:
        home, _, query = key.partition("?")
        asked = parse_qs(query)
        for id_ in (asked[name][0] for name in SHORTLINK_IDS if name in asked):
            for condition in _by_id(id_) if id_.isascii() and id_.isdecimal() else ():
                yield condition & (SITES.c.key == home)
    if bare := {key.partition("?")[0].rstrip("/") for key in keys if "?" in key} - {""}:
        yield _is_at(connection, bare)


def _is_at(connection: Connection, keys: set[str]) -> ColumnElement[bool]:
    """Return the condition of posts at the addresses with these keys."""
    wanted = {unquote(key) for key in keys}
    streamed = {"yield_per": AT_A_TIME}
    rows = connection.execute(select(POSTS.c.pk, POSTS.c.url), execution_options=streamed)
    return POSTS.c.pk.in_([pk for pk, url in rows if url and unquote(guid_key(url)) in wanted])
