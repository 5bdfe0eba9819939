"""No body costs more than its length: bounded in time, its text kept."""

import gc
import math
import time
from collections.abc import Callable

import pytest

from newscrawl.core.normalize import normalize

BASE = "https://a.example/"
KEPT = "the last words"
ROUNDS = 20  # the least of each counts, until they agree
HOSTILE: dict[str, Callable[[int], str]] = {
    "options": lambda n: f"<select>{'<option>x' * n}</select><p>{KEPT}",
    "deep divs": lambda n: f"{'<div>' * n}{KEPT}",
    "deep divs that end": lambda n: f"{'<div>' * n}{KEPT}{'</div>' * n}",
    "deep marks": lambda n: f"{'<b>' * n}{KEPT}",
    "deep lists": lambda n: f"{'<ul><li>' * n}{KEPT}",
    "deep quotes": lambda n: f"{'<blockquote>' * n}{KEPT}",
    "deep tables": lambda n: f"{'<table><tr><td>' * n}{KEPT}",
    "deep details": lambda n: f"{'<details><summary>s</summary>' * n}{KEPT}",
    "unclosed everything": lambda n: f"{'<p><b><i><a href=x><td><li>' * n}{KEPT}",
    "attributes": lambda n: f"<p {' '.join(f'a{i}=1' for i in range(n))}>x</p><p>{KEPT}</p>",
    "brackets": lambda n: f"<p>{'[' * n}{KEPT}</p>",
    "shortcodes": lambda n: f"<p>{'[a b=c ' * n}{KEPT}</p>",
    "raw captions": lambda n: f"{'[caption id=1]' * n}{KEPT}",
    "links": lambda n: f"<p>{'<a href=/x>y</a>' * n}{KEPT}</p>",
    "breaks": lambda n: f"{'<br>' * n}{KEPT}",
    "spaces": lambda n: f"<p>{chr(32) * n}{'&nbsp; ' * n}{KEPT}</p>",
    "marks of Markdown": lambda n: f"<p>{'*_[' * n}{KEPT}</p>",
    "images": lambda n: "".join(f"<img src=/a{i}.jpg>" for i in range(n)) + f"<p>{KEPT}</p>",
    "captions": lambda n: "<figure><img src=/a.jpg><figcaption>c</figcaption></figure>" * n + KEPT,
    "pull quotes": lambda n: (
        "<figure class=pullquote><blockquote>a b</blockquote></figure>" * n + f"<p>{KEPT}</p>"
    ),
    "notes": lambda n: (
        "".join(f'<sup data-fn="n{i}">1</sup>' for i in range(n))
        + f"<p>{KEPT}</p><ol>{''.join(f'<li data-fn=n{i}>t</li>' for i in range(n))}</ol>"
    ),
    "NULs": lambda n: "<p>\x00" * n + KEPT,
    "lone surrogates": lambda n: "<p>\ud800" * n + KEPT,
    "data: addresses": lambda n: f'<img src="data:image/png;base64,{"A" * n}"><p>{KEPT}</p>',
    "hidden mail": lambda n: f'<p><a data-cfemail="{"42" * n}">x</a> {KEPT}</p>',
    "source sets": lambda n: f'<img srcset="{"a 1w, " * n}"><p>{KEPT}</p>',
    "shortcode that does not end": lambda n: "<p>[slider " + 'a="b" ' * n + f"<br>] {KEPT}</p>",
    "definitions in definitions": lambda n: f"{'<dl><dd>' * n}{KEPT}",
    "wide and long tables": lambda n: (
        f"<table><tr>{'<td>x' * n}</tr>{'<tr><td>y' * n}</table><p>{KEPT}</p>"
    ),
    "spans": lambda n: (
        f"<table><tr><td colspan=1000>a<td>b</tr>{'<tr><td>y' * n}</table><p>{KEPT}</p>"
    ),
    "equal marks": lambda n: f"<p>{'<b><a href=/x>y</a></b>' * n}{KEPT}</p>",
    "distinct pull quotes": lambda n: (
        "".join(
            f"<figure class=pullquote><blockquote>alpha {i}</blockquote></figure>" for i in range(n)
        )
        + f"<p>{KEPT}</p>"
    ),
    "many data: addresses": lambda n: (
        f'<img src="data:{"x" * 990}">' * (n // 20) + f"<p>{KEPT}</p>"
    ),
    "forms that do not end": lambda n: f"{'<form><select><option>x' * n}<p>{KEPT}</p>",
    "tags that do not end": lambda n: f"<p>{KEPT}</p>" + "<a b='" * n,
    "quotes that do not end": lambda n: f"<p>{KEPT}</p>" + """<a b="<c d='""" * n,
    "spans that reach down": lambda n: (
        f"<table>{'<tr><td rowspan=1000 colspan=9>a<td rowspan=9>b' * n}</table><p>{KEPT}</p>"
    ),
    "deep captions": lambda n: f"{'<figure><p>a</p><figcaption>c</figcaption>' * n}<p>{KEPT}</p>",
    "links in links": lambda n: f"{'<a href=/x>a<table><tr><td>b<td>' * n}<p>{KEPT}</p>",
    "deep directions": lambda n: f"{'<div dir=rtl><p>a</p>' * n}<p>{KEPT}</p>",
    "attributes that do not end": lambda n: f"<p>{'[a b=' * n}{KEPT}</p>",
    "quoted attributes that do not end": lambda n: '<p>[a b="[a c=1" ' * n + KEPT,
    "addresses in attributes": lambda n: f"<p>{'[a b=”<a href=/x>x</a>' * n}{KEPT}</p>",
    "attributes without an address": lambda n: f"<p>[a {'b=” ' * n}<i>c</i>{KEPT}</p>",
    "curly quotes that do not end": lambda n: f"<p>{'[a b=” ‘' * n}{KEPT}</p>",
    "words of signs": lambda n: f"<p>{'_ - ' * n}{KEPT}</p>",
    "source sets without a space": lambda n: f"<img srcset='{'a' * 2 * n}'><p>{KEPT}</p>",
    "source sets of commas": lambda n: f"<img srcset='{'a,' * n}'><p>{KEPT}</p>",
    "marks by turns": lambda n: f"<p>{'<b>a</b><i>b</i>' * n}</p><p>{KEPT}</p>",
    "sources of quotations": lambda n: f"{'<blockquote><p>y</p><cite>a</cite>' * n}<p>{KEPT}</p>",
    "closing shortcodes": lambda n: f"<p>{''.join(f'[/a{i}]' for i in range(n))}{KEPT}</p>",
    "two kinds of shortcodes": lambda n: (
        f"<p>{'[x a=1]' * n}{''.join(f'[/y{i}]' for i in range(n))}{KEPT}</p>"
    ),
    "sources": lambda n: f"<blockquote><p>q{'<cite>a</cite>' * n}</blockquote><p>{KEPT}</p>",
    "deep code": lambda n: f"{'<pre>' * n}{KEPT}",
    "deep divs that seem closed": lambda n: f"{'<div/>' * n}{KEPT}",
    "deep menus": lambda n: f"{'<menu>' * n}{KEPT}",
    "deep summaries": lambda n: f"{'<summary>' * n}{KEPT}",
    "deep elements of a plugin": lambda n: f"{'<x-card>' * n}{KEPT}",
    "places to break": lambda n: f"{'a<wbr>' * n * 5}{KEPT}",
    "comments that do not end": lambda n: f"<p>{KEPT}</p>{'<!--' * n}",
    "cells": lambda n: f"<table><tr>{'<td>x' * n}</table><p>{KEPT}</p>",
}


def seconds(html: str) -> float:
    gc.disable()  # its rounds grow with whatever else the process holds
    try:
        began = time.process_time()
        assert KEPT in normalize(html, BASE).text
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.measures
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_length_costs_no_more_than_some_twice_the_time(name: str) -> None:
    """A quadratic cost would be four times as much, in every round; what else runs is not."""
    html = HOSTILE[name]
    seconds(html(2_000))
    least = most = math.inf
    for _ in range(ROUNDS):
        least = min(least, seconds(html(10_000)))
        most = min(most, seconds(html(20_000)))
        if most < 3 * least + 0.02:
            break
    assert most < 3 * least + 0.02, f"{least:.3f} s, then {most:.3f} s"
    assert most < 5


def test_a_hundred_thousand_options_take_no_time() -> None:
    assert seconds(HOSTILE["options"](100_000)) < 2


def test_a_tag_of_64_kb_is_cut_and_the_text_around_it_stays() -> None:
    html = f'<p>before</p><p title="{"x" * 70_000}">{KEPT}</p>'
    assert normalize(html, BASE).text.split() == f"before {KEPT}".split()


def test_a_long_tag_is_cut_whole_whatever_its_values_hold() -> None:
    html = f'<p>before</p><p title="{"x>y<z" * 20_000}">{KEPT}</p>'
    assert normalize(html, BASE).text.split() == f"before {KEPT}".split()


def test_a_stray_quote_in_a_long_body_costs_no_text() -> None:
    words = "<p>some words</p>" * 10_000
    html = f'<p class="x"">{words}<p title="y">{KEPT}</p>'
    assert len(normalize(html, BASE).text.split()) == 20_000 + 3


def test_nesting_is_flattened_and_loses_no_word() -> None:
    words = [f"word{n}" for n in range(3_000)]
    text = normalize("<div><b>".join(words), BASE).text
    assert sorted(set(text.split())) == sorted(words)


def test_a_body_of_more_than_10_mb_is_refused_by_name() -> None:
    body = normalize("x" * 10_000_001, BASE)
    assert body.refused == "content of more than 10 MB is not read"
    assert (body.text, body.html, body.word_count) == ("", "", 0)
