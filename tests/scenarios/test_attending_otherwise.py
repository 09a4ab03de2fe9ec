"""The DeLTa afternoon goes online at lunch: every message that follows, in order, each as its reader attends."""

import logging
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.changes.edit import Edit
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.delivery.outbox import State
from bot.storage.programme import live_edits
from tests.chat.test_bot import press_through
from tests.scenarios.attending import (
    PEOPLE,
    SECRET,
    apply,
    choose,
    direct_channels,
    first_lines,
    reopened,
    said,
    told,
    trail,
    typed,
    until,
)
from tests.staging import on_stage

ONLINE = f"/mode set scope:The rest of the day mode:Online link:{SECRET} why:The building is closed"
BACK = "/mode set scope:The rest of the day mode:In person and online (hybrid)"
SITE, STREAM = "Workshop website <https://delta-workshop.github.io/>", "<https://example.org/delta-2025/livestream>"
ROOM = "Workshop room (to be announced)"
AFTERNOON = [
    "14:00 (14:00) 🎤 Invited Talk 4",
    "14:40 (14:40) 🎤 Invited Talk 5",
    "15:20 (15:20) 📌 Poster/Break",
    "16:10 (16:10) 🎤 Invited Talk 6",
    "16:50 (16:50) 🎤 Oral Presentations",
    "17:20 (17:20) 🏆 Awards",
    "17:30 (17:30) 👋 Closing Remarks",
]
SCHEDULE = ["Why: The building is closed", "Latest schedule:", "12:30 (12:30) 🍽️ Lunch", *AFTERNOON]

WAY_OUT = "/settings ends such messages."


def repeated(when: str, comes: str) -> list[str]:
    """One time at which everybody is told: in the channel, then who wants copies, each in their words."""
    return [
        f"{when} #announcements: 📣 The rest of today: ~~in person and online~~ → online · {comes}",
        f"{when} attendee: 💻 The rest of today: join online · Link to join <{SECRET}> · {comes}",
        f"{when} author: 🏠 The rest of today: the room is closed, join online · {comes}",
        f"{when} speaker: 📣 The rest of today: ~~in person and online~~ → online · {comes}",
    ]


def sessions(*starts: tuple[str, str, str]) -> list[str]:
    return [f"{when} #schedule: {title} · in 15 minutes · online · {at} (venue {at})" for when, title, at in starts]


NEXT = "next: Invited Talk 4 in"
WHOLE_DAY = [
    *repeated("13:00", f"{NEXT} 1 hour"),
    *repeated("13:10", f"{NEXT} 50 minutes"),
    repeated("13:45", f"{NEXT} 15 minutes")[0],
    *sessions(("13:45", "🎤 Invited Talk 4", "14:00")),
    *repeated("13:45", f"{NEXT} 15 minutes")[1:],
    repeated("14:00", "on now: Invited Talk 4")[0],
    "14:00 #schedule: ▶ Now: Invited Talk 4 · online",
    *repeated("14:00", "on now: Invited Talk 4")[1:],
    *sessions(("14:25", "🎤 Invited Talk 5", "14:40")),
    "14:40 #schedule: ▶ Now: Invited Talk 5 · online",
    *sessions(("15:05", "📌 Poster/Break", "15:20"), ("15:55", "🎤 Invited Talk 6", "16:10")),
    "16:10 #schedule: ▶ Now: Invited Talk 6 · online",
    *sessions(
        ("16:35", "🎤 Oral Presentations", "16:50"),
        ("17:05", "🏆 Awards", "17:20"),
        ("17:15", "👋 Closing Remarks", "17:30"),
    ),
]


def guild(stage: Stage) -> int:
    return stage.sandbox.world.guild.id


def edits(stage: Stage) -> list[Edit]:
    return live_edits.of_guild(stage.database.reader, guild(stage), stage.program.event.id)


def queued(stage: Stage) -> list[str]:
    """The keys of what is still to be told of how people attend, without who is told."""
    rows = outbox.of_guild(stage.database.reader, guild(stage))
    return [row.key for row in rows if row.key.startswith("act:mode:") and row.state is State.QUEUED]


async def test_the_afternoon_is_online_and_everybody_hears_of_it_at_once_and_again(tmp_path: Path) -> None:
    database = tmp_path / "usher.db"
    async with on_stage("2025-04-28T12:40", database=database) as stage:
        await choose(stage, PEOPLE)
        await apply(stage, ONLINE)
        await until(stage, "12:50")
        # The first three are the welcomes to direct messages.
        assert first_lines(stage)[3:] == repeated("12:40", f"{NEXT} 1 hour")
        texts = {place: text.splitlines()[1:] for _, place, text in said(stage)[3:]}
        channels = direct_channels(stage)
        told = "changed how people attend the rest of Mon 28 Apr: in person and online → online"
        assert trail(stage) == [f"{told} with a new link. Why: The building is closed"]
    assert texts["#announcements"] == [
        *("Nobody meets in the room: join online.", f"Join: {SITE}"),
        "There is a new link. Use /join: it has the links meant for you.",
        *SCHEDULE,
    ]
    assert texts["attendee"] == [
        *("How to attend: ~~in person and online~~ → online", f"More links: {SITE} · Livestream {STREAM}"),
        *SCHEDULE,
        WAY_OUT,
    ]
    joined = f"Join: Link to join <{SECRET}> · {SITE} · Livestream {STREAM}"
    assert texts["author"] == ["How to attend: ~~in person and online~~ → online", joined, *SCHEDULE, WAY_OUT]
    speakers = "Speakers' video call <https://example.org/delta-2025/speakers>"
    assert texts["speaker"] == ["Nobody meets in the room: join online.", f"{joined} · {speakers}", *SCHEDULE, WAY_OUT]
    async with on_stage("2025-04-28T12:50", database=database) as stage:
        reopened(stage, channels)
        await until(stage, "17:45")
        assert first_lines(stage) == WHOLE_DAY
        assert said(stage)[-1][2].splitlines()[1:] == [
            f"Join: {SITE}",
            "To join online, use /join: it has the links meant for you.",
        ]


