"""What news of a change says."""

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.chat.render.notices.changes import changed
from bot.chat.render.notices.conflicts import conflict_rows
from bot.chat.render.notices.message import CONTENT_MOST, Context
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.changes.apply import Conflict
from bot.domain.changes.change import EVENT as EVENT_ID
from bot.domain.changes.change import Field
from bot.domain.changes.diff import diff
from bot.domain.changes.edit import Edit
from bot.domain.changes.written import links_text
from bot.domain.event import JoinLink, Mode, Room
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Kind, Talk
from tests.chat.samples import NINE, at, event, program, session

EVENT = event(rooms=(Room("main", "Main room"), Room("hall", "Hall *B*")), last_day=date(2025, 4, 29))
OLD = program(event=EVENT)
DAY = 24 * 60


def other(session_id: str, **fields: Any) -> Program:
    return replace(OLD, sessions=tuple(replace(s, **fields) if s.id == session_id else s for s in OLD.sessions))


def said(old: Program, new: Program, why: str | None = None) -> list[str]:
    """The lines, each timestamp as the minutes after 09:00; one with its date begins with @."""
    facts = Facts(NoticeKind.CHANGED, changes=diff(old, new), why=why)
    found = changed(Context(new, facts, NINE, Group.PUBLIC, "announcements"))
    content = found.content if found else ""
    for minute in range(0, 2 * DAY, 5):
        stamp = f"<t:{int(at(minute).timestamp())}"
        content = content.replace(f"{stamp}:t>", f"+{minute}").replace(f"{stamp}:f>", f"@+{minute}")
    return content.splitlines()


@pytest.mark.parametrize(
    ("session_id", "fields", "lines"),
    [
        (
            "s2",
            {"start": at(30), "end": at(70)},
            ["🔁 **Session 2** moved: ~~+10~~ → +30 (venue 09:30) · Main room", "Reminders moved with it."],
        ),
        ("s2", {"end": at(45)}, ["🔁 **Session 2** ends at another time: ~~+50~~ → +45 (venue 09:45) · Main room"]),
        (
            "s4",
            {"start": at(120 + DAY), "end": at(180 + DAY)},
            [
                "🔁 **Session 4** moved: ~~@+120~~ → @+1560 (venue Tue 29 Apr 2025, 11:00) · Main room",
                "Reminders moved with it.",
            ],
        ),
        (
            "s2",
            {"room": "hall"},
            ["🔁 **Session 2** is in another room: ~~Main room~~ → **Hall \\*B\\*** · +10 (venue 09:10)"],
        ),
        (
            "s2",
            {"cancelled": True},
            [
                "❌ ~~**Session 2**~~ is cancelled. It was to start at +10 (venue 09:10).",
                "No more reminders come for it.",
            ],
        ),
        ("s2", {"title": "A *new* name"}, ["🔁 ~~Session 2~~ → **A \\*new\\* name** · +10 (venue 09:10)"]),
        ("s2", {"talks": (Talk("t2", "On Flows", ("yang",)),)}, ["🔁 **On Flows**: ~~Dawn Song~~ → Yang Song"]),
        ("s2", {"talks": ()}, ["❌ ~~**On Flows**~~ is no longer in the programme."]),
        (
            "s2",
            {"mode": Mode.ONLINE},
            ["🔁 **Session 2**: ~~in person and online~~ → **online** · +10 (venue 09:10)", "To join online: /join."],
        ),
        (
            "s2",
            {"mode": Mode.IN_PERSON},
            ["🔁 **Session 2**: ~~in person and online~~ → **in person** · +10 (venue 09:10)"],
        ),
    ],
)
def test_a_change_reads_old_then_new_then_what_it_means(session_id: str, fields: Any, lines: list[str]) -> None:
    assert said(OLD, other(session_id, **fields)) == lines


