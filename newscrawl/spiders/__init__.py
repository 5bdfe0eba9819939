"""The spiders: a link becomes a request, a response becomes a document, and nothing more."""
