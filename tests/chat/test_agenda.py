"""A person's agenda, typed and pressed: the real client, over HTTP and WebSocket, on a real database."""

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from icalendar import Calendar

from bot.chat.render.text import line
from bot.domain.agenda import Star, StarKind
from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage.agenda import stars
from bot.storage.database import Tables
from bot.storage.programme import shared_cards
from tests.chat.test_bot import COMPONENTS_V2, EPHEMERAL, press_through, seen
from tests.staging import on_stage

ADD = "Add to my agenda"


def kept(stage: Stage, person: Person) -> list[Star]:
    return stars.of_person(stage.database.reader, stage.sandbox.world.guild.id, person.user.id)


def lines_of(stage: Stage, reply: Reply) -> list[str]:
    return [line for line in seen(stage, reply.message).splitlines() if "As of" not in line and set(line) != {"─"}]


async def add(person: Person, command: str) -> Reply:
    return await press_through(person, await person.command(command, channel="general"), ADD)


@pytest.mark.parametrize(
    ("command", "star"),
    [
        ("/session name:invited-3", Star(StarKind.SESSION, "invited-3")),
        ("/speaker name:dawn song", Star(StarKind.SPEAKER, "song-dawn")),
        ("/poster title:0gEFLVUL6n", Star(StarKind.POSTER, "0gEFLVUL6n")),
    ],
)
async def test_a_star_is_kept_and_told_only_to_its_person(stage: Stage, command: str, star: Star) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    known = {*stage.program.session_by_id, *stage.program.speaker_by_id, *stage.program.poster_by_id}
    reply = await add(attendee, command)
    assert reply.message is not None
    assert reply.message["flags"] == EPHEMERAL | COMPONENTS_V2
    assert lines_of(stage, reply)[0].startswith("Added to your agenda: ")
    assert [(one.kind, one.record_id in known) for one in kept(stage, attendee)] == [(star.kind, True)]
    assert (kept(stage, author), author.sees("general")) == ([], [])
    assert lines_of(stage, await add(attendee, command))[0].startswith("It is in your agenda: ")
    assert len(kept(stage, attendee)) == 1


async def test_a_date_is_added_from_the_menu() -> None:
    async with on_stage("2025-01-20T09:00") as stage:
        attendee = stage.sandbox.person("attendee")
        coming = next(item for item in stage.program.deadlines if item.due > stage.clock.now())
        reply = await attendee.command("/deadlines")
        assert reply.message is not None
        reply = await attendee.choose(reply.message, ADD, coming.title)
        assert (reply.kind, kept(stage, attendee)) == ("message", [Star(StarKind.DEADLINE, coming.id)])
        assert coming.stated in lines_of(stage, reply)[1]


