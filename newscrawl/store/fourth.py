"""The fourth step of every store: what posts are in other languages."""

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.dialects.postgresql import JSONB

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def tell_translations(operations: Operations) -> None:
    """Let posts have translations; null says of one that was read before that nobody asked."""
    operations.add_column("posts", sa.Column("translations", JSON))
