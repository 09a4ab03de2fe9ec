"""Nothing from outside may ping, format, link or run past a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.render.text import clip, count, esc, line, link, listing, paragraphs, visible
from bot.sandbox.terminal import plain
from tests.chat.samples import NINE, event


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A Reversible Solver", "A Reversible Solver"),
        ("**bold** _it_ ~~no~~ `code` ||spoiler||", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\` \|\|spoiler\|\|"),
        ("@everyone", "@\u200beveryone"),
        ("<@123> <#4> <t:1:R>", "\\<@\u200b123\\> \\<#4\\> \\<t:1:R\\>"),
        ("[click](https://evil.example)", r"\[click\](https\://evil.example)"),
        ("# heading", r"\# heading"),
        ("- item\n+ item", "\\- item\n\\+ item"),
        ("1. first", r"1\. first"),
        ("-# small", r"\-# small"),
        ("> quote", r"\> quote"),
        ("a - b # c 1. d", "a - b # c 1. d"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_esc_shows_every_letter(text: str, shown: str) -> None:
    assert esc(text) == shown


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_esc_is_undone_by_a_reader_without_markup(text: str) -> None:
    kept = text.replace("\u200b", "")
    shown = plain(esc(kept), zone=event().tz, now=NINE)
    assert shown == kept


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three four", 10, "one two…"),
        ("unbreakableword", 8, "unbreak…"),
    ],
)
def test_clip_keeps_words_where_it_can(text: str, most: int, shown: str) -> None:
    assert clip(text, most) == shown
    assert len(clip(text, most)) <= most


@given(st.text(max_size=300), st.integers(1, 60))
def test_clip_never_exceeds(text: str, most: int) -> None:
    assert len(clip(text, most)) <= most


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  dawn  ", "dawn"),
        ("da\u200bwn", "dawn"),
        ("\u202eevil", "evil"),
        ("two\nlines", "two lines"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("", ""),
    ],
)
def test_visible_drops_what_hides(typed: str, shown: str) -> None:
    assert visible(typed) == shown


def test_line_folds_breaks() -> None:
    assert line("a\n\nb\tc") == "a b c"


def test_link_cannot_be_closed_by_its_address_or_label() -> None:
    assert link("a]b", "https://x.example/(1) <2>") == r"[a\]b](https://x.example/%281%29%20%3C2%3E)"


def test_link_with_an_address_that_is_too_long_is_its_label() -> None:
    assert link("Slides *1*", "https://x.example/" + "a" * 3_900) == r"Slides \*1\*"
    assert link("Slides", "https://x.example/" + "a" * 900).endswith("a)")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://x.example/" + "a" * 300, "See…"),
        ("See https://x.example/a and " + "more " * 50, "See <https://x.example/a> and" + " more" * 14 + "…"),
    ],
)
def test_paragraphs_cut_no_address_in_two(text: str, shown: str) -> None:
    assert paragraphs(text, 100) == shown


def test_paragraphs_keep_addresses_as_links() -> None:
    assert paragraphs("See https://x.example/a_b. *Now*", 100) == r"See <https://x.example/a_b>. \*Now\*"


def test_count_and_listing() -> None:
    assert (count(1, "poster"), count(5000, "poster")) == ("1 poster", "5,000 posters")
    assert (listing([]), listing(["a"]), listing(["a", "b", "c"])) == ("", "a", "a, b and c")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann\u202eeB\u200b", "AnneB"),
        ("क्\u200dष", "क्\u200dष"),
        ("a\u2066b\u2069c", "abc"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("no\u00a0break", "no break"),
    ],
)
def test_line_and_paragraphs_drop_what_hides_or_reorders(text: str, shown: str) -> None:
    assert line(text) == paragraphs(text, 100) == shown


def test_paragraphs_stay_apart() -> None:
    assert paragraphs("one\n\n\ntwo\u200b\nthree", 100) == "one\n\ntwo\n\nthree"
