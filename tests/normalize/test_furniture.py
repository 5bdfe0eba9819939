"""What most posts of a site repeat is left out of the text, never what carries an article."""

from newscrawl.core.normalize import furniture_of, normalize

BASE = "https://a.example/"
BOX = '<div class="x7f"><p>Sign up for our <a href="/letter">morning letter</a>.</p></div>'
TEXT = "Sign up for our morning letter."


def body(number: int, box: str = BOX) -> str:
    words = f"What happened on day {number}, in many words of its own."
    return f"<p>{words}</p>{box}<p>End {number}.</p>"


def test_a_box_in_most_posts_is_learnt() -> None:
    bodies = [body(n) for n in range(60)] + [body(n, "") for n in range(60, 100)]
    assert furniture_of(bodies, BASE) == {TEXT}


def test_a_box_in_few_posts_is_none() -> None:
    assert not furniture_of([body(n) for n in range(40)] + [body(n, "") for n in range(60)], BASE)
    assert not furniture_of([body(n) for n in range(19)], BASE), "too few posts to tell"


def test_it_is_left_out_of_text_and_markdown_and_stays_in_html() -> None:
    read = normalize(body(1), BASE, frozenset({TEXT}))
    assert read.text == "What happened on day 1, in many words of its own.\n\nEnd 1."
    assert "morning letter" not in read.markdown
    assert "morning letter" in read.html
    assert read.furniture == [TEXT]
    assert read.word_count == 13


def test_what_carries_the_article_stays() -> None:
    read = normalize(f"{BOX}<p>Short.</p>", BASE, frozenset({TEXT}))
    assert TEXT in read.text
    assert read.furniture == []


def test_long_blocks_are_no_furniture() -> None:
    long = f"<p>{'The same long text. ' * 60}</p>"
    assert not furniture_of([body(n, long) for n in range(50)], BASE)
