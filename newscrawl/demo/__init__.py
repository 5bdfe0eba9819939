"""A small recorded site, served on loopback as WordPress serves it: for a demo without network."""
