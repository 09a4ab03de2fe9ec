"""What Discord, the network and other people do to a case: nothing of it is lost, doubled, or shown elsewhere."""

from collections.abc import Callable

import pytest

from bot.chat.unasked.requests import Requests
from bot.delivery.outcome import Sent
from bot.sandbox import Exchange, Faults
from bot.sandbox.state import Json
from bot.sandbox_app import Stage
from bot.storage.delivery.outbox import State
from tests.chat.conduct.acting import (
    CHANNEL,
    administrator,
    appointed,
    attendee,
    committee,
    direct,
    first_lines,
    members,
    number,
    pressed,
    reported,
    rows,
    said,
    thread,
    threads,
    wrote,
)
from tests.chat.organizing.test_live import told
from tests.chat.setup.test_setup import text_channel
from tests.chat.unasked.test_looking import Counted, sender
from tests.faults.delivered import until

_THREADS = "/threads$"
_READ = "✅ Author acknowledged the case. The reporter is told."


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    await appointed(stage, committee(stage), administrator(stage))
    return stage


def directly(stage: Stage) -> str:
    said_first = f"Case {number(stage)} was reported to the conduct committee (DeLTa)."
    return f"{said_first} It comes to you directly, not in a thread."


def news(stage: Stage) -> str:
    return f"Case {number(stage)} (DeLTa): there is news."


async def settled(stage: Stage) -> None:
    """Until all about cases has ended. What waits for its next attempt does not wait here."""
    on_its_way = (State.QUEUED, State.LEASED)
    while any(row.state in on_its_way for row in rows(stage)):
        await until(lambda: all(row.state not in on_its_way or row.last_error for row in rows(stage)))
        await stage.database.write(lambda tables: tables.execute("UPDATE outbox SET retry_at = 0"))
        stage.worker.wake()


def of_case(stage: Stage) -> Json:
    return said(stage, thread(stage))[0]


async def acknowledge(stage: Stage) -> None:
    """From the list, as somebody does who has no thread before them."""
    ben = committee(stage)
    listed = await ben.command("/cases list", channel="general")
    assert listed.message is not None
    card = await ben.choose(listed.message, "pick-cs", f"Case {number(stage)}")
    assert card.message is not None
    await ben.press(card.message, "Acknowledge")


PASSING: dict[str, Callable[[Faults], object]] = {
    "500": lambda faults: faults.status(500, _THREADS, method="POST"),
    "503": lambda faults: faults.status(503, _THREADS, method="POST"),
    "429": lambda faults: faults.status(429, _THREADS, method="POST", retry_after=0.2),
    "reset before": lambda faults: faults.reset_before(_THREADS, method="POST"),
    "reset after": lambda faults: faults.reset_after(_THREADS, method="POST"),
}


@pytest.mark.parametrize(
    "fault", [pytest.param(one, marks=[] if one == "reset after" else [pytest.mark.matrix]) for one in PASSING]
)
async def test_a_passing_fault_opens_one_thread_with_one_report(fault: str, stage: Stage) -> None:
    PASSING[fault](stage.sandbox.faults)
    ana = attendee(stage)
    reply = await ana.command("/report", channel="general")
    assert reply.modal is not None
    await ana.submit(reply.modal, {"what": "x"})
    await settled(stage)
    assert stage.sandbox.faults.list() == []
    assert (members(stage, thread(stage)), first_lines(stage, said(stage, thread(stage)))) == (
        {"author", "organizer"},
        [f"Case {number(stage)} · not read yet"],
    )
    assert {row.state for row in rows(stage)} == {State.SENT}


async def test_a_deleted_thread_is_opened_anew_with_all_that_stood_in_it(stage: Stage) -> None:
    await reported(stage)
    await wrote(stage, committee(stage), of_case(stage), "Write to the reporter", "Are you safe?")
    gone = thread(stage)
    await stage.client.http.delete_channel(gone.id)
    await wrote(stage, attendee(stage), direct(attendee(stage))[0], "Answer", "Yes")
    await settled(stage)
    new = thread(stage)
    assert new.id != gone.id
    assert members(stage, new) == {"author", "organizer"}
    assert sorted(first_lines(stage, said(stage, new))) == sorted(
        [f"Case {number(stage)} · being looked into", "✉️ Author wrote to the reporter:", "💬 The reporter wrote:"]
    )


