"""``usher publish``, as a process beside the bot's database."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.changes.change import Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import NO, YES, span
from bot.storage.database import Database
from bot.storage.programme import event_folders, live_edits, programmes
from bot.storage.programme.programmes import Manner
from tests.chat.samples import at, session
from tests.event_folder import folder_of
from tests.faults.delivered import three_reminders
from tests.test_cli import Ended, usher

PUBLISHED = "Published. A running bot follows within two seconds, one that is down at its next start.\n"
NOW = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """An event's folder, and beside it the database of a bot that knows it."""
    made = tmp_path / "event"
    made.mkdir()
    for name, content in folder_of(three_reminders()).items():
        (made / name).write_bytes(content)
    db = Database.open(tmp_path / "usher.db")
    await db.write(partial(programmes.add, program=three_reminders(), fingerprint="x", at=NOW, by="test"))
    db.close()
    return made


def rename(folder: Path) -> None:
    file = folder / "sessions.yaml"
    file.write_text(file.read_text().replace("Session 1", "Opening remarks"))


async def publish(folder: Path, *options: str, stdin: str = "") -> Ended:
    return await usher(
        "publish", "event", *options, stdin=stdin, cwd=folder.parent, USHER_DATABASE="usher.db", DISCORD_TOKEN=""
    )


def versions(folder: Path) -> list[tuple[int, Manner]]:
    """The id of the version in force and how it is taken."""
    db = Database.open(folder.parent / "usher.db")
    try:
        newest = programmes.newest_ids(db.reader)["small"]
        return [(newest, programmes.manner_between(db.reader, 7, "small", newest - 1, newest))]
    finally:
        db.close()


@pytest.mark.parametrize(
    ("options", "stdin", "manner"),
    [
        (("--yes",), "", Manner()),
        ((), "y\n", Manner()),
        (("--yes", "--quietly", "--files-win"), "", Manner(files_win=True, quiet=True)),
    ],
)
async def test_what_would_change_is_shown_and_published(
    folder: Path, options: tuple[str, ...], stdin: str, manner: Manner
) -> None:
    rename(folder)
    ended = await publish(folder, *options, stdin=stdin)
    assert (ended.code, ended.err) == (0, "")
    said = ended.out.replace("Publish? [y/N]: ", "")
    assert said.endswith(f"1 change:\n  🔁 Session 1 → Opening remarks · Mon 28 Apr 09:00 (venue 09:00)\n{PUBLISHED}")
    assert versions(folder) == [(2, manner)]
    db = Database.open(folder.parent / "usher.db")
    assert event_folders.seen(db.reader, str(folder)) is not None
    db.close()


async def test_nothing_is_published_without_a_yes(folder: Path) -> None:
    rename(folder)
    for stdin in ("n\n", ""):
        assert (await publish(folder, stdin=stdin)).code == 1
    assert versions(folder) == [(1, Manner())]


async def test_files_that_say_what_is_in_force_are_not_published(folder: Path) -> None:
    ended = await publish(folder, "--yes")
    assert (ended.code, ended.out.splitlines()[-2:]) == (0, ["Nothing has changed.", "Nothing was published."])
    assert versions(folder) == [(1, Manner())]


async def test_a_difference_that_is_no_news_is_named_and_published(folder: Path) -> None:
    file = folder / "sessions.yaml"
    file.write_text(file.read_text().replace("room: main", "room: main\n    chairs: [Ada Byron]"))
    ended = await publish(folder, "--yes")
    assert ended.out.endswith(f"Also different: details of sessions (1 changed).\n{PUBLISHED}")
    assert versions(folder) == [(2, Manner())]


async def test_every_error_is_named_and_the_old_programme_stays(folder: Path) -> None:
    for name, old, new in (("sessions.yaml", "main", "nowhere"), ("deadlines.yaml", "Paper submission", "")):
        (folder / name).write_text((folder / name).read_text().replace(old, new))
    ended = await publish(folder, "--yes")
    assert (ended.code, ended.out) == (1, "")
    first, *faults = ended.err.splitlines()
    assert first == "usher: Nothing was published: event has errors. See also: usher check event"
    assert [fault.split()[:2] for fault in faults] == [["error", "sessions.yaml:9"], ["error", "deadlines.yaml:3"]]
    assert versions(folder) == [(1, Manner())]


async def test_a_live_change_that_the_files_contradict_is_named(folder: Path) -> None:
    edit = Edit("s1", Field.TIME, span(at(20), at(80)), span(at(0), at(60)))
    db = Database.open(folder.parent / "usher.db")
    await db.write(partial(live_edits.put, guild_id=7, event_id="small", edit=edit, at=NOW, by="1"))
    db.close()
    file = folder / "sessions.yaml"
    file.write_text(file.read_text().replace("09:00", "09:10"))
    ended = await publish(folder, "--yes")
    assert ended.out.splitlines()[-3:-1] == [
        "In server 7 the files contradict live changes, which stay (--files-win gives them up):",
        "  - Session 1: live 09:20–10:20, files 09:10–10:00",
    ]


async def test_a_removal_of_what_only_this_server_still_holds_is_named(folder: Path) -> None:
    """The files cancelled it, the server held it all the same, and later: there, people read that it went."""
    (held,) = three_reminders().sessions
    cancelled = replace(three_reminders(), sessions=(replace(held, cancelled=True), session(2, 120, 180)))
    edits = (
        Edit("s1", Field.TIME, span(at(20), at(80)), span(at(0), at(60))),
        Edit("s1", Field.CANCELLED, NO, YES),
    )
    db = Database.open(folder.parent / "usher.db")
    await db.write(partial(programmes.add, program=cancelled, fingerprint="y", at=NOW, by="test"))
    for edit in edits:
        await db.write(partial(live_edits.put, guild_id=7, event_id="small", edit=edit, at=NOW, by="1"))
    db.close()
    for name, content in folder_of(replace(cancelled, sessions=cancelled.sessions[1:])).items():
        (folder / name).write_bytes(content)
    gone = "  - The session s1 is no longer in the files: what was set live for it has no effect."
    rows = [
        "In server 7, because of live changes there:",
        "  ❌ Session 1 is no longer in the programme.",
        "Live changes that can no longer hold, in server 7:",
        gone,
    ]
    ended = await publish(folder, "--yes")
    assert ended.out.splitlines()[-5:-1] == rows
    again = await publish(folder, "--yes")
    assert again.out.splitlines()[-2:] == ["Nothing has changed.", "Nothing was published."]


async def test_without_a_database_nothing_is_made(folder: Path) -> None:
    (folder.parent / "usher.db").unlink()
    ended = await publish(folder, "--yes")
    assert (ended.code, "There is no database usher.db" in ended.err) == (1, True)
    assert not (folder.parent / "usher.db").exists()
