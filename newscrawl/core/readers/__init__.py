"""How each document is read: generators `(Site, Document, Link) -> Item | Link`."""
