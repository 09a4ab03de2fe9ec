"""What organizers do about authors: codes as a file, naming and taking back, and who is not at their board."""

import csv
import io
import re

import pytest
from aiohttp import ClientSession
from msgspec.structs import replace

from bot.domain.audit import ActKind, Outcome
from bot.sandbox_app import Stage
from bot.storage import audit
from bot.storage.posters import claim_codes
from tests.chat.in_force import put_in_force
from tests.chat.organizing.test_live import guild, organizer, told, until
from tests.chat.posters.authoring import FIRST, TITLE, asked, authors, claimed, codes, direct, lines, sent
from tests.chat.test_bot import press_through, seen
from tests.faults.delivered import until as until_so

REFUSALS = {
    "/author codes": (
        ActKind.AUTHOR_CODES,
        "Only organizers hand out codes. If you are an author, ask them for yours.",
    ),
    f"/author assign person:author poster:{FIRST}": (
        ActKind.ASSIGN_AUTHOR,
        "Only organizers name authors. With a code, use /author claim.",
    ),
    f"/author remove person:author poster:{FIRST}": (
        ActKind.REMOVE_AUTHOR,
        "Only organizers take an author back. Ask one of them.",
    ),
    "/author missing": (ActKind.SEE_AUTHORS, "Only organizers and chairs see who is not at their board."),
}


async def ordered(stage: Stage, command: str) -> str:
    reply = await (await organizer(stage).command(command, channel="organizers")).settled()
    await told(stage)
    return seen(stage, reply.message)


async def test_codes_are_a_file_that_only_the_organizer_sees(stage: Stage) -> None:
    reply = await (await organizer(stage).command("/author codes", channel="organizers")).settled()
    assert reply.message is not None
    number = sum(len(set(poster.authors)) for poster in stage.program.posters)
    assert seen(stage, reply.message).splitlines()[0] == f"{number} claim codes: {number} of them are new, 0 were used."
    assert reply.message["flags"] & 64
    (file,) = reply.message["attachments"]
    assert file["filename"] == "delta-2025-claim-codes.csv"
    async with ClientSession() as session, session.get(file["url"]) as answer:
        content = await answer.read()
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[:3] for row in found[1:3]] == [[FIRST, TITLE, "Zander W. Blasingame"], [FIRST, TITLE, "Chen Liu"]]
    assert len({row[3] for row in found[1:]}) == number
    again = await ordered(stage, "/author codes")
    assert again.splitlines()[0] == f"{number} claim codes: none of them is new, 0 were used."


async def test_codes_stand_nowhere_but_in_the_file(stage: Stage) -> None:
    await codes(stage)
    await told(stage)
    made = [one.code for one in claim_codes.of_guild(stage.database.reader, guild(stage))]
    said = " ".join(str(message) for message in organizer(stage).sees("organizers"))
    trail = " ".join(str(entry) for entry in audit.newest(stage.database.reader, guild(stage), most=9))
    assert [code for code in made if code in said or code[:4] in trail] == []


async def test_a_named_author_is_told_and_is_one_until_taken_back(stage: Stage) -> None:
    author = stage.sandbox.person("author")
    who = f"<@{author.user.id}>"
    command = f"/author {{}} person:author poster:{FIRST}"
    assert await ordered(stage, command.format("assign")) == (
        f"{who} is an author of {TITLE}, and is told so in a direct message."
    )
    assert direct(stage, author) == [
        [
            f"📌 You are an author of {TITLE} at DeLTa, an organizer says.",
            "Questions about it come here, and you answer them with a button. /author settings changes when and where. "
            "If this is a mistake, tell an organizer.",
            "[All my questions]",
        ]
    ]
    assert await ordered(stage, command.format("assign")) == (
        f"{who} is an author of {TITLE} already. Nothing was changed."
    )
    assert authors(stage) == [author.user.id]
    assert await ordered(stage, command.format("remove")) == (
        f"{who} is no longer an author of {TITLE}. Their answers stay. A code that they used no longer works: "
        "/author codes has a new one."
    )
    assert authors(stage) == []
    assert await ordered(stage, command.format("remove")) == (
        f"{who} is not an author of {TITLE}. Nothing was changed."
    )
    assert [entry.act for entry in audit.newest(stage.database.reader, guild(stage), most=9)] == [
        ActKind.REMOVE_AUTHOR,
        ActKind.ASSIGN_AUTHOR,
    ]


