"""Newscrawl: a WordPress news site, whole, by the graph that WordPress itself publishes."""
