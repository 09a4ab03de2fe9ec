"""What readers are told, and what they are not."""

import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.chat.answers import ANSWERS, answer
from bot.chat.lookup import Lookup, as_typed
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.layout import components
from bot.domain.errors import NotFoundError
from bot.domain.people import Actor
from bot.domain.program import Poster, Program
from bot.domain.sessions import Kind, Talk
from bot.sandbox import limits
from tests.chat.samples import ATTENDEE, ORGANIZER, SPEAKER, STRANGER, ask, at, event, poster, program, session, speaker

COMPONENTS_V2 = 1 << 15


def text_of(card: Card) -> str:
    return "\n".join(card.texts)


def buttons_of(card: Card) -> list[Button]:
    return [button for button in card.buttons if isinstance(button, Button)]


def first_line(card: Card) -> str:
    return card.texts[0].splitlines()[0]


@pytest.mark.parametrize(
    ("minutes", "line"),
    [
        (-30, "## Small has not started"),
        (0, "## Now: Session 1"),
        (9, "## Now: Session 1"),
        (10, "## Now: Session 2"),
        (100, "## Nothing is on right now"),
        (179, "## Now: Session 4"),
        (180, "## Small is over"),
    ],
)
def test_now_begins_with_what_is_on(minutes: int, line: str) -> None:
    assert first_line(answer(ask(Lookup("now"), minutes))) == line


def test_now_says_time_left_room_speaker_and_what_comes_next() -> None:
    card = answer(ask(Lookup("now"), 20))
    ends, starts = int(at(50).timestamp()), int(at(10).timestamp())
    assert card.texts[0].splitlines()[1:] == [
        "🎤 Dawn Song",
        f"Ends <t:{ends}:R> · Main room",
        f"<t:{starts}:t>–<t:{ends}:t> (venue 09:10–09:50)",
    ]
    assert card.texts[1].splitlines()[0] == f"**Next: Session 3** · starts <t:{ends}:R>"


@pytest.mark.parametrize(
    ("minutes", "date"),
    [(-60 * 24 * 90, "<t:{}:D> "), (-9 * 60 - 1, "<t:{}:D> "), (-9 * 60, ""), (-30, "")],
)
def test_now_names_the_date_of_what_is_not_today_at_the_venue(minutes: int, date: str) -> None:
    start, end = int(at(0).timestamp()), int(at(10).timestamp())
    assert answer(ask(Lookup("now"), minutes)).texts[1].splitlines()[:2] == [
        f"**Next: Session 1** · starts <t:{start}:R>",
        f"-# {date.format(start)}<t:{start}:t>–<t:{end}:t> (venue 09:00–09:10) · Main room",
    ]


def test_now_puts_many_parallel_sessions_on_a_line_each() -> None:
    parallel = program(sessions=tuple(session(number, 0, 60, Kind.ORAL) for number in range(6)))
    card = answer(ask(Lookup("now"), 20, of=parallel))
    assert first_line(card) == "## Now: 6 sessions"
    assert len(card.texts[0].splitlines()) == 5
    assert "More run at the same time" in card.texts[1]


def test_schedule_marks_the_current_slot_and_what_is_over() -> None:
    rows = answer(ask(Lookup("schedule"), 20)).texts[1].splitlines()
    assert [row[:2] for row in rows] == ["-#", "▶ ", "<t", "<t"]
    assert "(09:10) 🎤 **Session 2** · Dawn Song · **now**" in rows[1]
    assert "(11:00) 📌 **Session 4**" in rows[3]


def long_day(days: int = 1) -> Program:
    slots = [session(n, n * 10 + day * 24 * 60, n * 10 + 10 + day * 24 * 60) for day in range(days) for n in range(40)]
    return program(sessions=tuple(replace(slot, id=f"x{number}") for number, slot in enumerate(slots)))


@pytest.mark.parametrize(
    ("minutes", "footer"), [(-60, "Page 1 of 3"), (205, "Page 2 of 3"), (395, "Page 3 of 3"), (9999, "Page 1 of 3")]
)
def test_schedule_opens_at_now(minutes: int, footer: str) -> None:
    assert answer(ask(Lookup("schedule"), minutes, of=long_day())).footer == footer


