"""A case from the first word to its end, as those who report and the committee see it."""

import asyncio

from bot.chat.services import Services
from bot.sandbox_app import Stage
from bot.storage.conduct import cases
from bot.storage.delivery.outbox import State
from tests.chat.conduct.acting import (
    CHANNEL,
    REPORT,
    appointed,
    attendee,
    committee,
    direct,
    first_lines,
    form,
    lines,
    members,
    number,
    pressed,
    reported,
    resubmitted,
    rows,
    said,
    thread,
    threads,
    wrote,
)
from tests.chat.organizing.test_live import guild, told
from tests.chat.setup.test_setup import text_channel
from tests.chat.test_bot import EPHEMERAL
from tests.faults.delivered import until
from tests.staging import on_stage

ON_COMMITTEE = (committee,)


async def test_the_form_says_who_can_read_before_it_is_sent(stage: Stage) -> None:
    note, *parts = (await form(attendee(stage)))["components"]
    assert "Administrators of the server can open any thread." in note["content"]
    # For these nothing changes by naming anybody.
    assert note["content"].endswith(" Whoever runs the bot can read all that it stores, whomever you name.")
    assert [part["label"] for part in parts] == ["What happened", "Where and when", "Who is involved", "Your name"]


async def test_a_report_is_a_numbered_case_in_a_private_thread_of_the_committee(stage: Stage) -> None:
    confirmed = await reported(stage)
    assert confirmed.message is not None
    assert confirmed.message["flags"] & EPHEMERAL
    assert lines(stage, confirmed.message) == [
        f"Case {number(stage)} is recorded",
        "Someone from the committee reads it within 24 hours (by 29 April 2025 09:20). "
        "You hear from me when they have.",
        "The committee reads it in a private thread. Administrators of the server can open any thread.",
        "The committee never sees your name. They write to you through me.",
        "If my direct messages do not reach you, /report shows what they write.",
        "If somebody is in danger, call the emergency services first. /conduct says whom else you can turn to.",
        "Only you see this.",
    ]
    found = thread(stage)
    assert found.thread is not None
    assert (found.name, found.type, found.thread.invitable, members(stage, found)) == (
        f"Case {number(stage)}",
        12,
        False,
        {"author"},
    )
    (case,) = said(stage, found)
    assert lines(stage, case) == [
        f"Case {number(stage)} · not read yet",
        "Reported 28 April 2025 09:20 by somebody who stays anonymous",
        "What happened",
        "> He followed me to the hotel",
        "Where and when",
        "> Hall Quux, 10:30",
    ]
    assert [lines(stage, one) for one in committee(stage).sees(CHANNEL)] == [[f"🛡️ Case {number(stage)} was opened."]]
    assert attendee(stage).sees(found.id) == []


async def test_a_case_goes_from_first_word_to_closed_with_words_both_ways(stage: Stage) -> None:
    await reported(stage)
    ana, ben, of_case = attendee(stage), committee(stage), thread(stage)
    await pressed(stage, ben, said(stage, of_case)[0], "Acknowledge")
    await wrote(stage, ben, said(stage, of_case)[0], "Write to the reporter", "Are you safe now?")
    await wrote(stage, ana, direct(ana)[-1], "Answer", "Yes. *Thank you*")
    choosing = await ben.press(said(stage, of_case)[0], "Assign")
    assert choosing.message is not None
    await ben.choose(choosing.message, "pick-cs", "Author")
    closing = await wrote(stage, ben, said(stage, of_case)[0], "Close", "We spoke with him. He left.")
    assert lines(stage, closing.message) == [f"Case {number(stage)} is closed. The reporter is told how it ended."]
    assert [lines(stage, one) for one in said(stage, of_case)][1:] == [
        ["✅ Author acknowledged the case. The reporter is told."],
        ["✉️ Author wrote to the reporter:", "> Are you safe now?"],
        ["💬 The reporter wrote:", "> Yes. *Thank you*"],
        ["👤 Author takes care of the case."],
        ["🔒 Author closed the case. The reporter is told:", "> We spoke with him. He left."],
    ]
    assert first_lines(stage, said(stage, of_case))[0] == f"Case {number(stage)} · closed · Author takes care of it"
    assert first_lines(stage, direct(ana)) == [f"There is news about case {number(stage)} (DeLTa)."] * 3
    read = await pressed(stage, ana, direct(ana)[-1], "Read")
    assert lines(stage, read.message) == [
        f"Case {number(stage)}: closed",
        "You can read this, and add to it, until 5 May 2025 09:20. Then I forget who reported it.",
        "You reported · 28 April 2025 09:20",
        "> He followed me to the hotel",
        "The newest first",
        "The conduct committee closed the case · 28 April 2025 09:20",
        "> We spoke with him. He left.",
        "You added · 28 April 2025 09:20",
        "> Yes. *Thank you*",
        "The conduct committee wrote · 28 April 2025 09:20",
        "> Are you safe now?",
        "The conduct committee has read your report · 28 April 2025 09:20",
        "Only you see this.",
    ]


