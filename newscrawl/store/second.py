"""The second step of every store: authors, media, terms and comments that a site has no more."""

import sqlalchemy as sa
from alembic.operations import Operations

TABLES = ("authors", "media", "terms", "comments")


def tell_deleted(operations: Operations) -> None:
    """Let resources beside posts say when they were deleted."""
    for table in TABLES:
        operations.add_column(table, sa.Column("deleted", sa.Text))
