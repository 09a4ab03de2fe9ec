"""/qa export and /questions export: what an organizer takes along, and who is in it."""

import csv
import io
import json
from functools import partial
from typing import Any

from bot.domain.audit import ActKind, Outcome
from bot.domain.posters.question import State
from bot.sandbox import InteractionType, Reply
from bot.sandbox_app import Stage
from bot.storage.database import Tables
from bot.storage.posters import questions
from tests.chat.organizing.test_live import organizer
from tests.chat.posters.moderated import ANSWER, POSTER, TEXT, answered, asked, guild, person, posted, qa, thread, trail
from tests.faults.delivered import until

FORMULA = '=HYPERLINK("https://evil.example","x")'
NAMES = ["delta-2025-questions.md", "delta-2025-questions.csv", "delta-2025-questions.json"]


def files(stage: Stage, reply: Reply) -> dict[str, str]:
    """The attached files of all messages, by their names."""
    attachments = stage.sandbox.world.attachments
    return {
        one["filename"]: attachments[int(one["id"])].content.decode("utf-8-sig")
        for message in reply.messages
        for one in message["attachments"]
    }


async def exported(stage: Stage, options: str = "") -> dict[str, str]:
    return files(stage, await qa(stage, f"export {options}".strip()))


async def in_json(stage: Stage) -> Any:
    (content,) = (await exported(stage, "format:JSON: for a program")).values()
    return json.loads(content)


async def test_an_export_holds_what_was_asked_and_answered_in_three_forms(stage: Stage) -> None:
    named = await asked(stage, FORMULA, by="speaker", named=True)
    await answered(stage, await asked(stage))
    reply = await qa(stage, "export")
    assert reply.message is not None
    assert reply.message["content"] == (
        "**2 questions about 1 poster, 1 without an answer**\n"
        "Who asked without a name is not named. Who chose to stay out is left out, and what was withdrawn or hidden."
    )
    found = files(stage, reply)
    assert list(found) == NAMES
    (poster,) = json.loads(found[NAMES[2]])["posters"]
    said = [(one["number"], one["asked_by"], one["state"], one["text"]) for one in poster["questions"]]
    assert said == [(1, "Speaker", "open", FORMULA), (2, "somebody", "answered", TEXT)]
    assert [(one["by"], one["text"]) for one in poster["questions"][1]["answers"]] == [("Author", ANSWER)]
    here = f"https://discord.com/channels/{guild(stage)}/{thread(stage)}"
    assert (poster["title"], poster["thread"]) == (POSTER, here)
    assert poster["questions"][0]["link"] == f"{here}/{posted(stage)[1]['id']}"
    table = list(csv.reader(io.StringIO(found[NAMES[1]], newline="")))
    assert [row[8] for row in table[1:]] == [f"'{FORMULA}", TEXT]
    assert [row for row in found[NAMES[0]].splitlines() if row.startswith("#")][2:] == [
        f"## {POSTER}",
        f"### Question {named.number} · 0 upvotes",
        "### Question 2 · 0 upvotes",
    ]


async def test_nobody_s_id_stands_in_an_export(stage: Stage) -> None:
    await answered(stage, await asked(stage, f"Was it <@{person(stage, 'author').user.id}> who found it?"))
    await asked(stage, "And how does that hold for text?", by="speaker", named=True)
    everything = json.dumps(await exported(stage))
    ids = [str(person(stage, name).user.id) for name in ("attendee", "author", "speaker", "organizer")]
    assert [one for one in ids if one in everything] == []
    assert "Attendee" not in everything


async def test_who_left_the_server_has_no_name(stage: Stage) -> None:
    await asked(stage, by="speaker", named=True)
    del stage.sandbox.world.guild.members[person(stage, "speaker").user.id]
    ((one,),) = [poster["questions"] for poster in (await in_json(stage))["posters"]]
    assert one["asked_by"] == "an attendee"


