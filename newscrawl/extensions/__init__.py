"""What watches a crawl: the ledger, the progress, the feeds, the garbage collector."""
