"""What is given back, missing or left out around a case: late forms, deleted data, files, exports."""

import io
import json

import discord
from discord.http import Route

from bot.actions.privacy.decide import delete_data
from bot.domain.audit import By
from bot.domain.conduct.case import FILES_BYTES, Way
from bot.sandbox_app import Stage
from bot.storage.conduct import cases
from tests.chat.conduct.acting import (
    attendee,
    committee,
    direct,
    form,
    lines,
    number,
    pressed,
    reported,
    said,
    thread,
    wrote,
)
from tests.chat.organizing.test_live import guild, told
from tests.chat.setup.test_setup import text_channel
from tests.faults.delivered import until

ON_COMMITTEE = (committee,)


async def test_a_message_whose_form_was_open_for_too_long_is_said_to_be_missing(stage: Stage) -> None:
    message = await stage.sandbox.person("speaker").say("general", "Nobody wants you here")
    opened = await attendee(stage).context_menu("Report to the committee", message)
    assert opened.modal is not None
    await stage.database.write(lambda tables: tables.execute("DELETE FROM conduct_draft"))
    done = await attendee(stage).submit(opened.modal, {"what": "See there"})
    assert "The message was not attached: the form was open for too long. Report the message once more." in lines(
        stage, done.message
    )


async def test_a_message_of_the_bot_concerns_nobody(stage: Stage) -> None:
    written = await stage.client.http.request(
        Route("POST", "/channels/{channel_id}/messages", channel_id=text_channel(stage, "general").id),
        json={"content": "A question", "embeds": [{"title": "Shown"}]},
    )
    opened = await attendee(stage).context_menu("Report to the committee", written)
    assert opened.modal is not None
    await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    (case,) = cases.open_ones(stage.database.reader, guild(stage))
    assert (case.involved, case.way) == ((), Way.THREAD)
    assert case.message is not None
    assert case.message.text == "A question\n(It also showed embeds.)"


async def test_in_a_direct_message_nobody_can_be_chosen_and_the_form_says_so(stage: Stage) -> None:
    modal = await form(attendee(stage), "dm")
    assert "use /report in the server: there you can leave them out" in modal["components"][0]["content"]
    done = await attendee(stage).submit(modal, {"what": "x", "who": "Somebody tall"}, channel="dm")
    await told(stage)
    assert lines(stage, done.message)[0] == f"Case {number(stage)} is recorded"
    assert lines(stage, said(stage, thread(stage))[0])[-2:] == ["Who is involved", "> Somebody tall"]


async def test_an_export_is_the_whole_case_without_who_reported(stage: Stage) -> None:
    await reported(stage)
    await wrote(stage, committee(stage), said(stage, thread(stage))[0], "Close", "Settled")
    card = await committee(stage).press(said(stage, thread(stage))[0], "Open the case")
    assert card.message is not None
    done = await pressed(stage, committee(stage), card.message, "Export")
    assert done.message is not None
    kept = stage.sandbox.world.attachments
    written, data = (kept[int(one["id"])].content.decode() for one in done.message["attachments"])
    assert written.split("Exported")[0] == (
        f"# Case {number(stage)}, Deep Generative Model in Machine Learning: Theory, Principle and Efficacy\n\n"
        "Reported 2025-04-28 09:20 (2025-04-28 16:20 UTC) by somebody who stays anonymous. State: closed. "
    )
    assert written.endswith(
        "## What was done\n\n**2025-04-28 09:20 (2025-04-28 16:20 UTC):** Author closed the case:\n\n> Settled\n"
    )
    steps = [(step["step"], step["by"], step["text"]) for step in json.loads(data)["steps"]]
    assert steps == [("closed", "Author", "Settled")]
    for one in (written, data):
        assert str(attendee(stage).user.id) not in one