async def test_who_stays_out_is_left_out_until_they_come_back(stage: Stage) -> None:
    await answered(stage, await asked(stage))
    await asked(stage, "And how does that hold for text?", by="speaker", named=True)
    for name in ("speaker", "author", "attendee"):
        done = await person(stage, name).command("/questions export choice:Leave mine out", channel="general")
        assert done.message is not None
        assert done.message["content"] == (
            "Your answers, and what you asked with your name, are left out of what organizers export from now on. "
            "What you asked without your name stays in: nobody can tell that it is yours. In the server nothing "
            "changes. /questions export choice:Keep mine in takes this back."
        )
    (poster,) = (await in_json(stage))["posters"]
    assert [(one["number"], one["state"], one["answers"]) for one in poster["questions"]] == [(1, "answered", [])]
    await person(stage, "speaker").command("/questions export choice:Keep mine in", channel="general")
    (poster,) = (await in_json(stage))["posters"]
    assert [one["number"] for one in poster["questions"]] == [1, 2]


async def test_what_is_hidden_or_withdrawn_or_not_asked_is_left_out(stage: Stage) -> None:
    await asked(stage)
    await asked(stage, "And how does that hold for text?", by="speaker")
    draft = await person(stage).command(f"/ask poster title:{POSTER}", channel="general")
    assert draft.modal is not None
    await person(stage).submit(draft.modal, {"text": "???"})
    await qa(stage, "hide number:1 reason:Off topic")
    found = await in_json(stage)
    assert ([one["number"] for one in found["posters"][0]["questions"]], found["unanswered"]) == ([2], [2])


async def test_an_export_is_in_the_trail_and_an_empty_one_is_none(stage: Stage) -> None:
    empty = await qa(stage, "export")
    assert empty.message is not None
    assert (empty.message["content"], files(stage, empty)) == (
        "Nobody has asked anything yet that could be exported.",
        {},
    )
    await asked(stage)
    await exported(stage, "format:CSV: for a spreadsheet")
    assert [(one.act, one.about, one.detail) for one in trail(stage)] == [
        (ActKind.EXPORT_QUESTIONS, "questions and answers", "1 question as csv")
    ]
    assert [one["content"] for one in posted(stage, "organizers")] == [
        f"📝 <@{person(stage, 'organizer').user.id}> exported **questions and answers**: 1 question as csv"
    ]


async def test_what_is_too_large_for_one_message_comes_in_several_files_and_messages(stage: Stage) -> None:
    number, text = 9_000, "word " * 180

    def fill(tables: Tables) -> None:
        add = partial(questions.add, tables, guild(stage), text=text, asker=1, named=False, state=State.OPEN)
        for one in range(number):
            poster = stage.program.posters[one % 2].id
            add(poster, at=stage.clock.now(), act=one)

    await stage.database.write(fill)
    reply = await organizer(stage).command("/qa export format:Markdown: to read", channel="organizers")
    await reply.settled(60)
    await stage.sandbox.until(lambda: len(reply.messages) == 2, 60)
    found = files(stage, reply)
    assert list(found) == ["delta-2025-questions-1.md", "delta-2025-questions-2.md"]
    assert [content.count("### Question") for content in found.values()] == [number // 2] * 2
    assert reply.message is not None
    assert reply.message["content"].splitlines()[-1] == "They do not fit into one message: 1 more follows."


async def test_only_organizers_export(stage: Stage) -> None:
    await asked(stage)
    world = stage.sandbox.world
    data = {"name": "qa", "options": [{"name": "export", "type": 1, "options": []}]}
    refused = await stage.sandbox.interact(
        world.person("attendee"), world.channel_named("general"), InteractionType.COMMAND, data
    )
    assert refused.outcome.message is not None
    assert refused.outcome.message.data["content"] == (
        "Only organizers take the questions along. /questions top shows you what was asked."
    )
    await until(lambda: len(trail(stage)) == 1)
    assert [(one.act, one.outcome) for one in trail(stage)] == [(ActKind.EXPORT_QUESTIONS, Outcome.REFUSED)]


async def test_a_read_beside_the_bot_sees_what_is_committed_and_locks_nothing(stage: Stage) -> None:
    await asked(stage)
    before = await in_json(stage)
    (one,) = questions.every(stage.database.reader, guild(stage))
    await stage.database.write(partial(questions.rewrite, question=one, text="Rewritten, is it?", named=False))
    after = await in_json(stage)
    assert [found["posters"][0]["questions"][0]["text"] for found in (before, after)] == [TEXT, "Rewritten, is it?"]
