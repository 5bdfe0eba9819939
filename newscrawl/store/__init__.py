"""The store: the whole site in a database, what changed since, and what became of each crawl."""

import logging

logging.getLogger("alembic").setLevel(logging.WARNING)  # at INFO it tells each plugin that it loads
