"""``usher export qa``, as a process beside the bot's database."""

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.domain.posters.question import State
from bot.storage.database import Database, Tables
from bot.storage.posters import answers, exported, questions
from bot.storage.programme import programmes
from tests.chat.samples import at, poster
from tests.event_folder import folder_of
from tests.faults.delivered import three_reminders
from tests.test_cli import Ended, usher

GUILD, OTHER, ANA, BEN, EVE = 70000000000000100, 70000000000000200, 555001, 555002, 555003


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """An event's folder, and beside it the database of a bot in whose server people asked."""
    program = replace(three_reminders(), posters=(poster(1), poster(2)))
    made = tmp_path / "event"
    made.mkdir()
    for name, content in folder_of(program).items():
        (made / name).write_bytes(content)
    db = Database.open(tmp_path / "usher.db")
    await db.write(partial(programmes.add, program=program, fingerprint="x", at=at(0), by="test"))
    await db.write(asked_in(GUILD))
    db.close()
    return made


def asked_in(guild: int) -> Callable[[Tables], None]:
    """Ana asks with her name, Eve without, Ben answers and asks; one question is a draft."""

    def write(tables: Tables) -> None:
        add = partial(questions.add, tables, guild, state=State.OPEN, at=at(1))
        first = add("p2", "=1+1 | or not?", asker=ANA, named=True, act=guild + 1)
        add("p1", "Who am I?", asker=EVE, named=False, act=guild + 2)
        add("p1", "And me?", asker=BEN, named=True, act=guild + 3)
        questions.add(tables, guild, "p1", "No!", asker=ANA, named=True, state=State.DRAFT, at=at(2), act=guild + 4)
        answers.add(tables, guild, first.id, "Two.", author=BEN, at=at(3), act=guild + 5)
        questions.set_state(tables, first, State.ANSWERED)

    return write


async def export(folder: Path, *options: str) -> Ended:
    return await usher(
        "export", "qa", "event", *options, cwd=folder.parent, USHER_DATABASE="usher.db", DISCORD_TOKEN=""
    )


def told(ended: Ended) -> list[tuple[str, str, list[str]]]:
    """Who asked what, and who answered."""
    posters = json.loads(ended.out)["posters"]
    return [
        (one["asked_by"], one["text"], [answer["by"] for answer in one["answers"]])
        for each in posters
        for one in each["questions"]
    ]


async def test_questions_are_exported_with_the_same_made_up_name_for_the_same_person(folder: Path) -> None:
    ended = await export(folder, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    assert told(ended) == [
        ("somebody", "Who am I?", []),
        ("author 1", "And me?", []),
        ("attendee 1", "=1+1 | or not?", ["author 1"]),
    ]
    assert [each["title"] for each in json.loads(ended.out)["posters"]] == ["Poster 1", "Poster 2"]


@pytest.mark.parametrize("form", ["md", "csv", "json"])
async def test_nobody_s_id_stands_in_any_form(folder: Path, form: str) -> None:
    ended = await export(folder, "--format", form)
    assert (ended.code, [str(one) for one in (ANA, BEN, EVE) if str(one) in ended.out]) == (0, [])
    assert ("Who am I?" in ended.out, "No!" in ended.out) == (True, False)


async def test_who_stays_out_is_left_out(folder: Path) -> None:
    db = Database.open(folder.parent / "usher.db")
    for person in (BEN, EVE):
        await db.write(partial(exported.leave_out, guild_id=GUILD, user_id=person, out=True))
    db.close()
    assert told(await export(folder, "--format", "json")) == [
        ("somebody", "Who am I?", []),
        ("attendee 1", "=1+1 | or not?", []),
    ]


async def test_a_file_is_written_where_one_is_named(folder: Path) -> None:
    printed = await export(folder)
    ended = await export(folder, "--to", "questions.md")
    assert (ended.code, ended.out) == (0, "Wrote questions.md: 3 questions about 2 posters, 2 without an answer.\n")
    made = (folder.parent / "questions.md").read_text().splitlines()
    assert [row for row in made if "As of" not in row] == [
        row for row in printed.out.splitlines() if "As of" not in row
    ]
    refused = await export(folder, "--to", "nowhere/questions.md")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("usher: nowhere/questions.md cannot be written")


async def test_it_reads_beside_a_bot_that_writes_and_changes_nothing(folder: Path) -> None:
    file = folder.parent / "usher.db"
    running = Database.open(file)
    await running.write(asked_in(OTHER))
    writing = sqlite3.connect(file, isolation_level=None)
    writing.execute("BEGIN IMMEDIATE")
    seen = running.changes_seen()
    ended = await export(folder, "--format", "json", "--guild", str(OTHER))
    assert (ended.code, len(told(ended)), running.changes_seen()) == (0, 3, seen)
    writing.execute("ROLLBACK")
    writing.close()
    running.close()


async def test_of_several_servers_one_has_to_be_named(folder: Path) -> None:
    db = Database.open(folder.parent / "usher.db")
    await db.write(asked_in(OTHER))
    db.close()
    ended = await export(folder)
    assert (ended.code, ended.out, ended.err) == (
        1,
        "",
        f"usher: In several servers questions were asked. Name one of these with --guild:\n  {GUILD}\n  {OTHER}\n",
    )
    wrong = await export(folder, "--guild", "5")
    assert wrong.err.splitlines()[0] == "usher: In server 5 nobody asked anything. Name one of these with --guild:"
    assert len(told(await export(folder, "--format", "json", "--guild", str(GUILD)))) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--database", "none.db"), "There is no database none.db, so nothing was exported."),
        (("--database", "event/event.yaml"), "The database event/event.yaml cannot be opened"),
        (("--database", "old.db"), "The database old.db is one of an earlier release of Usher, or none of Usher's."),
        (("--database", "empty.db"), "Nobody has asked anything yet: there is nothing to export."),
        (("--format", "xml"), "--format xml is not known. Write one of: md, csv, json."),
    ],
)
async def test_what_cannot_be_exported_is_said_and_left_as_it_is(
    folder: Path, options: tuple[str, ...], said: str
) -> None:
    Database.open(folder.parent / "empty.db").close()
    old = sqlite3.connect(folder.parent / "old.db")
    old.execute("CREATE TABLE something(id)")
    old.commit()
    old.close()
    before = (folder.parent / "old.db").read_bytes()
    ended = await export(folder, *options)
    assert (ended.code, ended.out, ended.err.startswith(f"usher: {said}")) == (1, "", True)
    assert (folder.parent / "old.db").read_bytes() == before
