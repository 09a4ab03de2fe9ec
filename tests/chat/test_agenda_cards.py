"""What an agenda's card says, cuts and keeps to itself."""

import json

import pytest
from msgspec.structs import replace

from bot.chat.answers import agenda, answer
from bot.chat.answers.starring import held, star_lookup, starred
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup
from bot.chat.presses import CardButton, CardMenu, OldPress
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.layout import components
from bot.domain.agenda import Star, StarKind
from bot.domain.errors import NotFoundError
from bot.domain.people import Actor
from bot.domain.program import Program
from bot.domain.sessions import Kind, Talk
from bot.sandbox import limits
from tests.chat.samples import ATTENDEE, ORGANIZER, ask, at, poster, program, session, speaker

SESSION, TALK, SPEAKER, POSTER, DEADLINE = StarKind
MINE = Lookup("agenda")


def mine(of: Program, *stars: Star, minutes: int = 20, actor: Actor = ATTENDEE, page: int | None = None) -> Card:
    lookup = MINE if page is None else MINE.at(page)
    return agenda.mine(ask(lookup, minutes, actor=actor, of=of), stars)


def text_of(card: Card) -> str:
    return "\n".join(card.texts)


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]


def options(card: Card) -> list[tuple[str, str]]:
    return [(option.label, option.detail) for option in card.menu.options] if card.menu else []


def stamp(minutes: int, style: str = "t") -> str:
    return f"<t:{int(at(minutes).timestamp())}:{style}>"


def test_a_clash_is_marked_on_both() -> None:
    of = program(sessions=(session(1, 60, 120), session(2, 90, 150), session(3, 150, 160)))
    card = mine(of, *(Star(SESSION, f"s{n}") for n in (1, 2, 3)))
    assert card.texts[1].splitlines() == [
        "**Mon 28 Apr 2025**",
        f"{stamp(60)} (10:00) • **Session 1** · Main room",
        "-# ⚠️ At the same time: Session 2",
        f"{stamp(90)} (10:30) • **Session 2** · Main room",
        "-# ⚠️ At the same time: Session 1",
        f"{stamp(150)} (11:30) • **Session 3** · Main room",
    ]


@pytest.mark.parametrize(
    ("minutes", "row"),
    [
        (5, f"{stamp(10)} (09:10) 🎤 **On Flows** · Dawn Song · Main room"),
        (10, f"▶ {stamp(10)} (09:10) 🎤 **On Flows** · Dawn Song · Main room · **now**, ends {stamp(30, 'R')}"),
        (30, f"-# {stamp(10)} (09:10) 🎤 **On Flows** · Dawn Song · Main room · over"),
    ],
)
def test_a_talk_of_several_has_its_own_line(minutes: int, row: str) -> None:
    talks = (Talk("t1", "On Flows", ("dawn",), start=at(10), end=at(30)), Talk("t2", "On Bridges"))
    of = program(sessions=(session(1, 0, 60, Kind.ORAL, talks=talks),))
    assert mine(of, Star(TALK, "t1"), minutes=minutes).texts[1].splitlines()[1:] == [row]


def test_a_cancelled_session_is_struck_through_and_named() -> None:
    of = program(sessions=(session(1, 60, 120, cancelled=True),))
    assert mine(of, Star(SESSION, "s1")).texts[1].splitlines()[1] == (
        f"~~{stamp(60)} (10:00) • **Session 1** · Main room~~ · **cancelled**"
    )


def test_posters_are_named_below_their_session_and_removed_one_by_one() -> None:
    card = mine(program(), *(Star(POSTER, f"p{n}") for n in range(1, 6)))
    assert card.texts[1].splitlines()[2:] == [f"-# 📌 Poster {n}" for n in range(1, 6)]
    assert options(card) == [(f"Poster {n}", "Poster") for n in range(1, 6)]


def test_more_posters_than_fit_go_on_on_the_next_page() -> None:
    of = program(
        sessions=(session(1, 60, 120), session(4, 120, 180, Kind.POSTER)), posters=tuple(map(poster, range(60)))
    )
    stars = [Star(SESSION, "s1"), *(Star(POSTER, f"p{n}") for n in range(60))]
    pages = [mine(of, *stars, page=page) for page in range(4)]
    assert [card.footer for card in pages] == [f"Page {page} of 4" for page in range(1, 5)]
    named = [row for card in pages for row in text_of(card).splitlines() if "📌 Poster" in row]
    assert named == [f"-# 📌 Poster {n}" for n in range(60)]
    offered = [label for card in pages for label, _ in options(card)]
    assert offered == ["Session 1", *(f"Poster {n}" for n in range(60))]