def test_schedule_pages_never_mix_days() -> None:
    card = answer(ask(Lookup("schedule", page=3), of=long_day(days=2)))
    assert first_line(card) == "## Tue 29 Apr 2025"
    assert [(b.label, b.lookup.page, b.enabled) for b in buttons_of(card)][:2] == [
        ("‹ Earlier", 2, True),
        ("Later ›", 4, True),
    ]


def test_schedule_says_when_its_page_begins_for_a_reader_whose_day_is_another() -> None:
    assert answer(ask(Lookup("schedule"), -60)).texts[0].splitlines() == [
        "## Mon 28 Apr 2025",
        f"-# In your time, from <t:{int(at(0).timestamp())}:f> on; in brackets venue time, Vancouver · Main room",
    ]


def test_schedule_names_the_day_of_what_begins_after_midnight() -> None:
    dinner, dance = session(1, 13 * 60, 17 * 60), session(2, 15 * 60 + 30, 17 * 60)
    night = program(sessions=(dinner, dance))
    for page, (day, row) in enumerate(
        [("## Mon 28 Apr 2025", "(22:00) • **Session 1**"), ("## Tue 29 Apr 2025", "(00:30) • **Session 2**")]
    ):
        card = answer(ask(Lookup("schedule", page=page), of=night))
        (shown,) = card.texts[1].splitlines()
        assert (first_line(card), shown.partition(" ")[2]) == (day, row)


def test_schedule_of_a_day_without_sessions_names_the_days() -> None:
    card = answer(ask(Lookup("schedule", ("2025-05-01",))))
    assert text_of(card) == ("## Nothing on the schedule for Thursday 1 May 2025\nThe programme runs on: Mon 28 Apr.")


def test_speaker_not_confirmed_is_said() -> None:
    assert text_of(answer(ask(Lookup("speaker", ("yang",))))).splitlines()[:2] == [
        "## Yang Song",
        "Invited, not confirmed yet.",
    ]


@pytest.mark.parametrize("typed", ["song", "SONG", "sogn"])
def test_speaker_song_offers_both(typed: str) -> None:
    card = answer(ask(Lookup("speaker", (typed,))))
    assert card.menu is not None
    assert {option.label for option in card.menu.options} == {"Dawn Song", "Yang Song"}
    assert not card.shareable


def test_nothing_found_offers_the_nearest() -> None:
    card = answer(ask(Lookup("speaker", ("Downe Sonker",))))
    assert card.menu is not None
    assert card.menu.options[0].label == "Dawn Song"


@pytest.mark.parametrize(
    ("typed", "row", "opens"),
    [
        ("code of conduct", "- Code of conduct · Be kind.", Lookup("conduct")),
        ("short paper", "- Short paper · submission format, up to 4 pages", Lookup("submit")),
        ("livestream", "- How to attend · in person and online", Lookup("join")),
    ],
)
def test_search_leads_to_the_rules_and_the_ways_to_attend(typed: str, row: str, opens: Lookup) -> None:
    card = answer(ask(Lookup("search", (typed,))))
    assert card.texts[1].splitlines()[:2] == ["**Rules and how to take part**", row]
    assert card.menu is not None
    assert card.menu.options[0].lookup == opens


def test_search_shows_first_what_is_called_so() -> None:
    of = program(posters=(poster(1, title="A code of conductivity"),))
    heads = [text.splitlines()[0] for text in answer(ask(Lookup("search", ("code of conduct",)), of=of)).texts[1:]]
    assert heads == ["**Rules and how to take part**", "**Posters**"]


def test_poster_without_board_or_session_is_shown_in_every_poster_session() -> None:
    text = text_of(answer(ask(Lookup("poster", ("p3",)))))
    assert "Board: to be announced" in text
    assert f"Shown: <t:{int(at(120).timestamp())}:D>" in text


@pytest.mark.parametrize(
    ("shown", "beside"),
    [
        ("p1", [("Next: Poster 3", ("p3", "flows"))]),
        ("p3", [("Next: Poster 5", ("p5", "flows")), ("Previous: Poster 1", ("p1", "flows"))]),
        ("p5", [("Previous: Poster 3", ("p3", "flows"))]),
    ],
)
def test_poster_leads_on_inside_the_list_it_came_from(shown: str, beside: list[tuple[str, tuple[str, ...]]]) -> None:
    flows = [poster(number, topics=("flows",)) for number in (1, 3, 5)]
    wide = program(posters=(flows[0], poster(2), flows[1], poster(4), flows[2]))
    menu = answer(ask(Lookup("poster", (shown, "flows")), of=wide)).menu
    assert menu is not None
    assert [(option.label, option.lookup.args) for option in menu.options] == [*beside, ("List of posters", ("flows",))]


