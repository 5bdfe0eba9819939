"""In which language a post is, and what it is in others, as plugins of several languages tell.

Polylang Pro has the fields `lang` and `translations`, ids by the slug of a language; what adds such
fields to Polylang and to WPML has a list of objects, or an object of them by language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.identity import below_host
from newscrawl.core.languages import tag_of
from newscrawl.core.values import address, identifier, mapping, string
from newscrawl.items.parts import Translation

LANGUAGE = ("lang", "polylang_current_lang", "wpml_current_locale", "language_code")
TRANSLATIONS = ("translations", "polylang_translations", "wpml_translations")
NAMES = ("locale", "lang", "language_code")  # of the language of a translation
IDS = ("id", "element_id")
ADDRESSES = ("href", "permalink", "url")


def language_told(resource: Mapping[str, Any]) -> str | None:
    """Return the language that a plugin tells of a post, BCP 47; None where none does.

    >>> language_told({"wpml_current_locale": "pt_BR"}), language_told({"lang": False})
    ('pt-BR', None)
    """
    told = (tag_of(string(resource.get(name))) for name in LANGUAGE)
    return next(filter(None, told), None)


def translations_told(resource: Mapping[str, Any]) -> list[Translation]:
    """Return what plugins tell of a post in other languages, each once and the post itself not.

    >>> translations_told({"id": 1, "translations": {"en": 1, "fr": "2", "de": False}})
    [{'lang': 'fr', 'id': 2, 'url': None}]
    """
    told = (one for name in TRANSLATIONS for one in _entries(resource.get(name)))
    return once(one for one in told if one["id"] != resource.get("id"))


def once(translations: Iterable[Translation]) -> list[Translation]:
    """Return the translations that lead anywhere, each once: the first that has an id or address.

    >>> once([{"lang": "fr", "id": 2, "url": None}, {"lang": "fr-FR", "id": 2, "url": None}])
    [{'lang': 'fr', 'id': 2, 'url': None}]
    """
    found = {one["id"] or one["url"]: one for one in reversed(list(translations))}
    return [one for target, one in reversed(found.items()) if target]


def counted(translations: Iterable[Translation]) -> list[str]:
    """Return what counts of translations, in any order: language, and id or else address."""
    return sorted(
        f"{one['lang']} {one['id'] or below_host(one['url'] or '')}" for one in translations
    )


def _entries(told: object) -> Iterator[Translation]:
    """Yield the translations of a field: a list of objects, or objects or ids by language."""
    named = told.items() if isinstance(told, Mapping) else ()
    listed = ((None, part) for part in told) if isinstance(told, list) else named
    for name, part in listed:
        facts = mapping(part)
        names = [*_of(facts, NAMES), name]
        yield Translation(
            lang=next(filter(None, (tag_of(string(text)) for text in names)), None),
            id=next(filter(None, map(identifier, [*_of(facts, IDS), part])), None),
            url=next(filter(None, map(address, _of(facts, ADDRESSES))), None),
        )


def _of(facts: Mapping[str, Any], names: Sequence[str]) -> list[object]:
    return [facts.get(name) for name in names]
