"""The language of a post: the site's word, checked against the post's own; and its translations."""

import json
from typing import Any

import pytest

from newscrawl.core.languages import language_of
from newscrawl.core.memory import trace_of
from newscrawl.core.translations import language_told, translations_told
from newscrawl.demo.recording import Recording
from newscrawl.items.parts import Translation
from tests.bent import Bending, on_rows
from tests.living import Living

RUSSIAN = "Министр приехал в город вечером и говорил с жителями о новой дороге у реки. " * 4
PERSIAN = "او به کتاب‌خانه می‌رود و خبرهای شهر را می‌خواند تا مردم بدانند چه شده است. " * 4
GERMAN = "Der Bürgermeister sprach am Abend mit den Leuten über die neue Straße am Fluss. " * 4
CROATIAN = "Gradonačelnik je navečer razgovarao s ljudima o novoj cesti uz rijeku tjedan. " * 4
ENGLISH = "The mayor spoke in the evening with the people about the new road by the river. " * 4


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        (ENGLISH, "en-GB", "en-GB"),  # agreed: the site's tag says more
        (GERMAN, "de_DE", "de-DE"),
        (RUSSIAN, "en-US", "ru"),  # a theme's default over another language
        (PERSIAN, None, "fa"),
        (GERMAN, None, "de"),
        ("Kurz.", None, None),  # too little to tell
        ("Short.", "en-US", "en-US"),
        (ENGLISH[:80] + RUSSIAN[:160], "en-US", "en-US"),  # mixed: the site's word stands
        ("", "not a tag!", None),
        ("", "zz-top", None),  # well formed, but of no language
        (CROATIAN, "sr", "sr"),  # near kin: the site knows better than statistics
        (CROATIAN, "en", "hr"),
    ],
)
def test_the_language_of_a_text(text: str, told: str | None, language: str | None) -> None:
    assert language_of(text, told) == language


def test_a_plugin_s_word_on_a_post_is_not_contradicted(
    bent: Bending,
    recording: Recording,
) -> None:
    """Polylang and WPML tell the language of each post; the site's own is a theme's default."""
    done = bent(on_rows("posts", lambda row: row.update(lang="fr")))
    assert {row["lang"] for row in done.rows} == {"fr"}
    assert len(done.rows) == len(recording.collections["posts"])


def translation(lang: str | None, id_: int | None, url: str | None = None) -> Translation:
    return Translation(lang=lang, id=id_, url=url)


@pytest.mark.parametrize(
    ("told", "lang", "translations"),
    [
        ({"lang": "fr", "translations": {"fr": 7, "de": 8}}, "fr", [translation("de", 8)]),
        ({"lang": "fr", "translations": {"fr": "7", "de": "8"}}, "fr", [translation("de", 8)]),
        ({"lang": "fr", "translations": []}, "fr", []),  # PHP's empty array
        ({"lang": False, "translations": False}, None, []),
        ({"lang": "", "translations": {"de": 0, "en": None, "es": False}}, None, []),
        ({"translations": {"deutsch": 8}}, None, [translation(None, 8)]),  # a slug as one likes it
        (
            {
                "polylang_current_lang": "en_GB",
                "polylang_translations": [{"locale": "fr", "id": 1}],
            },
            "en-GB",
            [translation("fr", 1)],
        ),
        (
            {"lang": "en", "polylang_translations": [{"lang": "fr", "id": 1}, None, 5]},
            "en",
            [translation("fr", 1), translation(None, 5)],
        ),
        (
            {
                "wpml_current_locale": "en_US",
                "wpml_translations": [
                    {
                        "locale": "fr_FR",
                        "id": 9,
                        "slug": "a",
                        "href": "https://a.example/fr/a/?x&#038;y",
                    }
                ],
            },
            "en-US",
            [translation("fr-FR", 9, "https://a.example/fr/a/?x&y")],
        ),
        (
            {"wpml_translations": {"es": {"id": 9, "permalink": "https://a.example/es/a/"}}},
            None,
            [translation("es", 9, "https://a.example/es/a/")],
        ),
        (
            {"wpml_translations": {"es": {"element_id": "9", "language_code": "pt-br"}}},
            None,
            [translation("pt-BR", 9)],
        ),
        (
            {"wpml_translations": {"0": {"locale": "es_MX", "id": 9}}},
            None,
            [translation("es-MX", 9)],
        ),
        (
            {"translations": {"de": 8}, "polylang_translations": [{"id": 8}]},
            None,
            [translation("de", 8)],
        ),
        ({"lang": "zz", "wpml_current_locale": ["en"], "translations": "all"}, None, []),
    ],
)
def test_what_plugins_tell(
    told: dict[str, Any], lang: str | None, translations: list[Translation]
) -> None:
    assert (language_told(told), translations_told({"id": 7, **told})) == (lang, translations)


def test_a_translation_leaves_a_trace_and_a_site_without_leaves_the_trace_that_it_left() -> None:
    bare = {"id": 1, "slug": "a"}
    assert trace_of(bare, ["slug"]) == "2757634b7f53cf25"
    assert trace_of({**bare, "translations": {"en": 1}}, ["slug"]) == trace_of(bare, ["slug"])
    one, other = ({**bare, "translations": {"fr": id_}} for id_ in (2, 3))
    assert len({trace_of(row, ["slug"]) for row in (bare, one, other)}) == 3
    listed = {**bare, "wpml_translations": [{"locale": "fr", "id": 2, "post_title": "A"}]}
    assert trace_of(listed, ["slug"]) == trace_of(one, ["slug"])


def test_a_translation_that_is_added_is_an_update(living: Living) -> None:
    """Nothing else tells it: Polylang leaves `modified` of the post that is translated."""
    first, second, *_ = (row["id"] for row in living.posts)
    living.crawled()
    living.have("posts", [{**row, "lang": "en", "translations": []} for row in living.posts])
    assert living.crawled().rows == []
    translated = {first: {"en": first, "fr": second}, second: {"en": first, "fr": second}}
    living.have(
        "posts",
        [{**row, "translations": translated.get(row["id"], [])} for row in living.posts],
    )
    rows = living.crawled().rows
    assert {row["id"]: (row["change"], row["changed"]) for row in rows} == {
        first: ("updated", ["translations"]),
        second: ("updated", ["translations"]),
    }
    [(stored,)] = living.asked(f"SELECT translations FROM posts WHERE id = {first}")
    assert json.loads(stored) == [translation("fr", second)]