def test_deadlines_show_reviewers_dates_to_organizers_only() -> None:
    assert "Reviews" not in text_of(answer(ask(Lookup("deadlines"))))
    organizers = ask(Lookup("deadlines"), actor=ORGANIZER)
    assert "**Reviews** (for reviewers)" in text_of(answer(organizers))
    assert "Reviews" not in text_of(answer(organizers.for_everybody()))


def test_deadlines_strike_through_what_was_extended_and_keep_what_is_over() -> None:
    old, new = int(at(60).timestamp()), int(at(60 * 24).timestamp())
    assert f"Extended: ~~<t:{old}:D>~~ → <t:{new}:D>" in text_of(answer(ask(Lookup("deadlines"))))
    after = text_of(answer(ask(Lookup("deadlines"), 60 * 30)))
    assert after.endswith("· over")
    assert f"~~<t:{old}:D>~~" in after


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (STRANGER, {"https://small.example"}),
        (ATTENDEE, {"https://small.example", "https://stream.example/secret-a"}),
        (SPEAKER, {"https://small.example", "https://stream.example/secret-a", "https://stream.example/secret-s"}),
        (ORGANIZER, {"https://small.example", "https://stream.example/secret-a", "https://stream.example/secret-s"}),
    ],
)
def test_join_shows_private_links_only_to_those_meant(actor: Actor, seen: set[str]) -> None:
    text = text_of(answer(ask(Lookup("join"), actor=actor)))
    assert set(re.findall(r"\]\((https://[^)]*)\)", text)) == seen


#: What those who see a shared card may press, where that is more than opening it for themselves.
FOR_ANYBODY = {
    **{name: [Does.OPEN, Does.STAR] for name in ("session", "speaker")},
    "poster": [Does.OPEN, Does.QUESTION, Does.STAR, Does.QUESTION],
    "agenda": [Does.FOR_ME],
}


def everything() -> list[Lookup]:
    with_args = {"session": "s2", "speaker": "dawn", "poster": "p1", "search": "review"}
    return [Lookup(name, (with_args[name],) if name in with_args else ()) for name in ANSWERS]


@pytest.mark.parametrize("lookup", everything(), ids=lambda lookup: lookup.name)
@pytest.mark.parametrize("actor", [ATTENDEE, SPEAKER, ORGANIZER], ids=["attendee", "speaker", "organizer"])
def test_nothing_private_stands_in_a_channel(lookup: Lookup, actor: Actor) -> None:
    public = answer(ask(lookup, actor=actor).for_everybody())
    shown = json.dumps(components(public))
    assert "secret-" not in shown
    assert "Reviews" not in shown
    assert [button.does for button in buttons_of(public)] == FOR_ANYBODY.get(lookup.name, [Does.OPEN])


@pytest.mark.parametrize(
    "lookup", [*everything(), Lookup("session", ("s4",)), Lookup("posters", ("flows",), 1)], ids=Lookup.encode
)
def test_no_card_has_more_than_five_buttons(lookup: Lookup) -> None:
    """The style guide's: the likeliest first, and in one row."""
    assert len(answer(ask(lookup)).buttons) <= 5


def test_a_button_of_another_release_says_what_to_do() -> None:
    with pytest.raises(NotFoundError, match="Use the slash command instead"):
        answer(ask(Lookup("gone")))


EVIL = "@everyone **b** [x](https://e.example) <@1> # h\n# h `c` \u202e" + "x" * 300


def hostile() -> Program:
    talk = Talk("t", EVIL, ("evil",), abstract=EVIL * 10)
    return program(
        event=event(name=EVIL, short_name=EVIL[:60], description=EVIL * 10),
        sessions=tuple(session(n, n * 10, n * 10 + 10, Kind.POSTER, title=EVIL, talks=(talk,) * 30) for n in range(40)),
        speakers=(speaker("Evil", affiliation=EVIL, bio=EVIL * 10, areas=(EVIL,) * 9),),
        posters=tuple(poster(n, title=EVIL, authors=(EVIL,) * 40, abstract=EVIL * 20) for n in range(30)),
    )


