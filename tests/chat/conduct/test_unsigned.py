"""What was asked without a name is reported: whoever asked reads nothing of the case, and is shown to nobody."""

import json
import re

import pytest

from bot.chat.conduct.ways import ADMINISTRATOR, UNSIGNED
from bot.domain.conduct.case import Way
from bot.sandbox import Person, Reply
from bot.sandbox_app import Stage
from bot.storage.conduct import cases
from bot.storage.conduct import committee as committees
from tests.chat.conduct.acting import (
    CHANNEL,
    administrator,
    attendee,
    committee,
    direct,
    lines,
    pressed,
    threads,
)
from tests.chat.organizing.test_live import guild, told
from tests.chat.posters import asking

_CASE = re.compile(r"case \d+", re.I)


async def reported(stage: Stage, message: dict[str, object]) -> Reply:
    """A message of the bot, through its menu."""
    opened = await attendee(stage).context_menu("Report to the committee", message)
    assert opened.modal is not None
    done = await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    return done


async def question_of(stage: Stage, asker: Person, *, who: str, text: str = "Are you stupid?") -> dict[str, object]:
    await asking.ask(stage, text, asker.user.name, who=who)
    return asking.thread(stage)[-1]


def brought(person: Person) -> list[dict[str, object]]:
    """What came to somebody of cases."""
    return [message for message in direct(person) if "conduct committee" in message["content"]]


async def shown(stage: Stage, done: Reply, reader: Person) -> list[str]:
    """All that is seen of the newest case by who reported it, and by one who reads it: with its export."""
    card = (await reader.press(brought(reader)[-1], "Open the case")).message
    assert card is not None
    choosing = await reader.press(card, "Assign")
    assert choosing.message is not None
    options = choosing.message["components"][1]["components"][0]["options"]
    seen = [*lines(stage, done.message), *(lines(stage, brought(reader)[-1])), *lines(stage, card)]
    seen += [*lines(stage, choosing.message), *(option["label"] for option in options)]
    back = await reader.press(choosing.message, "Back")
    assert back.message is not None
    exported = await pressed(stage, reader, back.message, "Export")
    assert exported.message is not None
    files = [
        stage.sandbox.world.attachments[int(one["id"])].content.decode() for one in exported.message["attachments"]
    ]
    assert json.loads(files[1])["involved"] == []
    return [*seen, *files]


async def test_whoever_asked_without_a_name_reads_nothing_and_nothing_tells_them_from_anybody_else(
    stage: Stage,
) -> None:
    """One of the committee asks, and one who is not on it: what others are shown is the same."""
    reader, one = committee(stage), administrator(stage)
    seen, numbers = [], list[int]()
    for asker, text in ((one, "Are you stupid?"), (stage.sandbox.person("speaker"), "Who paid for such nonsense?")):
        done = await reported(stage, await question_of(stage, asker, who="anonymous", text=text))
        found = cases.open_ones(stage.database.reader, guild(stage))
        (case,) = [new for new in found if new.number not in numbers]
        numbers.append(case.number)
        assert (case.way, case.involved, case.hidden) == (Way.DIRECT, (), (asker.user.id,))
        assert f"{UNSIGNED}: the case goes by direct message to the committee." in lines(stage, done.message)
        texts = await shown(stage, done, reader)
        hidden = (str(asker.user.id), asker.user.display_name)
        assert [row for row in texts if any(mark in row for mark in hidden)] == []
        seen.append([re.sub(r"\d+", "#", row.replace(text, "")) for row in texts])
    assert seen[0] == seen[1]
    of_cases = [kept for kept in threads(stage) if _CASE.match(kept.name)]
    assert (of_cases, one.sees(CHANNEL), reader.sees(CHANNEL)) == ([], [], [])
    assert (len(brought(reader)), len(brought(one))) == (2, 1)
    listed = await one.command("/cases list", channel="general")
    (other,) = [row for row in lines(stage, listed.message) if _CASE.match(row)]
    assert str(numbers[1]) in other
    trail = await one.command("/audit", channel="organizers")
    assert len([row for row in lines(stage, trail.message) if "exported" in row]) == 1


async def test_whoever_reports_does_not_learn_whether_the_only_one_of_the_committee_asked(stage: Stage) -> None:
    """Neither at once nor when they look into it."""
    ana, seen, numbers = attendee(stage), [], set[int]()
    await stage.database.write(lambda tables: committees.remove(tables, guild(stage), administrator(stage).user.id))
    for asker, text in ((committee(stage), "Are you stupid?"), (stage.sandbox.person("speaker"), "Who paid for that?")):
        done = await reported(stage, await question_of(stage, asker, who="anonymous", text=text))
        assert done.message is not None
        found = {one.number for one in cases.open_ones(stage.database.reader, guild(stage))}
        (number,) = found - numbers
        numbers = found
        listed = await ana.press(done.message, "My reports")
        assert listed.message is not None
        read = await ana.choose(listed.message, "pick-cs", f"Case {number}")
        shown = [*lines(stage, done.message), *lines(stage, read.message)]
        assert shown[1].startswith("It goes to the committee, without whoever wrote what you report.")
        seen.append([re.sub(r"\d+", "#", row) for row in shown])
    assert (seen[0], direct(ana)) == (seen[1], [])


async def test_who_asked_or_answered_with_their_name_is_involved_as_who_wrote_any_message(stage: Stage) -> None:
    asked = await question_of(stage, administrator(stage), who="named", text="Why do you _all_ like **this**?")
    done = await reported(stage, asked)
    assert f"{ADMINISTRATOR}: the case goes by direct message to 1 other member of the committee." in lines(
        stage, done.message
    )
    (case,) = cases.open_ones(stage.database.reader, guild(stage))
    assert ([one.name for one in case.involved], case.hidden) == (["Organizer (@organizer)"], ())
    # As its reader saw it: without the bot's markup, and with what the asker's signs were.
    assert (case.message.text if case.message else None) == "❓ Question 1: Why do you _all_ like **this**?"
    assert (len(brought(committee(stage))), brought(administrator(stage))) == (1, [])


async def test_who_reports_their_own_question_is_involved_nowhere(stage: Stage) -> None:
    done = await reported(stage, await question_of(stage, attendee(stage), who="anonymous"))
    (case,) = cases.open_ones(stage.database.reader, guild(stage))
    assert (case.involved, case.hidden) == ((), ())
    assert "You are not listed as involved: the committee could guess from it who reported." in lines(
        stage, done.message
    )


@pytest.mark.parametrize("contact", ["named", "anonymous"])
async def test_their_own_question_with_their_name_gives_whoever_reports_away_only_where_they_give_it(
    contact: str, stage: Stage
) -> None:
    ana = attendee(stage)
    question = await question_of(stage, ana, who="named")
    opened = await ana.context_menu("Report to the committee", question)
    assert opened.modal is not None
    await ana.submit(opened.modal, {"what": "See there", "contact": contact})
    await told(stage)
    (case,) = cases.open_ones(stage.database.reader, guild(stage))
    assert (case.way, case.involved, case.hidden) == (Way.THREAD, (), ())
    assert case.message is not None
    named = case.name is not None
    assert case.message.text == "❓ Question 1: Are you stupid?"
    assert bool(case.message.url) == named
