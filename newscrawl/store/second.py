"""The second step of every store: resources that a site has no more, and what a feed ended with."""

import sqlalchemy as sa
from alembic.operations import Operations

TABLES = ("authors", "media", "terms", "comments")


def tell_deleted(operations: Operations) -> None:
    """Let resources beside posts say when they were deleted, and feeds be known again."""
    for table in TABLES:
        operations.add_column(table, sa.Column("deleted", sa.Text))
    operations.add_column("feeds", sa.Column("tail", sa.Text))