@pytest.mark.parametrize("lookup", everything(), ids=lambda lookup: lookup.name)
def test_hostile_text_stays_text_within_the_limits(lookup: Lookup) -> None:
    arg = {"session": "s1", "speaker": "evil", "poster": "p1", "search": as_typed(EVIL)}.get(lookup.name, "")
    made = components(answer(ask(Lookup(lookup.name, (arg,)), of=hostile())))
    flat = json.dumps(made, ensure_ascii=False)
    hidden = {char for char in flat if unicodedata.category(char) == "Cf"}
    assert hidden <= {"\u200b", "\u200c", "\u200d"}
    assert flat.count("\u200b") == flat.count("@\u200b")
    contents = [part["content"] for part in made[0]["components"] if "content" in part]
    assert not [text for text in contents if re.search(r"(?<!\\)<@|@everyone|(?<!\\)\*\*b|(?<!\\)\]\(https://e", text)]
    limits.check_message({"components": made}, flags=COMPONENTS_V2, has_files=False, editing=False)
    custom_ids = re.findall(r'"custom_id": "([^"]*)"', flat)
    assert len(custom_ids) == len(set(custom_ids))
    assert all(len(custom_id) <= 100 for custom_id in custom_ids)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ANSWERS)), st.text(max_size=80), st.text(max_size=40), st.integers(-1, 10**6))
def test_any_question_gets_a_card(name: str, first: str, second: str, page: int) -> None:
    card = answer(ask(Lookup(name, (first, second), page), of=SMALL))
    assert card.texts[0]


SMALL = program(posters=(Poster("p1", "One", ("A",)),))


def test_a_short_word_with_a_typo_is_offered_not_opened() -> None:
    posters_of = program(posters=(poster(1, title="Launch Windows"), poster(2, title="Tides")))
    card = answer(ask(Lookup("poster", ("lanuch",)), of=posters_of))
    assert first_line(card) == "## No poster found"
    assert card.menu is not None
    assert [option.label for option in card.menu.options] == ["Launch Windows"]
    assert first_line(answer(ask(Lookup("poster", ("launch widnows",)), of=posters_of))) == "## Launch Windows"


def test_words_of_two_peoples_names_are_offered_not_opened() -> None:
    strangers = poster(1, title="Latent Flows", authors=("Yang Cao", "Zhao Song"))
    card = answer(ask(Lookup("poster", ("yang song",)), of=program(posters=(strangers, poster(2)))))
    assert card.texts[0].splitlines() == [
        "## No poster found",
        "Nothing matches “yang song”. These come nearest:",
        "- **Latent Flows** · Yang Cao and Zhao Song",
    ]
    assert first_line(answer(ask(Lookup("poster", ("song latent",)), of=program(posters=(strangers,))))) == (
        "## Latent Flows"
    )


def test_submit_says_when_it_is_closed_and_join_when_it_is_over() -> None:
    assert "**Submission is closed.**" not in text_of(answer(ask(Lookup("submit"))))
    assert "**Submission is closed.**" in text_of(answer(ask(Lookup("submit"), 60 * 25)))
    after = answer(ask(Lookup("join"), 60 * 25, of=program(event=event(how_to_attend="You can attend in person."))))
    assert text_of(after).splitlines() == [
        "## How to join Small",
        "Small is over. /materials has what was handed in.",
        "**Online**",
        "[Website](https://small.example)",
        "[Stream](https://stream.example/secret-a) · people in this server only",
    ]


def test_a_speaker_without_a_talk_and_a_talk_without_a_speaker() -> None:
    assert text_of(answer(ask(Lookup("speaker", ("yang",))))).splitlines()[-1] == (
        "No talk by this speaker is in the programme yet."
    )
    assert answer(ask(Lookup("session", ("s3",)))).texts[1].splitlines() == [
        "Title to be announced",
        "Speaker to be announced",
    ]


@pytest.mark.parametrize(
    ("name", "word", "all_of_them"), [("speaker", "speaker", "speakers"), ("session", "session", "schedule")]
)
def test_nothing_typed_is_asked_for(name: str, word: str, all_of_them: str) -> None:
    card = answer(ask(Lookup(name, ("",))))
    assert card.texts == (f"## Which {word}?\nType a few letters of the name, or look through the list.",)
    assert buttons_of(card)[0].lookup == Lookup(all_of_them)
