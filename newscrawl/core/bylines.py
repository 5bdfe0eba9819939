"""Who wrote a post, as plugins tell it in the post's own document: all authors, in order.

PublishPress Authors has a field `authors` of objects; Co-Authors Plus has `coauthors`, ids of its
terms or, on sites that override the field, objects; Yoast SEO has the authors of the article in
its schema.org graph (``yoast_head_json.schema``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.place import Resource, text_of
from newscrawl.core.values import address, identifier, identifiers, mapping, string
from newscrawl.items import Name

ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle"})
FIELDS = ("authors", "coauthors")
SCHEMA_FIELD = "yoast_head_json.schema"


def authors_told(resource: Resource) -> list[Name]:
    """Return all authors that a post's fields name, in order; none where it tells ids only."""
    for field in FIELDS:
        told = resource.get(field)
        names = [name for row in told if (name := _name(row))] if isinstance(told, list) else []
        if names:
            return names
    schema = authors_of_schema(resource)
    return schema if len(schema) > 1 else []


def coauthor_terms(resource: Resource) -> list[int]:
    """Return the ids of the terms that stand for a post's authors (Co-Authors Plus)."""
    told = resource.get("coauthors")
    return identifiers(told) if isinstance(told, list) else []


def authors_of_schema(resource: Resource) -> list[Name]:
    """Return the authors of the article in Yoast's schema.org graph."""
    schema = mapping(mapping(resource.get("yoast_head_json")).get("schema"))
    graph = schema.get("@graph")
    nodes = [mapping(node) for node in graph] if isinstance(graph, list) else []
    persons = {str(node.get("@id")): node for node in nodes if "Person" in _types(node)}
    for node in nodes:
        if ARTICLES & set(_types(node)):
            return [name for author in _list(node.get("author")) if (name := _of(author, persons))]
    return []


def coauthor_of(row: Resource, users: Mapping[str, Name]) -> Name:
    """Return an author of ``coauthors/v1/coauthors`` (Co-Authors Plus).

    Its `id` is that of a user or of a guest's profile; only a user's slug is among the users'.
    """
    told = _name(row)
    slug = string(row.get("user_nicename"))
    if told is None:
        return Name(id=None, name=None, slug=slug, url=None)
    user = users.get(slug or "")
    return user if user and user["id"] == identifier(row.get("id")) else told | {"id": None}


def _name(row: object) -> Name | None:
    """Return the name of an author whom a plugin tells as an object."""
    author = mapping(row)
    name = text_of(author.get("display_name")) or text_of(author.get("name"))
    if not name:
        return None
    user = identifier(author.get("user_id"))
    return Name(
        id=user,
        name=name,
        slug=string(author.get("slug")) or string(author.get("user_nicename")),
        url=address(author.get("link")) or address(author.get("author_url")),
    )


def _of(author: object, persons: Mapping[str, Mapping[str, Any]]) -> Name | None:
    told = mapping(author)
    person = persons.get(str(told.get("@id")), told)
    name = text_of(told.get("name")) or text_of(person.get("name"))
    return Name(id=None, name=name, slug=None, url=address(person.get("url"))) if name else None


def _types(node: Mapping[str, Any]) -> Iterator[str]:
    return (str(type_) for type_ in _list(node.get("@type")))


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value is not None else []
