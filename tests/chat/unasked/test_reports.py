"""What organizers read of failures: channels by name, direct messages only counted."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.render.notices.message import CONTENT_MOST, Besides, Context
from bot.chat.render.notices.reports import report
from bot.domain.people import Group
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.delivery.outbox import Op, Priority, Row
from tests.chat.samples import at, program

CLOSED = "this person takes no direct messages from the server"


def row(number: int, op: Op = Op.MESSAGE, **fields: Any) -> Row:
    place = "schedule" if op is Op.MESSAGE else "4711"
    values = {"last_error": "the channel was deleted", "channel_id": 99, **fields}
    facts = Facts(NoticeKind.PERSONAL if op is not Op.MESSAGE else NoticeKind.SESSIONS, ("s2",), at(10))
    return Row(number, 1, f"key {number}", op, place, Group.PUBLIC, facts, Priority.REMINDER, at(0), at(9), **values)


def said(*failed: Row) -> list[str]:
    facts = Facts(NoticeKind.REPORT)
    found = report(Context(program(), facts, at(0), Group.ORGANIZERS, "organizers", besides=Besides(failed)))
    assert found is not None
    return found.content.splitlines()


def test_a_channels_message_is_named_with_its_reason() -> None:
    assert said(row(1)) == [
        "⚠️ **1 message** could not be delivered. /deliveries has them all.",
        f"- Session reminder “Session 2” · #schedule · <t:{int(at(0).timestamp())}:f> · the channel was deleted",
    ]


def test_direct_messages_and_their_edits_are_counted_and_tell_nothing_of_their_readers() -> None:
    closed = [row(number, op, last_error=CLOSED) for number, op in ((1, Op.DM), (2, Op.DM), (3, Op.DM_EDIT))]
    assert said(*closed, row(4, Op.DM)) == [
        "⚠️ **4 messages** could not be delivered. /deliveries has them all.",
        f"- 3 direct messages · {CLOSED}",
        "- 1 direct message · the channel was deleted",
    ]


@pytest.mark.parametrize("kind", [NoticeKind.CASE, NoticeKind.CASE_OPENED, NoticeKind.CASE_STEP, NoticeKind.CASE_NEWS])
def test_of_a_case_nothing_is_told_but_that_it_is_one(kind: NoticeKind) -> None:
    about = Facts(kind, ("s2", "4711"))
    failed = [replace(row(1, op), place="case/12", facts=about) for op in (Op.MESSAGE, Op.EDIT, Op.THREAD, Op.MEMBER)]
    places = ("a thread", "change of a message in a thread", "a thread of its own", "who is in its thread")
    at_nine = f"<t:{int(at(0).timestamp())}:f>"
    assert said(*failed)[1:] == [f"- A case · {place} · {at_nine} · the channel was deleted" for place in places]


def test_a_long_report_leads_to_the_whole_list() -> None:
    rows = said(*(row(number) for number in range(200)))
    assert rows[0].startswith("⚠️ at least **200 messages**")
    assert rows[-1] == f"-# and {200 - len(rows[1:-1])} more: /deliveries"
    assert len("\n".join(rows)) <= CONTENT_MOST