def test_what_is_added_or_shared_names_the_first_posters() -> None:
    stars = [Star(POSTER, f"p{n}") for n in range(1, 6)]
    row = "-# 📌 Poster 1, Poster 2, Poster 3 and 2 more"
    card = agenda.added(ask(star_lookup(stars[0])), stars[0], stars, new=True, reminded=True)
    assert row in text_of(card).splitlines()
    assert row in text_of(answer(ask(agenda.as_shared(ask(MINE), "Ann", stars)).for_everybody())).splitlines()


def test_a_deadline_stands_as_it_was_stated() -> None:
    of = program()
    row = mine(of, Star(DEADLINE, "call")).texts[1].splitlines()[1]
    assert row == f"{stamp(60 * 24)} (09:00) ⏰ **Paper submission** · {of.deadlines[0].stated}"


@pytest.mark.parametrize(("actor", "shown"), [(ATTENDEE, False), (ORGANIZER, True)])
def test_a_date_for_another_circle_is_seen_only_there(actor: Actor, shown: bool) -> None:
    card = mine(program(), Star(DEADLINE, "review"), Star(SESSION, "s3"), actor=actor)
    assert ("Reviews" in json.dumps(components(card))) == shown
    asked = ask(star_lookup(Star(DEADLINE, "review")), actor=actor)
    if shown:
        assert starred(asked, asked.lookup) == Star(DEADLINE, "review")
    else:
        with pytest.raises(NotFoundError, match="Nothing was added"):
            starred(asked, asked.lookup)


def test_what_left_the_programme_is_counted_and_can_be_removed() -> None:
    gone = Star(SESSION, "a-session-with-a-long-id")
    card = mine(program(), gone)
    assert card.texts[0].splitlines()[1] == "-# 1 entry no longer in the programme."
    assert options(card) == [("No longer in the programme", "Session")]
    assert card.menu is not None
    assert held([Star(SESSION, "s1"), gone], card.menu.options[0].lookup) == gone


def test_pages_open_at_now_and_end_with_what_has_no_time() -> None:
    of = program(
        sessions=tuple(session(n, n * 10, n * 10 + 10) for n in range(12)), speakers=(speaker("Ann Lee"),), posters=()
    )
    stars = [*(Star(SESSION, f"s{n}") for n in range(12)), Star(SPEAKER, "ann")]
    card = mine(of, *stars, minutes=85)
    assert (card.footer, card.texts[-1]) == (
        "Page 2 of 2",
        "**Without a time yet**\n**Ann Lee** · time to be announced",
    )
    earlier = next(button for button in card.buttons if button.label == "‹ Earlier")
    assert isinstance(earlier, Button)
    assert (earlier.does, earlier.lookup) == (Does.MINE, MINE.at(0))
    assert mine(of, *stars, minutes=85, page=0).footer == "Page 1 of 2"


def test_nothing_to_share_where_the_reader_may_not_write() -> None:
    asked = replace(ask(MINE), may_share=False)
    assert labels(agenda.mine(asked, [Star(SESSION, "s3")])) == ["Calendar file", "Refresh"]


def test_one_of_several_talks_can_be_added_alone() -> None:
    talks = (Talk("t1", "On Flows", ("dawn",)), Talk("t2", presenters=("Ann Lee",)))
    of = program(sessions=(session(1, 0, 60, Kind.ORAL, talks=talks),))
    star = Star(SESSION, "s1")
    card = agenda.added(ask(star_lookup(star), of=of), star, [star], new=True, reminded=True)
    assert options(card) == [("On Flows", "Dawn Song"), ("Title to be announced", "Ann Lee")]
    assert card.menu is not None
    assert (card.menu.does, card.menu.options[0].lookup) == (Does.STAR, Lookup("talk", ("t1",)))


def test_the_card_of_a_session_offers_its_talks_one_by_one() -> None:
    talks = (Talk("t1", "On Flows", ("dawn",)), Talk("t2", presenters=("Ann Lee",)))
    of = program(sessions=(session(1, 0, 60, Kind.ORAL, talks=talks), session(2, 60, 90, talks=talks[:1])))
    (menu,) = answer(ask(Lookup("session", ("s1",)), of=of)).menus
    assert (menu.prompt, menu.does) == ("Add one talk to my agenda", Does.STAR)
    assert [option.lookup for option in menu.options] == [Lookup("talk", ("t1",)), Lookup("talk", ("t2",))]
    assert answer(ask(Lookup("session", ("s2",)), of=of)).menus == ()