async def test_an_archived_thread_is_reopened_by_what_follows(stage: Stage) -> None:
    await reported(stage)
    await stage.client.http.edit_channel(thread(stage).id, archived=True)
    await appointed(stage, stage.sandbox.person("speaker"))
    await acknowledge(stage)
    await settled(stage)
    assert members(stage, thread(stage)) == {"author", "organizer", "speaker"}
    assert first_lines(stage, said(stage, thread(stage))) == [f"Case {number(stage)} · being looked into", _READ]


async def test_what_a_locked_thread_does_not_take_goes_to_each_member_directly(stage: Stage) -> None:
    await reported(stage)
    path = f"/channels/{thread(stage).id}/messages$"
    stage.sandbox.faults.status(403, path, method="POST", code=160005)
    await pressed(stage, committee(stage), of_case(stage), "Acknowledge")
    await settled(stage)
    assert first_lines(stage, said(stage, thread(stage))) == [f"Case {number(stage)} · being looked into"]
    assert [first_lines(stage, direct(one)) for one in (committee(stage), administrator(stage))] == [
        [news(stage)],
        [news(stage)],
    ]
    await wrote(stage, attendee(stage), direct(attendee(stage))[0], "Answer", "Thank you")
    assert first_lines(stage, direct(committee(stage))) == [news(stage), news(stage)]


@pytest.mark.parametrize("code", [50013, 50001])
async def test_a_thread_that_is_refused_leaves_the_case_to_direct_messages(code: int, stage: Stage) -> None:
    stage.sandbox.faults.status(403, _THREADS, method="POST", code=code)
    await reported(stage)
    await settled(stage)
    await told(stage)
    assert threads(stage) == []
    assert [first_lines(stage, direct(one)) for one in (committee(stage), administrator(stage))] == [
        [directly(stage)],
        [directly(stage)],
    ]
    read = await attendee(stage).press(direct(attendee(stage))[0], "Read")
    assert "The case could not be in a thread.** It went to each member of the committee directly" in str(read.message)
    # An organizer may be involved: only those who read the case learn of it.
    assert administrator(stage).sees("organizers") == []


async def test_a_channel_that_is_deleted_leaves_its_cases_to_direct_messages(stage: Stage) -> None:
    await reported(stage)
    channel = text_channel(stage, CHANNEL)
    await channel.delete()
    await until(lambda: stage.client.get_channel(channel.id) is None)
    await acknowledge(stage)
    await settled(stage)
    assert sorted(first_lines(stage, direct(administrator(stage)))) == [news(stage), directly(stage)]
    assert first_lines(stage, direct(attendee(stage))) == [f"There is news about case {number(stage)} (DeLTa)."] * 2


async def test_as_many_threads_as_a_server_may_have_keep_no_report_waiting_for_ever(stage: Stage) -> None:
    stage.sandbox.faults.status(400, _THREADS, method="POST", code=160006)
    await reported(stage)
    await settled(stage)
    assert threads(stage) == []
    assert first_lines(stage, direct(committee(stage))) == [directly(stage)]


async def test_nothing_is_asked_twice_for_one_case(stage: Stage) -> None:
    asked: list[str] = []

    def note(exchange: Exchange) -> None:
        if exchange.method in ("POST", "PUT") and "/interactions/" not in exchange.path:
            asked.append(f"{exchange.method} {exchange.path.rsplit('/', 1)[-1]}")

    stage.sandbox.observers.append(note)
    await reported(stage)
    people = [str(one.user.id) for one in (committee(stage), administrator(stage))]
    assert sorted(asked) == sorted(
        ["POST threads", "POST messages", "POST messages", *(f"PUT {one}" for one in people)]
    )


async def test_to_let_somebody_into_an_archived_thread_takes_the_turns_counted_for_it(stage: Stage) -> None:
    await reported(stage)
    pacing, asking = Counted(), stage.client.http
    row = next(
        one for one in rows(stage) if one.key.startswith(f"act:case:{number(stage)}:member:{committee(stage).user.id}")
    )
    await asking.remove_user_from_thread(thread(stage).id, committee(stage).user.id)
    await asking.edit_channel(thread(stage).id, archived=True)
    sending = sender(stage, Requests(pacing))
    assert isinstance(await sending.deliver(row), Sent)
    assert pacing.turns + 1 == sending.requests(row, sought=False)
    assert members(stage, thread(stage)) == {"author", "organizer"}
