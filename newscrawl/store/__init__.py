"""The store: the whole site in a database, what changed since, and what became of each crawl."""
