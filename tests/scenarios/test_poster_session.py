"""DeLTa's first poster session, 10:30 to 11:20, with sixty people, twelve authors, two restarts: the counts add up."""

import asyncio
import csv
import io
import json
import signal
from collections import Counter
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

from aiohttp import ClientSession

from bot.domain.program import Program
from bot.folders import find_event, read_files
from bot.formats.folder import read_folder
from bot.formats.qa import Format
from bot.sandbox import Sandbox
from bot.sandbox.snowflake import WORLD_BEGAN
from bot.sandbox.state import Member
from bot.sandbox_app import world_for
from tests.chat.samples import NINE
from tests.faults.delivered import Trial, until
from tests.scenarios.poster_session import ATTENDEES, AUTHORS, POSTERS, Crowd

#: Things that people do before the bot is killed, between that and its being ended, and afterwards.
ACTS = (66, 66, 42)
_NAMES = [f"person{number}" for number in range(ATTENDEES)]
_AUTHORS = [f"presenter{number}" for number in range(AUTHORS)]


def delta() -> tuple[dict[str, bytes], Program]:
    files = dict(read_files(find_event("delta-2025")))
    program = read_folder(files, now=NINE).program
    assert program is not None
    return files, program


def joined(sandbox: Sandbox) -> None:
    """All of them are members of the server."""
    for name in (*_NAMES, *_AUTHORS):
        user = sandbox.world.add_user(name)
        sandbox.world.guild.members[user.id] = Member(user, [], WORLD_BEGAN)


async def claimed(sandbox: Sandbox, posters: list[str]) -> dict[str, str]:
    """Each author claims a poster with the code that an organizer handed out; by whom each is."""
    reply = await (await sandbox.person("organizer").command("/author codes", channel="organizers")).settled()
    assert reply.message is not None
    async with ClientSession() as session, session.get(reply.message["attachments"][0]["url"]) as answer:
        rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
    codes = {row[0]: row[3] for row in reversed(rows[1:])}
    authors = dict(zip(posters, _AUTHORS, strict=True))
    for poster, name in authors.items():
        done = await (await sandbox.person(name).command(f"/author claim code:{codes[poster]}")).settled()
        assert done.kind != "failed"
    return authors


async def lived_through(it: Trial, crowd: Crowd) -> dict[str, Any]:
    """Three lives of the bot; what `/qa export` gives in the last, by its format."""
    world = it.sandbox.world
    async with it.bot(start="2025-04-28T10:30-07:00", speed=1) as process:
        await it.sandbox.gateway.ready(20)
        crowd.take(await claimed(it.sandbox, crowd.posters))
        await acted(crowd, ACTS[0])
        # Somebody has a form open when the bot dies, and sends it to the next one.
        form = (await crowd.person("attendee").command(f"/ask poster title: {crowd.posters[0]}")).modal
        assert form is not None
        process.send_signal(signal.SIGKILL)
        await acted(crowd, 3)
    async with it.bot(start="2025-04-28T10:47-07:00", speed=1) as process:
        await it.sandbox.gateway.ready(20)
        await crowd.sent(form, "attendee", "Is this form still taken?", crowd.posters[0])
        await acted(crowd, ACTS[1])
        process.send_signal(signal.SIGTERM)
        await process.wait()
    async with it.bot(start="2025-04-28T11:05-07:00", speed=1):
        await it.sandbox.gateway.ready(20)
        await acted(crowd, ACTS[2])
        await until(lambda: not waiting(it), within=60)
        reply = await (await crowd.person("organizer").command("/qa export", channel="organizers")).settled()
        assert reply.message is not None
        async with ClientSession() as session:
            exported = {}
            for file in reply.message["attachments"]:
                async with session.get(file["url"]) as answer:
                    exported[file["filename"].rpartition(".")[2]] = (await answer.read()).decode()
        assert world.guild.members
        return exported


async def acted(crowd: Crowd, number: int) -> None:
    """Three people at a time."""
    for _ in range(number // 3):
        await asyncio.gather(*(crowd.act() for _ in range(3)))


def waiting(it: Trial) -> list[tuple[str, str]]:
    """What is due and not said yet: votes are gathered for seconds."""
    rows = read(it, "SELECT dedupe_key, state FROM outbox WHERE state IN ('queued', 'leased') AND due_at <= ?", _LATE)
    return [row for row in rows if row[0].startswith(("act:question", "act:answer", "act:edit", "act:thread"))]


#: 11:15 at the venue, in milliseconds.
_LATE = 1_745_864_100_000


def read(it: Trial, query: str, *values: object) -> list[Any]:
    with closing(connect(it.database)) as db:
        return db.execute(query, values).fetchall()


async def test_what_people_were_told_is_true_in_the_end(tmp_path: Path) -> None:
    files, program = delta()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    async with Sandbox(world_for(program)) as sandbox:
        joined(sandbox)
        crowd = Crowd(sandbox, [poster.id for poster in program.posters[:POSTERS]], _NAMES)
        it = Trial(sandbox, tmp_path)
        exported = await lived_through(it, crowd)
        told = crowd.told
        stored = {
            number: (poster, text, state, votes)
            for number, poster, text, state, votes in read(
                it, "SELECT number, poster_id, text, state, votes FROM question WHERE number IS NOT NULL"
            )
        }
        # Nobody was told of a question that is not there, or of another text.
        assert {number: stored[number][:2] for number in told.asked} == told.asked
        assert {number for number, row in stored.items() if row[2] == "withdrawn"} >= told.withdrawn
        # Each stands in its thread once, with the number of its votes.
        shown = crowd.shown()
        open_ones = {number for number, row in stored.items() if row[2] in ("open", "answered")}
        assert shown.keys() == open_ones
        assert {number: votes for number, (votes, _) in shown.items()} == {
            number: stored[number][3] for number in open_ones
        }
        assert {times for _, times in shown.values()} == {1}
        votes = dict(read(it, "SELECT q.number, count(*) FROM vote JOIN question q ON q.id = question GROUP BY 1"))
        assert all(votes.get(number, 0) >= len(people) for number, people in told.votes.items())
        assert {number: row[3] for number, row in stored.items() if row[3]} == votes
        # Every answer that was confirmed is there, and was posted once.
        answers = Counter(
            dict(read(it, "SELECT q.number, count(*) FROM answer JOIN question q ON q.id = question GROUP BY 1"))
        )
        assert answers >= told.answers
        assert crowd.answers_shown() == answers
        assert len(read(it, "SELECT 1 FROM question WHERE state = 'draft'")) >= told.kept > 0
        check_export(it, exported, open_ones)
        assert len(told.asked) > 25


def check_export(it: Trial, exported: dict[str, str], shown: set[int]) -> None:
    """All that everybody may see is in each form, and nobody who hid their name is."""
    assert exported.keys() == {form.value for form in Format}
    found = json.loads(exported["json"])
    numbers = [question["number"] for poster in found["posters"] for question in poster["questions"]]
    assert sorted(numbers) == sorted(shown)
    hidden = [str(asker) for (asker,) in read(it, "SELECT DISTINCT asker FROM question WHERE NOT named")]
    assert [asker for asker in hidden for content in exported.values() if asker in content] == []
    assert len(hidden) > 10
