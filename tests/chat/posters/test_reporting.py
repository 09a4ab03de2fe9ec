"""People report questions, and organizers act on that."""

import json

from bot.chat.render.notices.flags import flag
from bot.chat.render.notices.message import Besides, Context
from bot.domain.audit import ActKind, Outcome
from bot.domain.people import Group
from bot.domain.posters.question import State
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.sandbox_app import Stage
from bot.storage.delivery import outbox
from bot.storage.posters.moderation import Flag
from tests.chat.announce.test_twice import second_organizer
from tests.chat.organizing.test_live import organizer, told
from tests.chat.posters.moderated import (
    ANSWER,
    HIDDEN,
    POSTER,
    POSTER_ID,
    STOPPED,
    TEXT,
    asked,
    content,
    form_filled,
    guild,
    message_of,
    now,
    person,
    posted,
    rows,
    said,
    trail,
)
from tests.domain.posters.questions import question
from tests.faults.delivered import until


async def test_a_report_reaches_the_organizers_once_without_the_name_of_who_reported(stage: Stage) -> None:
    question = await asked(stage, named=True)
    speaker = person(stage, "speaker")
    form = await speaker.press(message_of(stage, question), "Report")
    assert form.modal is not None
    assert form.modal["components"][0]["content"] == (
        "This goes to the organizers. Harassment: use /report, which goes to the conduct committee."
    )
    first = await form_filled(stage, speaker, message_of(stage, question), "Report", why="It is <@1> **rude**")
    second = await form_filled(stage, speaker, message_of(stage, question), "Report", why="Still rude")
    assert content(first) == (
        "The organizers are told that you reported question 1. Thank you. They decide what happens with it."
    )
    assert content(second) == "You reported question 1 before. Thank you: the organizers have your report."
    (report,) = posted(stage, "organizers")
    assert report["content"] == (
        f"🚩 **Question 1 was reported**: It is \\<@\u200b1\\> \\*\\*rude\\*\\*\nAbout **{POSTER}**\n> {TEXT}"
    )
    assert (report["mentions"], report["mention_roles"], report["mention_everyone"]) == ([], [], False)
    assert str(speaker.user.id) not in json.dumps(report)


async def test_who_reports_is_named_where_they_want_it(stage: Stage) -> None:
    question = await asked(stage)
    speaker = person(stage, "speaker")
    who = "Tell the organizers who I am"
    await form_filled(stage, speaker, message_of(stage, question), "Report", why="Rude", who=who)
    (report,) = posted(stage, "organizers")
    assert report["content"].splitlines()[0] == f"🚩 **Question 1 was reported** by <@{speaker.user.id}>: Rude"


async def test_a_report_is_opened_and_the_question_hidden_from_it(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "speaker"), message_of(stage, question), "Report", why="Rude")
    (report,) = posted(stage, "organizers")
    opened = await organizer(stage).press(report, "Open")
    assert rows(stage, opened)[:3] == ["Question 1", f"> {TEXT}", f"About {POSTER} · asked by somebody · 0 upvotes"]
    done = await form_filled(stage, organizer(stage), report, "Hide", why="Rude indeed")
    assert rows(stage, done)[:2] == ["Hidden: question 1", "Why: Rude indeed"]
    assert said(stage) == [HIDDEN]
    assert done.message is not None
    await organizer(stage).press(done.message, "Bring it back")
    await told(stage)
    assert now(stage, question).state is State.OPEN
    assert opened.message is not None
    stopped = await form_filled(stage, organizer(stage), opened.message, "Stop who asked", why="Spam")
    assert content(stopped).startswith("Whoever asked question 1 can no longer ask, upvote or answer.")
    asks = await person(stage).command(f"/ask poster title:{POSTER}", channel="general")
    assert content(asks) == STOPPED


async def test_only_organizers_look_after_questions(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "author"), message_of(stage, question), "Report", why="Rude")
    (report,) = posted(stage, "organizers")
    second = second_organizer(stage)
    opened = await second.press(report, "Open")
    assert opened.message is not None
    before = [*stage.sandbox.world.guild.members[second.user.id].role_ids]
    stage.sandbox.world.guild.members[second.user.id].role_ids.clear()
    with_rights_lost = [await second.press(opened.message, label) for label in ("Hide", "Stop who asked")]
    assert [content(reply).split(". ")[0] for reply in with_rights_lost] == ["Only organizers do this"] * 2
    assert now(stage, question).state is State.OPEN
    await until(lambda: len(trail(stage)) == 1)
    assert [(one.act, one.outcome) for one in trail(stage)] == [(ActKind.HIDE, Outcome.REFUSED)]
    stage.sandbox.world.guild.members[second.user.id].role_ids[:] = before
    assert (await second.press(opened.message, "Hide")).kind == "modal"


async def test_a_report_shows_nobody_in_the_outbox(stage: Stage) -> None:
    question = await asked(stage)
    await form_filled(stage, person(stage, "speaker"), message_of(stage, question), "Report", why="Rude")
    stored_rows = json.dumps(
        [(row.key, row.facts.ids, row.place) for row in outbox.of_guild(stage.database.reader, guild(stage))]
    )
    people = [str(person(stage, name).user.id) for name in ("attendee", "speaker")]
    assert [one for one in people if one in stored_rows] == []
    assert ANSWER not in stored_rows


async def test_a_report_that_comes_late_repeats_nothing_of_what_is_hidden_by_then(stage: Stage) -> None:
    context = Context(
        stage.program,
        Facts(NoticeKind.FLAG, ("1", "1")),
        stage.clock.now(),
        Group.ORGANIZERS,
        "organizers",
        besides=Besides(question=question(1, POSTER_ID, state=State.HIDDEN), flag=Flag(1, 1001, None, "Rude")),
    )
    said = flag(context)
    assert said is not None
    assert said.content == f"🚩 **Question 1 was reported**: Rude\nAbout **{POSTER}**\nIt is not shown any more."
    assert [button.label for button in said.buttons] == ["Open"]