@pytest.mark.parametrize(
    ("old", "new", "leads", "meaning"),
    [
        ({}, {"start": at(24), "end": at(64)}, (15,), ["Reminders moved with it."]),
        ({}, {"start": at(14), "end": at(54)}, (15,), []),
        ({}, {"start": at(14), "end": at(54)}, (15, 5), ["Reminders moved with it."]),
        ({}, {"start": at(14), "end": at(54)}, (), ["Reminders moved with it."]),
        ({}, {"start": at(9), "end": at(49)}, (), []),
        ({"kinds": (Kind.BREAK,)}, {"kinds": (Kind.BREAK,), "start": at(24), "end": at(64)}, (15,), []),
        ({"cancelled": True, "start": at(15)}, {"start": at(15)}, (15,), ["Reminders come for it again."]),
        ({"cancelled": True}, {}, (15,), []),
    ],
)
def test_reminders_are_promised_only_where_some_are_to_come(old: Any, new: Any, leads: Any, meaning: list[str]) -> None:
    policy = Policy(sessions=tuple(timedelta(minutes=lead) for lead in leads))
    before, after = (replace(other("s2", **fields), reminders=policy) for fields in (old, new))
    assert said(before, after)[1:] == meaning


def test_the_event_s_mode_is_news_and_its_links_are_not() -> None:
    link = JoinLink("Call", "https://call.example/secret", Group.ATTENDEES)
    new = replace(OLD, event=replace(EVENT, mode=Mode.ONLINE, joining=(link,)))
    assert said(OLD, new) == ["🔁 **Small**: ~~in person and online~~ → **online**", "To join online: /join."]


def test_a_conflict_reads_live_then_files_without_addresses() -> None:
    secret = links_text((JoinLink("Call", "https://call.example/secret", Group.ATTENDEES),))
    edits = [
        Edit(EVENT_ID, Field.MODE, "online", "in_person"),
        Edit("s2", Field.MODE, "in_person", "online"),
        Edit("s2", Field.JOINING, secret, None),
        Edit("s4", Field.JOINING, secret, None),
    ]
    says = ("hybrid", None, None, secret and secret.replace("secret", "other"))
    conflicts = [Conflict(edit, present) for edit, present in zip(edits, says, strict=True)]
    assert conflict_rows(OLD, [one.as_change for one in conflicts]) == [
        "- **Small**: live online, files in person and online",
        "- **Session 2**: live in person, files as the event",
        "- **Session 2**: live links Call, files no links",
        "- **Session 4**: the joining links differ",
    ]


def test_several_changes_are_one_message_with_its_reason() -> None:
    new = replace(OLD, sessions=(*other("s2", cancelled=True).sessions[:3], session(5, 200, 230)))
    assert said(OLD, new, "A *storm*") == [
        "🔁 **3 changes** in the programme",
        "Why: A \\*storm\\*",
        "- ❌ ~~**Session 2**~~ is cancelled. It was to start at +10 (venue 09:10).",
        "- ❌ ~~**Session 4**~~ is no longer in the programme.",
        "- ➕ New: **Session 5** · +200 (venue 12:20) · Main room",
        "No more reminders come for what is cancelled.",
    ]


def test_dates_for_a_circle_are_not_told_to_everybody() -> None:
    call, _ = OLD.deadlines
    review = Deadline("review", "Reviews", DeadlineKind.REVIEW, at(3 * DAY), Group.REVIEWERS)
    assert said(OLD, replace(OLD, deadlines=(call, review))) == []
    assert said(OLD, replace(OLD, deadlines=(call,))) == []
    (row,) = said(OLD, replace(OLD, deadlines=(replace(call, due=at(DAY + 60)), review)))
    assert row.startswith("🔁 **Paper submission**: ~~@+1440~~ → ")


def test_a_hundred_changes_fit_into_one_message() -> None:
    many = program(sessions=tuple(session(n, 10 * n, 10 * n + 10, title="x" * 200) for n in range(100)))
    new = replace(many, sessions=tuple(replace(one, cancelled=True) for one in many.sessions))
    assert len("\n".join(said(many, new, "y" * 500))) <= CONTENT_MOST
