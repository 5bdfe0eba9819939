"""What stands between the crawl and the network: the fence, the retries, the pace."""
