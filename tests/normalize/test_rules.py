"""Each rule that leaves something out, with a case named after it; the rule alone decides it."""

import pytest

from newscrawl.core.normalize import noise, normalize

NOISE = "Not of the article"
CASES = {
    "drops_unseen_elements": f"<form><p>{NOISE}</p></form>",
    "drops_accordion_icons": (
        f'<h3><span class="wp-block-accordion-heading__toggle-icon">{NOISE}</span></h3>'
    ),
    "drops_hidden_elements": f'<div style="color:red; Display : none">{NOISE}</div>',
    "drops_screen_reader_text": f'<p><span class="screen-reader-text">{NOISE}</span></p>',
    "drops_file_buttons": f'<p><a href="/a.pdf" class="wp-block-file__button">{NOISE}</a></p>',
    "drops_tables_of_contents": f'<div id="ez-toc-container" class="counter"><p>{NOISE}</p></div>',
    "drops_comment_forms": f'<div id="respond" class="comment-respond"><h3>{NOISE}</h3></div>',
    "drops_wpdiscuz": f'<div id="wpdcom"><p>{NOISE}</p></div>',
    "drops_jetpack_sharing": f'<div class="sharedaddy sd-sharing-enabled"><h3>{NOISE}</h3></div>',
    "drops_addtoany": f'<div class="addtoany_share_save_container">{NOISE}</div>',
    "drops_heateor": f'<div class="heateor_sss_sharing_container">{NOISE}</div>',
    "drops_share_bars": f'<ul class="social-share-list"><li>{NOISE}</li></ul>',
    "drops_yarpp": f'<div class="yarpp yarpp-related"><h3>{NOISE}</h3></div>',
    "drops_related_posts": f'<div class="crp_related">{NOISE}</div>',
    "drops_ad_inserter": f'<div class="code-block code-block-3">{NOISE}</div>',
    "drops_advertisements": f'<div class="advads-middle">{NOISE}</div>',
    "drops_newsletter_boxes": f'<div class="mc4wp-form-fields">{NOISE}</div>',
}
KEPT = [
    '<div class="code-block">{}</div>',  # no number: it may hold code
    '<p class="sharedaddyish">{}</p>',
    '<p id="newsletter">{}</p>',
    "<p>He said [sic] that [the president] lied [1] and [video] {}</p>",
    "<p>[us] {}</p>",
    '<div class="newsletter-archive">{}</div>',
]


def around(html: str) -> str:
    return f"<p>Before</p>{html}<p>After</p>"


@pytest.mark.parametrize("rule", [rule.__name__ for rule in noise.RULES])
def test_a_rule_leaves_its_case_out_and_no_other_does(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = normalize(around(CASES[rule]), "https://a.example/")
    assert body.text == "Before\n\nAfter"
    for form in (body.html, body.markdown):
        assert NOISE not in form
    others = tuple(other for other in noise.RULES if other.__name__ != rule)
    monkeypatch.setattr(noise, "RULES", others)
    monkeypatch.setattr(noise, "UNSEEN", frozenset())
    noise._is_noise.cache_clear()
    assert NOISE in normalize(around(CASES[rule]), "https://a.example/").text
    noise._is_noise.cache_clear()


@pytest.mark.parametrize("html", KEPT)
def test_what_is_no_noise_stays(html: str) -> None:
    assert "of the article" in normalize(html.format("of the article"), "https://a.example/").text
    assert "[" not in html or html.count("[") == normalize(html, "https://a.example/").text.count(
        "["
    )
