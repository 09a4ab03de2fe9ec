"""/program reload and what another process publishes: seen, checked, published, and told to everybody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.actions.programme.publish_program import publish_program
from bot.chat.organizing.publishing import Source
from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.folders import read_files
from bot.formats.folder import read_folder
from bot.sandbox import Reply
from bot.sandbox_app import Stage, staged
from bot.storage.database import Database
from bot.storage.programme import live_edits, programmes
from tests.chat.organizing.test_live import organizer, texts, told
from tests.chat.samples import session
from tests.chat.test_bot import EPHEMERAL, press_through, seen
from tests.discord_schema import SchemaCheck
from tests.event_folder import folder_of
from tests.faults.delivered import BEFORE, three_reminders, until

OLD, NEW = "Session 1", "Opening remarks"


@asynccontextmanager
async def running(folder: Path, schema: SchemaCheck | None) -> AsyncIterator[Stage]:
    observers = [schema] if schema else []
    start = BEFORE.isoformat()
    async with staged(str(folder), at=start, database=folder.parent / "usher.db", observers=observers) as stage:
        yield stage
    if schema:
        assert schema.violations == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "event"
    made.mkdir()
    for name, content in folder_of(three_reminders()).items():
        (made / name).write_bytes(content)
    return made


@pytest.fixture
async def stage(folder: Path, schema: SchemaCheck | None) -> AsyncIterator[Stage]:
    async with running(folder, schema) as made:
        yield made


def write(folder: Path, old: str, new: str, name: str = "sessions.yaml") -> None:
    file = folder / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


async def asked(stage: Stage) -> Reply:
    reply = await organizer(stage).command("/program reload", channel="organizers")
    await reply.settled()
    return reply


async def pressed(stage: Stage, reply: Reply, label: str) -> Reply:
    done = await press_through(organizer(stage), reply, label)
    await done.settled()
    await told(stage)
    return done


def said(stage: Stage, reply: Reply) -> list[str]:
    """The lines of an answer, without its rules and the small print."""
    rows = seen(stage, reply.message).replace("─", "").split("As of")[0].splitlines()
    return [row for row in rows if row and not row.startswith("[")]


def organizers(stage: Stage) -> list[str]:
    """What stands in the organizers' channel for all of them, without the private answers and the buttons."""
    messages = organizer(stage).sees("organizers")
    found = [seen(stage, message) for message in messages if not message["flags"] & EPHEMERAL]
    return ["\n".join(row for row in one.splitlines() if not row.startswith(("<@&", "["))) for one in found]


def titles(stage: Stage) -> list[str]:
    guild = stage.sandbox.world.guild.id
    return [one.title for one in stage.client.desk.programmes.for_guild(guild).program.sessions]