async def test_a_reported_message_is_attached_as_it_was(stage: Stage) -> None:
    speaker, ana = stage.sandbox.person("speaker"), attendee(stage)
    message = await speaker.say("general", "You are stupid @everyone")
    opened = await ana.context_menu("Report to the committee", message)
    assert opened.modal is not None
    await stage.client.http.delete_message(int(message["channel_id"]), int(message["id"]))
    await ana.submit(opened.modal, {})
    await told(stage)
    link = f"https://discord.com/channels/{guild(stage)}/{message['channel_id']}/{message['id']}"
    assert [lines(stage, one) for one in said(stage, thread(stage))] == [
        [
            f"Case {number(stage)} · not read yet",
            "Reported 28 April 2025 09:20 by somebody who stays anonymous",
            "What happened",
            "> (nothing was written)",
            "Who is involved",
            "Speaker (@speaker)",
            "None of them is shown this case. Do not mention them here: that could let them in.",
            "The message that was reported, by Speaker (@speaker), 28 April 2025 09:20",
            "> You are stupid @everyone",
            f"Where it stood <{link}>",
        ],
    ]


async def test_of_a_long_history_both_sides_read_what_came_last(stage: Stage) -> None:
    await reported(stage)
    for letter in "abcdef":
        case = said(stage, thread(stage))[0]
        await wrote(stage, committee(stage), case, "Write to the reporter", letter * 1_500)
    card = await committee(stage).press(said(stage, thread(stage))[0], "Open the case")
    own = await attendee(stage).press(direct(attendee(stage))[-1], "Read")
    for shown in (card, own):
        rows = lines(stage, shown.message)
        assert f"> {'f' * 1_500}" in rows
        assert "> He followed me to the hotel" in rows


async def test_the_name_is_shown_where_it_was_given_until_their_data_is_deleted(stage: Stage) -> None:
    await reported(stage, contact="named")
    assert lines(stage, said(stage, thread(stage))[0])[1] == "Reported 28 April 2025 09:20 by Attendee (@attendee)"
    shown = await attendee(stage).command("/privacy", channel="general")
    for label in ("Delete my data", "Delete it"):
        assert shown.message is not None
        shown = await attendee(stage).press(shown.message, label)
    await told(stage)
    assert lines(stage, said(stage, thread(stage))[0])[1] == ANONYMOUS


async def test_the_same_form_twice_is_one_case_and_with_other_words_another() -> None:
    # Not held against Discord's description: that knows no form which was sent and not opened before.
    async with on_stage() as stage:
        await appointed(stage, committee(stage))
        ana = attendee(stage)
        modal = await form(ana)
        for what in ("First", "First", "Second", "First"):
            await resubmitted(stage, ana, modal, {**REPORT, "what": what})
        await told(stage)
        found = cases.open_ones(stage.database.reader, guild(stage))
        assert sorted(case.what for case in found) == ["First", "Second"]
        assert {one.name for one in threads(stage)} == {f"Case {case.number}" for case in found}
        # It went to a thread: what is said then is about that, also where there could be none by now.
        await text_channel(stage, CHANNEL).delete()
        await until(lambda: all(one.name != CHANNEL for one in stage.client.get_all_channels()))
        again = await resubmitted(stage, ana, modal, {**REPORT, "what": "First"})
        assert "The committee reads it in a private thread." in str(again.data)


async def test_ten_reports_at_once_are_ten_cases(stage: Stage) -> None:
    ana = attendee(stage)
    modals = [await form(ana) for _ in range(10)]
    await asyncio.gather(*(ana.submit(modal, REPORT) for modal in modals))
    await told(stage)
    found = cases.open_ones(stage.database.reader, guild(stage))
    assert len(found) == 10
    assert sorted(one.name for one in threads(stage)) == sorted(f"Case {case.number}" for case in found)
    assert {row.state for row in rows(stage)} == {State.SENT}


async def test_a_form_from_before_a_restart_is_taken(stage: Stage) -> None:
    """Nothing of it is kept in memory: another client is as good."""
    modal = await form(attendee(stage))
    stage.client.services = Services.of(
        stage.client.desk, stage.database, stage.worker.wake, stage.client._publishing, None
    )
    done = await attendee(stage).submit(modal, REPORT)
    assert lines(stage, done.message)[0] == f"Case {number(stage)} is recorded"


async def test_who_has_reported_reads_what_became_of_it_first(stage: Stage) -> None:
    """Also where direct messages are closed."""
    ana = attendee(stage)
    ana.user.accepts_dms = False
    await reported(stage)
    await wrote(stage, committee(stage), said(stage, thread(stage))[0], "Write to the reporter", "Are you safe?")
    assert direct(ana) == []
    mine = await ana.command("/report", channel="general")
    assert mine.message is not None
    assert lines(stage, mine.message) == [
        "My reports",
        "What the committee wrote stands in each.",
        f"Case {number(stage)} · being looked into · reported 0 seconds ago",
        "Only you see this.",
    ]
    read = await ana.choose(mine.message, "pick-cs", f"Case {number(stage)}")
    assert "> Are you safe?" in lines(stage, read.message)
    assert read.message is not None
    again = await ana.press(read.message, "My reports")
    assert again.message is not None
    opened = await ana.press(again.message, "Report something")
    assert opened.modal is not None


async def test_the_committee_reads_that_its_words_do_not_reach_whoever_reported(stage: Stage) -> None:
    attendee(stage).user.accepts_dms = False
    await reported(stage)
    for text in ("Are you safe?", "Please write"):
        await wrote(stage, committee(stage), said(stage, thread(stage))[0], "Write to the reporter", text)
        await told(stage)
    assert first_lines(stage, said(stage, thread(stage))).count(CLOSED) == 1


ANONYMOUS = "Reported 28 April 2025 09:20 by somebody who stays anonymous"
CLOSED = "📪 The reporter takes no direct messages: they see what you write once they look into /report."