async def test_whoever_deleted_their_data_is_not_said_to_be_told_and_what_was_meant_for_them_is_given_back(
    stage: Stage,
) -> None:
    await reported(stage)
    ben, case = committee(stage), said(stage, thread(stage))[0]
    writing = await ben.press(case, "Write to the reporter")
    assert writing.modal is not None
    by = By(attendee(stage).user.id, 1, stage.clock.now())
    await delete_data(stage.database, guild(stage), by=by)
    gone = f"Whoever reported case {number(stage)} has deleted their data since. Nothing can be sent to them any more."
    refused = await ben.submit(writing.modal, {"text": "Are you safe?"})
    assert refused.message is not None
    assert refused.message["content"] == f"{gone} What you wrote is in this file, which only you see."
    (file,) = refused.message["attachments"]
    assert stage.sandbox.world.attachments[int(file["id"])].content.decode() == "Are you safe?"
    again = await ben.press(case, "Write to the reporter")
    assert (again.modal, lines(stage, again.message)) == (None, [gone])
    read = await pressed(stage, ben, case, "Acknowledge")
    closed = await wrote(stage, ben, said(stage, thread(stage))[0], "Close", "Nothing more to do")
    assert [lines(stage, one.message) for one in (read, closed)] == [
        [f"You acknowledged case {number(stage)}."],
        [f"Case {number(stage)} is closed."],
    ]
    assert [lines(stage, one) for one in said(stage, thread(stage))][1:] == [
        ["✅ Author acknowledged the case."],
        ["🔒 Author closed the case:", "> Nothing more to do"],
    ]


async def test_an_answer_that_comes_too_late_is_given_back(stage: Stage) -> None:
    await reported(stage)
    ana = attendee(stage)
    await pressed(stage, committee(stage), said(stage, thread(stage))[0], "Acknowledge")
    answering = await ana.press(direct(ana)[0], "Answer")
    assert answering.modal is not None
    await delete_data(stage.database, guild(stage), by=By(ana.user.id, 1, stage.clock.now()))
    refused = await ana.submit(answering.modal, {"text": "I am at the station"})
    assert refused.message is not None
    assert refused.message["content"].startswith("This report is not there any more.")
    (file,) = refused.message["attachments"]
    assert stage.sandbox.world.attachments[int(file["id"])].content.decode() == "I am at the station"


async def test_the_files_of_a_reported_message_are_kept_and_what_is_too_large_stays_a_link(
    stage: Stage,
) -> None:
    uploads = {"a.png": b"0123456789", "large.png": bytes(FILES_BYTES - 9), "b.txt": b"zz"}
    files = [discord.File(io.BytesIO(content), called) for called, content in uploads.items()]
    written = await text_channel(stage, "general").send("Look", files=files)
    (message,) = [one for one in attendee(stage).sees("general") if one["id"] == str(written.id)]
    opened = await attendee(stage).context_menu("Report to the committee", message)
    assert opened.modal is not None
    await until(lambda: count_of(stage, "conduct_draft_file") == 2)
    await written.delete()
    await attendee(stage).submit(opened.modal, {"what": "See there"})
    await told(stage)
    shown = said(stage, thread(stage))[0]
    (case,) = cases.open_ones(stage.database.reader, guild(stage))
    assert case.message is not None
    assert lines(stage, shown)[-3:] == [
        "File a.png: kept, Export has it",
        f"File large.png: not kept, and this link ends soon: <{case.message.files[1][1]}>",
        "File b.txt: kept, Export has it",
    ]
    card = await committee(stage).press(shown, "Open the case")
    assert card.message is not None
    done = await (await committee(stage).press(card.message, "Export")).settled()
    assert done.message is not None
    kept = stage.sandbox.world.attachments
    found = [kept[int(one["id"])] for one in done.message["attachments"]]
    assert [one.filename for one in found[2:]] == ["a.png", "b.txt"]
    assert [one.content for one in found[2:]] == [uploads["a.png"], uploads["b.txt"]]
    assert "- File: a.png, kept\n- File: large.png, http" in found[0].content.decode()
    assert [one["kept"] for one in json.loads(found[1].content)["message"]["files"]] == [True, False, True]


def count_of(stage: Stage, table: str) -> int:
    (found,) = stage.database.reader.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found)