async def test_a_later_change_takes_back_what_was_still_to_be_told_and_undo_brings_back_what_was() -> None:
    async with on_stage("2025-04-28T12:40") as stage:
        program = stage.client.desk.programmes.for_guild(guild(stage)).program
        await apply(stage, ONLINE)
        online = edits(stage)
        assert [key.rpartition(":")[2] for key in queued(stage)] == ["T-60m", "+30m", "T-15m", "T-0"]
        await until(stage, "12:55")
        await apply(stage, BACK)
        assert {key.split(":")[2] for key in queued(stage)} == {"2"}
        assert [edit.field for edit in edits(stage)] == ["joining"] * 7
        await until(stage, "13:50")
        await apply(stage, "/mode undo why:We were wrong")
        assert edits(stage) == [
            replace(edit, why="We were wrong" if edit.field == "mode" else edit.why) for edit in online
        ]
        await until(stage, "13:52")
        await apply(stage, "/mode undo")
        assert edits(stage) == []
        assert stage.client.desk.programmes.for_guild(guild(stage)).program == program
        refused = await typed(stage, "/mode undo")
        assert refused.message is not None
        assert refused.message["content"] == "There is no change to take back. Nothing was changed."
        await until(stage, "14:05")
        news = [row.partition("#announcements: 📣 The rest of today: ") for row in first_lines(stage)]
        to, back = "~~in person and online~~ → online", "~~online~~ → in person and online"
        assert [(when.strip(), text) for when, sign, text in news if sign] == [
            ("12:40", f"{to} · {NEXT} 1 hour"),
            ("12:55", f"{back} · {NEXT} 1 hour"),
            ("13:00", f"{back} · {NEXT} 1 hour"),
            ("13:25", f"{back} · {NEXT} 35 minutes"),
            ("13:45", f"{back} · {NEXT} 15 minutes"),
            ("13:50", f"{to} · {NEXT} 10 minutes"),
            ("13:52", f"{back} · {NEXT} 8 minutes"),
            ("14:00", f"{back} · on now: Invited Talk 4"),
        ]
        # Also the reminder that was posted while it was hybrid, and read "online" for two minutes.
        assert f"13:45 #schedule: 🎤 Invited Talk 4 · in 15 minutes · {ROOM} · 14:00 (venue 14:00)" in first_lines(
            stage
        )


async def test_a_private_link_is_shown_to_its_circle_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with on_stage("2025-04-28T13:35") as stage:
        await choose(stage, PEOPLE)
        await apply(stage, f"/mode set scope:The whole event mode:Online link:{SECRET} link_for:Speakers")
        organizer = stage.sandbox.person("organizer")
        for command in ("/now", "/join", "/session name:invited-4"):
            await (
                await press_through(organizer, await organizer.command(command, channel="general"), "Share")
            ).settled()
        await until(stage, "14:05")
        shown = {place for _, place, text in said(stage) if SECRET in text}
        assert shown == {"speaker"}
        assert {place for _, place, _ in said(stage)} == {
            *("#announcements", "#schedule", "#general", "#organizers", "attendee", "author", "speaker")
        }
        stored = [row.facts for row in outbox.of_guild(stage.database.reader, guild(stage))]
        assert SECRET not in repr(stored)
    assert SECRET not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))


async def test_who_left_the_server_or_wants_no_copies_any_more_is_told_nothing() -> None:
    async with on_stage("2025-04-28T12:40") as stage:
        await choose(stage, PEOPLE)
        await apply(stage, ONLINE)
        del stage.sandbox.world.guild.members[stage.sandbox.world.person("author").id]
        await choose(stage, {"attendee": ("Stop direct messages",)})
        await until(stage, "14:05")
        assert [row.split(" ")[1] for row in first_lines(stage) if row.startswith(("13", "14")) and "#" not in row] == [
            "speaker:"
        ] * 4


async def test_after_an_outage_people_hear_of_it_once(tmp_path: Path) -> None:
    database = tmp_path / "usher.db"
    async with on_stage("2025-04-28T12:40", database=database) as stage:
        await apply(stage, ONLINE)
    async with on_stage("2025-04-28T13:50", database=database) as stage:
        await told(stage)
        news = [row for row in first_lines(stage) if "#announcements" in row]
        assert news == [repeated("13:50", f"{NEXT} 10 minutes")[0]]