async def test_a_change_of_the_files_is_shown_and_then_published(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    assert said(stage, reply) == [
        "Nothing is published yet",
        "This is what would change.",
        "1 change",
        "🔁 ~~Session 1~~ → Opening remarks · 09:00 (venue 09:00)",
        "Told in #announcements.",
        "Notified: whoever has the role Reminders.",
        "Nothing that was posted has to be edited.",
    ]
    assert titles(stage) == [OLD]
    done = await pressed(stage, reply, "Publish")
    assert said(stage, done)[0] == "Published"
    assert titles(stage) == [NEW]
    assert texts(stage, "announcements")[-1:] == ["🔁 ~~Session 1~~ → Opening remarks · 09:00 (venue 09:00)"]
    assert said(stage, await asked(stage))[:2] == ["Nothing to publish", "The files say what was published last."]


async def test_published_quietly_is_seen_and_not_told(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    done = await pressed(stage, await asked(stage), "Publish quietly")
    assert (titles(stage), texts(stage, "announcements")) == ([NEW], [])
    assert said(stage, done)[-1] == "Nobody in this server is told. What was posted is being edited."


async def test_what_this_server_changed_live_already_is_told_to_nobody_here(stage: Stage, folder: Path) -> None:
    delayed = await organizer(stage).command("/live delay session:Session 1 minutes:10", channel="organizers")
    await pressed(stage, delayed, "Apply")
    before = texts(stage, "announcements")
    write(folder, "09:00", "09:10")
    write(folder, "10:00", "10:10")
    reply = await asked(stage)
    assert said(stage, reply)[2:] == [
        "In this server only small things differ, or what was changed live already.",
        "Nobody in this server is told: nothing of it is news here.",
        "Nothing that was posted has to be edited.",
    ]
    done = await pressed(stage, reply, "Publish")
    assert said(stage, done)[-1] == "Nobody in this server is told. What was posted is being edited."
    assert texts(stage, "announcements") == before


async def test_cancel_changes_nothing(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    done = await pressed(stage, await asked(stage), "Cancel")
    assert said(stage, done) == ["Cancelled", "Nothing was changed."]
    assert titles(stage) == [OLD]


async def test_files_that_changed_since_the_preview_are_shown_first(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    write(folder, NEW, "Welcome")
    again = await pressed(stage, reply, "Publish")
    assert said(stage, again)[0] == "Something changed meanwhile"
    assert titles(stage) == [OLD]
    await pressed(stage, again, "Publish")
    assert titles(stage) == ["Welcome"]


async def test_a_live_change_since_the_preview_is_shown_first(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    delayed = await organizer(stage).command("/live delay session:Session 1 minutes:20", channel="organizers")
    await pressed(stage, delayed, "Apply")
    assert said(stage, await pressed(stage, reply, "Publish"))[0] == "Something changed meanwhile"
    assert titles(stage) == [OLD]


async def test_a_live_change_in_another_server_is_no_reason_to_look_again(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    edit = Edit("s1", Field.ROOM, "side", "main")
    put = partial(live_edits.put, guild_id=7, event_id="small", edit=edit, at=stage.clock.now(), by="1")
    await stage.database.write(put)
    assert said(stage, await pressed(stage, reply, "Publish"))[0] == "Published"
    assert titles(stage) == [NEW]


async def test_a_version_that_another_process_published_since_the_preview_is_not_undone(
    stage: Stage, folder: Path
) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    newer = replace(three_reminders(), speakers=(), deadlines=())
    await publish_program(stage.database, newer, fingerprint="x", at=stage.clock.now(), by="test")
    # Whether this process noticed it meanwhile or not.
    shown = said(stage, await pressed(stage, reply, "Publish"))[0]
    assert shown in ("Something changed meanwhile", "Nothing was published")
    assert titles(stage) == [OLD]


@pytest.mark.parametrize(
    ("name", "old", "new", "row"),
    [
        ("sessions.yaml", "room: main", "room: main\n    chairs: [Ada Byron]", "details of sessions (1 changed)"),
        ("deadlines.yaml", "title: Reviews", "title: Reviews due", "details of dates (1 changed)"),
    ],
)
async def test_what_is_no_news_is_named_and_published(
    name: str, old: str, new: str, row: str, stage: Stage, folder: Path
) -> None:
    write(folder, old, new, name)
    reply = await asked(stage)
    assert said(stage, reply)[2] == f"Also different: {row}."
    assert said(stage, await pressed(stage, reply, "Publish"))[0] == "Published"
    assert texts(stage, "announcements") == []
    assert said(stage, await asked(stage))[0] == "Nothing to publish"


async def test_what_this_server_could_not_follow_is_said_and_followed_later_in_the_same_manner(
    stage: Stage, folder: Path
) -> None:
    write(folder, OLD, NEW)
    reply = await asked(stage)
    refuse = "CREATE TRIGGER broken BEFORE INSERT ON guild BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    await stage.database.write(lambda tables: tables.execute(refuse))
    done = await pressed(stage, reply, "Publish quietly")
    assert said(stage, done)[0] == "Published, but not here yet"
    await stage.database.write(lambda tables: tables.execute("DROP TRIGGER broken"))
    guild, newest = stage.sandbox.world.guild.id, programmes.newest_ids(stage.database.reader)["small"]
    await until(lambda: programmes.told_version(stage.database.reader, guild) == newest, within=5)
    await told(stage)
    assert (titles(stage), texts(stage, "announcements")) == ([NEW], [])


def test_the_files_are_published_where_the_operator_says_or_where_there_is_one_server() -> None:
    anywhere, named = Source("x", dict), Source("x", dict, frozenset({7}))
    assert [anywhere.may_publish(7, servers) for servers in (1, 2)] == [True, False]
    assert [named.may_publish(guild, 2) for guild in (7, 8)] == [True, False]


async def test_errors_are_named_and_the_old_programme_stays(stage: Stage, folder: Path) -> None:
    write(folder, "main", "nowhere")
    write(folder, "Paper submission", "", "deadlines.yaml")
    shown = said(stage, await asked(stage))
    assert shown[:2] == ["The files have 2 errors", "Nothing was changed. The programme in force stays."]
    assert [row.split()[2].partition(":")[0] for row in shown[2:]] == ["sessions.yaml", "deadlines.yaml"]
    assert titles(stage) == [OLD]


async def test_a_conflict_is_shown_and_the_files_win_where_an_organizer_says_so(stage: Stage, folder: Path) -> None:
    guild = stage.sandbox.world.guild.id
    delayed = await organizer(stage).command("/live delay session:Session 1 minutes:20", channel="organizers")
    await pressed(stage, delayed, "Apply")
    write(folder, "09:00", "09:10")
    reply = await asked(stage)
    conflict = "Session 1: live 09:20–10:20, files 09:10–10:00"
    assert f"- {conflict}" in said(stage, reply)
    only = "only the organizers of this server are told, of the conflicts."
    assert f"Unless the files win, {only}" in said(stage, reply)
    done = await pressed(stage, reply, "Publish")
    assert said(stage, done)[-1] == f"{only.capitalize()} What was posted is being edited."
    starts = [one.start for one in stage.client.desk.programmes.for_guild(guild).program.sessions]
    assert [f"{start:%H:%M}" for start in starts] == ["16:20"]
    delayed_line, report, published_line = organizers(stage)
    who = f"<@{organizer(stage).user.id}>"
    assert delayed_line == f"📝 {who} changed Session 1: moved 09:00–10:00 → 09:20–10:20"
    assert published_line == (
        f"📝 {who} published Small: 1 conflict with live changes; Session 1 live 09:20–10:20, files 09:10–10:00"
    )
    assert report.splitlines() == [
        "⚠️ 1 conflict between the event's files and live changes",
        f"- {conflict}",
        "What was set live stays. /program reload can take what the files say.",
    ]
    standing = await asked(stage)
    assert said(stage, standing)[:2] == ["Nothing to publish", "The files say what was published last."]
    done = await pressed(stage, standing, "Take what the files say")
    assert said(stage, done)[-1] == "It is being told. What was posted is being edited."
    assert live_edits.of_guild(stage.database.reader, guild, "small") == []
    assert titles(stage) == [OLD]
    assert texts(stage, "announcements")[-1].splitlines()[0].startswith("🔁 Session 1 moved: ~~09:20~~ → 09:10")


async def test_a_session_that_was_changed_live_and_is_gone_from_the_files_is_gone(stage: Stage, folder: Path) -> None:
    for command in ("/live delay session:Session 1 minutes:20", "/live room session:Session 1 room:hall"):
        await pressed(stage, await organizer(stage).command(command, channel="organizers"), "Apply")
    replaced = replace(three_reminders(), sessions=(session(2, 120, 180),))
    (folder / "sessions.yaml").write_bytes(folder_of(replaced)["sessions.yaml"])
    reply = await asked(stage)
    gone = "- The session s1 is no longer in the files: what was set live for it has no effect."
    shown = [
        "2 changes",
        "❌ ~~Session 1~~ is no longer in the programme.",
        "➕ New: Session 2 · 11:00 (venue 11:00) · Main room",
        "⚠️ Live changes that can no longer hold",
        gone,
    ]
    assert said(stage, reply)[2:7] == shown
    assert "Publish, files win" not in str(reply.message)
    done = await pressed(stage, reply, "Publish")
    assert said(stage, done)[1:6] == shown
    (report,) = [text for text in organizers(stage) if text.startswith("⚠️")]
    assert report.splitlines() == ["⚠️ 1 conflict between the event's files and live changes", gone]
    (line,) = [text for text in organizers(stage) if "published Small" in text]
    assert line.partition("published Small: ")[2] == (
        "2 changes; Session 1 removed; Session 2 new; 1 conflict with live changes; Session 1 no longer in the files"
    )
    assert titles(stage) == ["Session 2"]


async def test_an_extension_is_told_and_the_posted_reminder_says_so(stage: Stage, folder: Path) -> None:
    await stage.clock.live_through(three_reminders().sessions[0].start)
    assert [text.splitlines()[0] for text in texts(stage, "announcements")] == ["Paper submission · due in 45 minutes"]
    write(folder, "04:45", "06:45", "deadlines.yaml")
    await pressed(stage, await asked(stage), "Publish")
    posted, news = texts(stage, "announcements")
    assert posted.splitlines()[0] == "Paper submission has been extended: now due in 3 hours"
    assert news.splitlines()[0].startswith("📅 Paper submission is extended: ~~")
    (reviewers,) = [text for text in organizers(stage) if text.startswith("📅")]
    assert reviewers.splitlines()[0].startswith("📅 For reviewers: Reviews is extended: ~~")


async def test_only_organizers_publish(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    shown = await asked(stage)
    stage.sandbox.world.guild.owner_id = 0
    stage.sandbox.world.guild.members[organizer(stage).user.id].role_ids.clear()
    refused = await press_through(organizer(stage), shown, "Publish")
    assert seen(stage, refused.message).startswith("Only organizers publish the programme. Nothing was changed.")
    assert titles(stage) == [OLD]


async def test_what_another_process_publishes_is_noticed(stage: Stage, folder: Path) -> None:
    write(folder, OLD, NEW)
    reading = read_folder(read_files(folder))
    assert reading.program is not None
    other = Database.open(folder.parent / "usher.db")
    await publish_program(other, reading.program, fingerprint="x", at=stage.clock.now(), by="test")
    other.close()
    await until(lambda: titles(stage) == [NEW], within=5)
    await until(lambda: len(texts(stage, "announcements")) == 1, within=5)
    assert texts(stage, "announcements") == ["🔁 ~~Session 1~~ → Opening remarks · 09:00 (venue 09:00)"]


async def test_a_folder_that_changed_while_the_bot_was_down_is_told_once(folder: Path) -> None:
    async with running(folder, None) as stage:
        await told(stage)
    write(folder, OLD, NEW)
    for news in (["🔁 ~~Session 1~~ → Opening remarks · 09:00 (venue 09:00)"], []):
        async with running(folder, None) as stage:
            await told(stage)
            assert (titles(stage), texts(stage, "announcements")) == ([NEW], news)


async def test_a_folder_with_errors_at_the_start_leaves_the_old_programme_in_force(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(folder, None):
        pass
    write(folder, "main", "nowhere")
    async with running(folder, None) as stage:
        assert titles(stage) == [OLD]
    (error,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert "1 error:" in error
    assert error.endswith("The programme that was published before stays in force.")


async def test_what_was_published_since_outlives_a_start_with_an_unchanged_folder(folder: Path) -> None:
    async with running(folder, None) as stage:
        newer = replace(three_reminders(), sessions=())
        await publish_program(stage.database, newer, fingerprint="x", at=stage.clock.now(), by="test")
    async with running(folder, None) as stage:
        assert titles(stage) == []
    write(folder, OLD, NEW)
    async with running(folder, None) as stage:
        assert titles(stage) == [NEW]
