"""The language of a post: the site's word, checked against the post's own."""

import pytest

from newscrawl.core.languages import language_of
from newscrawl.demo.recording import Recording
from tests.bent import Bending, on_rows

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