@pytest.mark.parametrize("command", REFUSALS)
async def test_who_is_no_organizer_is_refused_and_that_is_written_down(stage: Stage, command: str) -> None:
    act, refusal = REFUSALS[command]
    reply = await stage.sandbox.person("author").command(command, channel="general")
    assert seen(stage, reply.message) == refusal
    await until_so(lambda: audit.count(stage.database.reader, guild(stage)) == 1)
    (entry,) = audit.newest(stage.database.reader, guild(stage), most=9)
    assert (entry.act, entry.outcome) == (act, Outcome.REFUSED)
    assert claim_codes.of_guild(stage.database.reader, guild(stage)) == []


async def test_organizers_see_who_is_missing_until_they_come(stage: Stage) -> None:
    author = stage.sandbox.person("author")
    await claimed(stage, author)
    number = len(stage.program.posters)
    shown = await organizer(stage).command("/author missing", channel="organizers")
    rows = lines(stage, shown)
    assert rows[:5] == [
        "At the boards: Poster/Break",
        "It begins in 1 hour, at 10:30 (venue 10:30).",
        f"0 posters with an author there · 1 without · {number - 1} not claimed",
        f"- {TITLE} · <@{author.user.id}>",
        "- A Simple Model of Inference Scaling Laws · not claimed",
    ]
    await author.command("/author here", channel="general")
    rows = lines(stage, await press_through(organizer(stage), shown, "Refresh"))
    assert rows[2:4] == [
        f"1 poster with an author there · 0 without · {number - 1} not claimed",
        "- A Simple Model of Inference Scaling Laws · not claimed",
    ]
    turned = lines(stage, await press_through(organizer(stage), shown, "More ›"))
    assert turned[3] != rows[3]
    other = await organizer(stage).choose(shown.message or {}, "Another session", "Poster/Break")
    assert lines(stage, other)[1:3] == [
        "It begins in 6 hours, at 15:20 (venue 15:20).",
        f"0 posters with an author there · 1 without · {number - 1} not claimed",
    ]


async def test_chairs_see_who_is_missing_and_what_is_unanswered_and_no_more(stage: Stage) -> None:
    await asked(stage, stage.sandbox.person("attendee"))
    server, chair = stage.program.server, stage.sandbox.person("speaker")
    with_chairs = replace(server, roles={**server.roles, "chairs": "Speaker"})
    await put_in_force(stage, replace(stage.program, server=with_chairs))
    shown = await chair.command("/author missing", channel="general")
    assert lines(stage, shown)[0] == "At the boards: Poster/Break"
    waiting = await press_through(chair, shown, "Refresh", "Unanswered questions")
    assert lines(stage, waiting)[0] == "1 question waits for an answer"
    refused = await chair.command("/author codes", channel="general")
    assert seen(stage, refused.message).startswith("Only organizers hand out codes.")
    help_card = seen(stage, (await chair.command("/help", channel="general")).message)
    assert "For chairs: /author missing" in help_card.splitlines()


async def test_an_author_is_asked_until_they_are_there(stage: Stage) -> None:
    author = stage.sandbox.person("author")
    await claimed(stage, author)
    await until(stage, 10, 5)
    asked = [one for one in direct(stage, author) if one[0].startswith("✋")]
    assert (
        asked
        == [
            [
                "✋ Are you at your board? Poster/Break starts in 25 minutes · Workshop room (to be announced) · 10:30 "
                "(venue 10:30)",
                f"- {TITLE}",
                "Press the button when you are, and attendees see it.",
                "[I am at my board]  [All my questions]",
            ]
        ]
        * 2
    )
    there = await press_through(author, await author.press(sent(author)[-1], "I am at my board"))
    assert lines(stage, there)[:2] == [
        "✋ You are at your board",
        "Poster/Break, until 11:20 (venue 11:20). Attendees see it in /posters.",
    ]
    await until(stage, 10, 20)
    assert len([one for one in direct(stage, author) if one[0].startswith("✋ Are")]) == 2


async def test_help_offers_to_each_what_they_may_use(stage: Stage) -> None:
    offered = {}
    for name in ("author", "organizer"):
        reply = await stage.sandbox.person(name).command("/help", channel="general")
        offered[name] = set(re.findall(r"/author (\w+)", seen(stage, reply.message)))
    own = {"claim", "questions", "settings", "here"}
    assert offered == {"author": own, "organizer": own | {"codes", "assign", "remove", "missing"}}
