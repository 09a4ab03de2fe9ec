"""Who is at a board shows on posters and in their lists, while it is so; and lookups stay as cheap as they were."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.chat.answers import answer
from bot.chat.boards import NOBODY, SHOWING, Boards
from bot.chat.lookup import Lookup
from bot.chat.prepared import Prepared
from bot.sandbox_app import Stage
from bot.storage.posters.at_board import AtBoard
from tests.chat.organizing.test_live import guild, organizer
from tests.chat.posters.authoring import FIRST, TITLE, claimed, lines
from tests.chat.samples import ask, program
from tests.chat.test_bot import press_through
from tests.staging import on_stage

PROGRAM = program()
THERE: AtBoard = frozenset({("s4", "p2")})
MARK = "✋ an author is at the board"


def shown(lookup: Lookup, minutes: int, there: AtBoard = THERE, *, public: bool = False) -> list[str]:
    """The lines with the mark."""
    asked = replace(ask(lookup, minutes, of=PROGRAM), at_board=there)
    card = answer(asked.for_everybody() if public else asked)
    return [row for text in card.texts for row in text.splitlines() if MARK in row]


@pytest.mark.parametrize(("minutes", "is_shown"), [(60, True), (150, True), (179, True), (180, False)])
def test_it_shows_until_the_session_is_over(minutes: int, is_shown: bool) -> None:
    assert shown(Lookup("posters"), minutes) == [f"-# Author 2 · {MARK}"] * is_shown
    assert shown(Lookup("poster", ("p2",)), minutes) == [f"Board: to be announced · {MARK} now"] * is_shown


def test_it_shows_on_that_poster_alone_and_never_in_a_channel() -> None:
    assert shown(Lookup("poster", ("p1",)), 150) == []
    assert shown(Lookup("posters"), 150, frozenset({("s1", "p2")})) == []
    assert shown(Lookup("posters"), 150, public=True) == []


def test_kept_answers_tell_who_is_there_now() -> None:
    prepared = Prepared()
    asked = ask(Lookup("posters"), 150, of=PROGRAM)
    texts = [
        MARK in str(prepared.message(replace(asked, at_board=there)).to_components())
        for there in (NOBODY, THERE, NOBODY)
    ]
    assert texts == [False, True, False]


def test_each_guild_has_its_own() -> None:
    boards = Boards({1: THERE})
    boards.put(2, frozenset({("s4", "p1")}))
    assert [boards.of(guild_id) for guild_id in (1, 2, 3, None)] == [THERE, frozenset({("s4", "p1")}), NOBODY, NOBODY]


async def test_attendees_see_who_came_and_who_left(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    said = await author.command("/author here", channel="general")
    listed = await attendee.command("/posters text:reversible solver", channel="general")
    assert lines(stage, listed)[:3] == [
        "Posters: “reversible solver”",
        TITLE,
        f"Zander W. Blasingame, Chen Liu · {MARK}",
    ]
    left = await press_through(author, said, "I left my board")
    assert lines(stage, left)[0] == "You left your board"
    again = await press_through(attendee, listed, "Refresh")
    assert lines(stage, again)[2] == "Zander W. Blasingame, Chen Liu"
    await press_through(author, left, "I am at my board")
    assert lines(stage, await press_through(attendee, listed, "Refresh"))[2].endswith(MARK)


async def test_who_is_no_author_any_more_is_not_at_the_board(stage: Stage) -> None:
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await author.command("/author here", channel="general")
    shown_there = await attendee.command(f"/poster title:{FIRST}", channel="general")
    assert [row for row in lines(stage, shown_there) if MARK in row] == [f"Board: to be announced · {MARK} now"]
    await organizer(stage).command(f"/author remove person:author poster:{FIRST}", channel="organizers")
    again = await press_through(attendee, shown_there, "Refresh")
    assert [row for row in lines(stage, again) if MARK in row] == []
    assert stage.client.desk.boards.of(guild(stage)) == NOBODY


async def test_other_lookups_are_kept_whoever_comes_and_goes(stage: Stage) -> None:
    assert set(SHOWING) == {"poster", "posters"}
    author, attendee = stage.sandbox.person("author"), stage.sandbox.person("attendee")
    await claimed(stage, author)
    await attendee.command("/now", channel="general")
    (kept,) = stage.client.desk.prepared._programmes.values()
    before = len(kept._kept)
    await author.command("/author here", channel="general")
    await attendee.command("/now", channel="general")
    assert len(kept._kept) == before


async def test_who_is_at_a_board_is_there_after_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "usher.db"
    async with on_stage(database=kept) as before:
        author = before.sandbox.person("author")
        await claimed(before, author)
        await author.command("/author here", channel="general")
        there = before.client.desk.boards.of(guild(before))
    async with on_stage(database=kept) as after:
        assert after.client.desk.boards.of(guild(after)) == there == {("poster-1", FIRST)}