def test_a_session_and_the_talk_that_begins_it_come_next_once() -> None:
    talks = (Talk("t1", "On Flows", ("dawn",), start=at(60)), Talk("t2", "On Bridges", start=at(90)))
    of = program(sessions=(session(1, 60, 120, Kind.ORAL, talks=talks),))
    head = mine(of, Star(SESSION, "s1"), Star(TALK, "t1"), minutes=0).texts[0]
    assert [row.split("**")[1] for row in head.splitlines()[1:]] == ["Next up: On Flows"]
    head = mine(of, Star(SESSION, "s1"), Star(TALK, "t2"), minutes=0).texts[0]
    assert [row.split("**")[1] for row in head.splitlines()[1:]] == ["Next up: Session 1"]


def test_what_is_added_names_its_clash_at_once() -> None:
    of = program(sessions=(session(1, 60, 120), session(2, 90, 150)))
    one, other = Star(SESSION, "s1"), Star(SESSION, "s2")
    card = agenda.added(ask(star_lookup(other), of=of), other, [one, other], new=True, reminded=False)
    assert text_of(card).splitlines() == [
        "## Added to your agenda: Session 2",
        f"{stamp(90, 'D')} {stamp(90)} (10:30) • **Session 2** · Main room",
        "-# ⚠️ At the same time: Session 1",
    ]


def test_a_shared_agenda_holds_only_what_everybody_may_see() -> None:
    stars = [Star(SESSION, "s3"), Star(DEADLINE, "review"), Star(SPEAKER, "yang"), Star(DEADLINE, "call")]
    lookup = agenda.as_shared(ask(MINE, actor=ORGANIZER), "Ann | Lee\n@everyone", stars)
    assert lookup.args == ("Ann | Lee @everyone", "session:s3", "speaker:yang", "deadline:call")
    again = Lookup.decode(lookup.stored())
    assert again == lookup
    card = answer(ask(again, actor=ORGANIZER).for_everybody())
    assert card.texts[0] == "## Agenda of Ann \\| Lee @\u200beveryone"
    assert [row for row in text_of(card).splitlines() if "**" in row] == [
        "**Mon 28 Apr 2025**",
        f"{stamp(50)} (09:50) 🎤 **Session 3** · Main room",
        "**Tue 29 Apr 2025**",
        f"{stamp(60 * 24)} (09:00) ⏰ **Paper submission** · {program().deadlines[0].stated}",
    ]
    forged = Lookup("agenda", ("Ann", "deadline:review", "nonsense:s1", "session"))
    assert "Reviews" not in text_of(answer(ask(forged, actor=ORGANIZER)))


def longest() -> tuple[Program, list[Star]]:
    """200 stars on records with ids, titles and names as long as they may be, all at the same time."""
    title, name = "*_~`|<>[]@ " * 30, "Name *of* somebody " * 5
    slots = tuple(
        replace(
            session(n, 0, 60, Kind.POSTER, title=title, talks=(Talk(f"t{n}", title, presenters=(name,) * 4),)),
            id=f"{'s' * 35}{n:03}",
        )
        for n in range(100)
    )
    posters = tuple(replace(poster(n, title=title, session=slots[n].id), id=f"{'p' * 35}{n:03}") for n in range(100))
    stars = [Star(SESSION, slot.id) for slot in slots] + [Star(POSTER, item.id) for item in posters]
    return program(sessions=slots, posters=posters), stars


def checked(asked: Ask, card: Card) -> None:
    made = components(card)
    limits.check_message({"components": made}, flags=1 << 15, has_files=False, editing=False)
    parts = [part for row in made for part in row.get("components", ())]
    for part in parts:
        if part["type"] == 2:
            assert CardButton.__discord_ui_compiled_template__.fullmatch(part["custom_id"])
        if part["type"] == 3:
            assert CardMenu.__discord_ui_compiled_template__.fullmatch(part["custom_id"])
        if "custom_id" in part:
            assert not OldPress.__discord_ui_compiled_template__.fullmatch(part["custom_id"])


def test_the_fullest_agenda_keeps_to_discords_limits() -> None:
    of, stars = longest()
    asked = ask(MINE, of=of)
    for page in range(13):
        removed = agenda.mine(ask(MINE.at(page), of=of), stars, "Removed: **x**.", stars[0])
        checked(asked, removed)
        assert labels(removed) == ["Undo", "‹ Earlier", "Later ›", "Calendar file", "Share"]
    checked(asked, agenda.added(asked, stars[0], stars, new=True, reminded=False))
    checked(asked, answer(ask(agenda.as_shared(asked, "x" * 100, stars), of=of).for_everybody()))


@pytest.mark.parametrize("custom_id", ["xx0:now|", "pick-xx", "picked", "star:now", "go:now"])
def test_what_this_release_does_not_know_is_answered_as_old(custom_id: str) -> None:
    assert OldPress.__discord_ui_compiled_template__.fullmatch(custom_id)
    for known in (CardButton, CardMenu):
        assert not known.__discord_ui_compiled_template__.fullmatch(custom_id)