async def test_the_agenda_shows_what_was_added_by_time_and_removes_it(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    for name in ("invited-3", "opening", "invited-2"):
        await add(attendee, f"/session name:{name}")
    shown = await attendee.command("/agenda show")
    assert lines_of(stage, shown) == [
        "My agenda",
        "Next up: Invited Talk 2 starts in 30 minutes (tentative date) · 09:50–10:30 (venue 09:50–10:30) · "
        + stage.program.event.rooms[0].name,
        "Mon 28 Apr 2025",
        "09:00 (09:00) 👋 Opening Remarks · " + stage.program.event.rooms[0].name + " · over",
        "09:50 (09:50) 🎤 Invited Talk 2 · " + stage.program.event.rooms[0].name,
        "11:20 (11:20) 🎤 Invited Talk 3 · " + stage.program.event.rooms[0].name,
        "[Remove from my agenda ▾ 3]",
        "[Calendar file]  [Refresh]  [Share]",
    ]
    assert shown.message is not None
    removed = await attendee.choose(shown.message, "Remove from my agenda", "Invited Talk 2")
    assert removed.kind == "update"
    assert lines_of(stage, removed)[1] == "Removed: Invited Talk 2."
    assert kept(stage, attendee) == [Star(StarKind.SESSION, "invited-3"), Star(StarKind.SESSION, "opening")]
    back = await press_through(attendee, removed, "Undo")
    assert lines_of(stage, back)[1] == "Put back: Invited Talk 2."
    assert len(kept(stage, attendee)) == 3


async def test_all_of_many_posters_are_seen_and_can_be_removed(stage: Stage) -> None:
    attendee, guild = stage.sandbox.person("attendee"), stage.sandbox.world.guild.id
    wanted = [Star(StarKind.POSTER, poster.id) for poster in stage.program.posters[:60]]

    def write(tables: Tables) -> None:
        for star in wanted:
            stars.add(tables, guild, attendee.user.id, star, stage.clock.now(), most=99)

    await stage.database.write(write)
    shown, seen_there = await attendee.command("/agenda show"), set[str]()
    for _ in range(2):
        seen_there |= set(lines_of(stage, shown))
        shown = await press_through(attendee, shown, "Later ›")
    seen_there |= set(lines_of(stage, shown))
    titles = [poster.title for poster in stage.program.posters[:60]]
    assert [title for title in titles if not any(title[:40] in row for row in seen_there)] == []
    assert shown.message is not None
    removed = await attendee.choose(shown.message, "Remove from my agenda", titles[-1])
    assert lines_of(stage, removed)[1] == f"Removed: {line(titles[-1], 100)}."
    assert wanted[-1] not in kept(stage, attendee)
    # The agenda stays open where it was: the posters of the second session are on its last pages.
    footers = [[row for row in seen(stage, one.message).splitlines() if "Page" in row] for one in (shown, removed)]
    assert [row.partition(" of ")[0] for (row,) in footers] == ["Page 3"] * 2


async def test_what_was_just_added_is_removed_and_found_again(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    added = await add(attendee, "/session name:invited-3")
    assert lines_of(stage, await press_through(attendee, added, "My agenda"))[0] == "My agenda"
    added = await add(attendee, "/session name:invited-3")
    removed = await press_through(attendee, added, "Remove")
    assert lines_of(stage, removed) == [
        "My agenda",
        "Removed: Invited Talk 3.",
        "Nothing is in it. Open a session, a speaker, a poster or /deadlines and press “Add to my agenda”.",
        "[Undo]  [Schedule]  [Posters]",
    ]


async def test_a_second_press_on_remove_says_that_it_is_gone(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    first, second = [await add(attendee, "/session name:invited-3") for _ in range(2)]
    await press_through(attendee, first, "Remove")
    assert lines_of(stage, await press_through(attendee, second, "Remove"))[1] == "That was no longer in your agenda."


async def test_a_shared_agenda_names_its_owner_and_follows_no_later_star(stage: Stage) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    await add(attendee, "/session name:invited-3")
    shared = await press_through(attendee, await attendee.command("/agenda show", channel="general"), "Share")
    await shared.settled()
    (posted,) = author.sees("general")
    assert seen(stage, posted).splitlines()[0] == "Agenda of Attendee"
    assert "Invited Talk 3" in seen(stage, posted)
    (card,) = shared_cards.of_guild(stage.database.reader, stage.sandbox.world.guild.id)
    assert card.lookup == "agenda||Attendee|session:invited-3"
    own = await author.press(posted, "My agenda")
    assert own.message is not None
    assert (own.kind, own.message["flags"]) == ("message", EPHEMERAL | COMPONENTS_V2)
    assert lines_of(stage, own)[1].startswith("Nothing is in it.")


async def test_a_shared_card_can_be_starred_by_those_who_see_it(stage: Stage) -> None:
    attendee, author = stage.sandbox.person("attendee"), stage.sandbox.person("author")
    shown = await attendee.command("/session name:invited-3", channel="general")
    await (await press_through(attendee, shown, "Share")).settled()
    (posted,) = author.sees("general")
    await author.press(posted, ADD)
    assert (kept(stage, attendee), kept(stage, author)) == ([], [Star(StarKind.SESSION, "invited-3")])


async def downloaded(message: dict[str, Any] | None) -> bytes:
    assert message is not None
    (attachment,) = message["attachments"]
    async with ClientSession() as session, session.get(attachment["url"]) as answer:
        return await answer.read()


async def test_export_gives_the_agenda_as_a_file(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await add(attendee, "/session name:invited-3")
    reply = await (await attendee.command("/agenda export", channel="general")).settled()
    assert reply.message is not None
    assert reply.message["flags"] & EPHEMERAL
    assert reply.message["attachments"][0]["filename"] == f"{stage.program.event.id}-agenda.ics"
    (entry,) = Calendar.from_ical(await downloaded(reply.message)).walk("VEVENT")
    session = stage.program.session_by_id["invited-3"]
    assert (str(entry["UID"]), entry.decoded("DTSTART")) == (
        f"invited-3@{stage.program.event.id}.usher",
        session.start,
    )


async def test_an_export_a_second_later_is_the_newer_version(stage: Stage) -> None:
    """RFC 5545, 3.8.7.4; and newer than what was numbered by the minutes since 1970."""
    attendee = stage.sandbox.person("attendee")
    await add(attendee, "/session name:invited-3")
    numbers = []
    for _ in range(2):
        reply = await (await attendee.command("/agenda export", channel="general")).settled()
        (entry,) = Calendar.from_ical(await downloaded(reply.message)).walk("VEVENT")
        numbers.append(int(str(entry["SEQUENCE"])))
        stage.clock.move_to(stage.clock.now() + timedelta(seconds=1))
    minutes = int(stage.clock.now().timestamp()) // 60
    assert minutes < numbers[0] < numbers[1] < 2**31


async def test_export_of_everything_keeps_to_what_the_reader_may_see(stage: Stage) -> None:
    sizes = {}
    for name in ("attendee", "organizer"):
        reply = await (await stage.sandbox.person(name).command("/agenda export what:everything")).settled()
        file = await downloaded(reply.message)
        sizes[name] = len(Calendar.from_ical(file).walk("VEVENT"))
        assert b"livestream" not in file
    public = sum(item.audience == "public" for item in stage.program.deadlines)
    sessions = len(stage.program.sessions)
    assert sizes == {"attendee": sessions + public, "organizer": sessions + len(stage.program.deadlines)}


async def test_an_empty_agenda_makes_no_file_and_is_not_shared(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    reply = await attendee.command("/agenda export")
    assert seen(stage, reply.message).startswith("Your agenda holds nothing with a time yet")
    shown = await attendee.command("/agenda show", channel="general")
    assert lines_of(stage, shown)[-1] == "[Schedule]  [Posters]"


async def test_an_agenda_is_the_same_in_a_direct_message(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    await press_through(attendee, await attendee.command("/session name:invited-3", channel="dm"), ADD)
    assert kept(stage, attendee) == [Star(StarKind.SESSION, "invited-3")]
    assert "Next up: Invited Talk 3" in seen(stage, (await attendee.command("/agenda show", channel="dm")).message)


async def test_what_could_not_be_stored_is_not_said_to_be(stage: Stage) -> None:
    attendee = stage.sandbox.person("attendee")
    shown = await attendee.command("/session name:invited-3", channel="general")
    await stage.database.write(lambda tables: tables.execute("DROP TABLE star"))
    reply = await press_through(attendee, shown, ADD)
    (incident,) = stage.client.incidents
    assert seen(stage, reply.message).endswith(f"tell an organizer this number: {incident}.")
