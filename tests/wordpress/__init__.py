"""A real WordPress on loopback, from Debian's packages, with a data directory of its own."""
