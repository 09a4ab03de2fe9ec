"""The words of a change of how people attend: by mode, reader and scope."""

import pytest
from msgspec.structs import replace

from bot.chat.render.notices import Besides, rendered
from bot.chat.render.notices.message import Reader
from bot.domain.attendance import Attends
from bot.domain.changes.change import EVENT, Change, Field
from bot.domain.event import JoinLink, Mode
from bot.domain.people import Actor, Group
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.delivery.outbox import Op, Priority, Row
from tests.chat.samples import ATTENDEE, STRANGER, at, event, program, session

DAY = program().day_of(program().sessions[0])
TALK = session(2, 10, 50, title="Flows")


def of(mode: Mode, *links: JoinLink, second: Mode | None = None) -> Program:
    sessions = (TALK, session(4, 120, 180, title="Panel", mode=second))
    return program(event=event(mode=mode, joining=links), sessions=sessions)


PUBLIC = JoinLink("Site", "https://site.example", Group.PUBLIC)
PRIVATE = JoinLink("Call", "https://call.example", Group.ATTENDEES)


def told(
    of_program: Program,
    old: Mode,
    new: Mode,
    *,
    reader: Reader | None = None,
    scope: str = "day",
    minutes: int = 0,
    name: str | None = None,
    links: tuple[str | None, str | None] | None = None,
) -> list[str] | None:
    identity = name or {"day": str(DAY), "event": EVENT, "session": "s2"}[scope]
    facts = Facts(
        NoticeKind.MODE,
        ("s2",) if scope == "session" else (),
        at(10),
        DAY if scope == "day" else None,
        (
            Change(scope, identity, Field.MODE, old.value, new.value),
            *([Change(scope, identity, Field.JOINING, *links)] if links else []),
        ),
    )
    row = Row(
        1,
        1,
        "act:mode:1:all:now",
        Op.MESSAGE if reader is None else Op.DM,
        "announcements",
        Group.PUBLIC,
        facts,
        Priority.CHANGE,
        at(minutes),
        at(180),
    )
    said = rendered(row, of_program, at(minutes), Besides(reader=reader))
    if said is None:
        return None
    assert said.pings == ("remind" if reader is None else None)
    # Whoever gets it directly is told how to end that.
    assert [button.label for button in said.buttons][2:] == ([] if reader is None else ["My settings"])
    assert said.content.endswith("\n-# /settings ends such messages.") is (reader is not None)
    return said.content.split("\nLatest schedule:")[0].splitlines()


def reader(attends: Attends | None, *, inside: bool = True) -> Reader:
    return Reader(attends, ATTENDEE if inside else STRANGER)


HYBRID, ONLINE, IN_PERSON = Mode.HYBRID, Mode.ONLINE, Mode.IN_PERSON
NEXT = "next: Flows <t:1745856600:R>"
CALL, SITE = "[Call](https://call.example)", "[Site](https://site.example)"
NOW_ONLINE = "How to attend: ~~in person and online~~ → **online**"
NOW_HYBRID = "How to attend: ~~online~~ → **in person and online**"
NOW_IN_PERSON = "How to attend: ~~online~~ → **in person**"
IN_CHANNEL, DIRECT = (
    "Use /join: it has the links meant for you.",
    "Use /join in the server: it has the links meant for you.",
)

WORDS = {
    "channel, online": (None, HYBRID, ONLINE, [
        f"📣 **The rest of today**: ~~in person and online~~ → **online** · {NEXT}",
        "Nobody meets in the room: join online.", f"Join: {SITE}", IN_CHANNEL,
    ]),
    "online reader, online": (reader(Attends.ONLINE), HYBRID, ONLINE, [
        f"💻 **The rest of today: join online** · {CALL} · {NEXT}", NOW_ONLINE, f"More links: {SITE}",
    ]),
    "online reader outside the circle": (reader(Attends.ONLINE, inside=False), HYBRID, ONLINE, [
        f"💻 **The rest of today: join online** · {SITE} · {NEXT}", NOW_ONLINE, DIRECT,
    ]),
    "in the room, online": (reader(Attends.IN_PERSON), HYBRID, ONLINE, [
        f"🏠 **The rest of today: the room is closed, join online** · {NEXT}", NOW_ONLINE, f"Join: {CALL} · {SITE}",
    ]),
    "not said, online": (reader(None), HYBRID, ONLINE, [
        f"📣 **The rest of today**: ~~in person and online~~ → **online** · {NEXT}",
        "Nobody meets in the room: join online.", f"Join: {CALL} · {SITE}",
    ]),
    "channel, hybrid": (None, ONLINE, HYBRID, [
        f"📣 **The rest of today**: ~~online~~ → **in person and online** · {NEXT}",
        "Come to Main room, or join online.", f"Join: {SITE}", IN_CHANNEL,
    ]),
    "online reader, hybrid": (reader(Attends.ONLINE), ONLINE, HYBRID, [
        f"💻 **The rest of today: join online** · {CALL} · {NEXT}", NOW_HYBRID, f"More links: {SITE}",
    ]),
    "in the room, hybrid": (reader(Attends.IN_PERSON), ONLINE, HYBRID, [
        f"🏠 **The rest of today: come to Main room, or join online** · {NEXT}", NOW_HYBRID, f"Join: {CALL} · {SITE}",
    ]),
    "channel, in person": (None, ONLINE, IN_PERSON, [
        f"📣 **The rest of today**: ~~online~~ → **in person** · {NEXT}",
        "It takes place in Main room only. There is no way to join online.",
    ]),
    "online reader, in person": (reader(Attends.ONLINE), ONLINE, IN_PERSON, [
        f"📣 **The rest of today**: ~~online~~ → **in person** · {NEXT}",
        "It takes place in Main room only. There is no way to join online.",
    ]),
    "in the room, in person": (reader(Attends.IN_PERSON), ONLINE, IN_PERSON, [
        f"🏠 **The rest of today: come to Main room** · {NEXT}", NOW_IN_PERSON,
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("who", "old", "new", "said"), WORDS.values(), ids=WORDS)
def test_the_words_fit_the_reader(who: Reader | None, old: Mode, new: Mode, said: list[str]) -> None:
    assert told(of(new, PRIVATE, PUBLIC), old, new, reader=who) == said


def test_without_a_link_the_reader_is_sent_to_join() -> None:
    said = told(of(ONLINE, PRIVATE), HYBRID, ONLINE, reader=reader(Attends.ONLINE, inside=False))
    assert said == [f"💻 **The rest of today: join online** · /join in the server has the link · {NEXT}", NOW_ONLINE]


@pytest.mark.parametrize(
    ("scope", "minutes", "first"),
    [
        ("event", 0, f"📣 **Small**: ~~in person and online~~ → **online** · {NEXT}"),
        (
            "session",
            0,
            "📣 **Flows**: ~~in person and online~~ → **online** · <t:1745856600:R>, <t:1745856600:t> (venue 09:10)",
        ),
        ("session", 20, "📣 **Flows**: ~~in person and online~~ → **online** · on now"),
        ("day", 20, "📣 **The rest of today**: ~~in person and online~~ → **online** · on now: Flows"),
        ("day", -600, "📣 **Mon 28 Apr**: ~~in person and online~~ → **online** · next: Flows <t:1745856600:R>"),
        ("day", 60, "📣 **The rest of today**: ~~in person and online~~ → **online** · next: Panel <t:1745863200:R>"),
    ],
)
def test_the_first_line_says_what_and_when(scope: str, minutes: int, first: str) -> None:
    said = told(of(ONLINE, PUBLIC), HYBRID, ONLINE, scope=scope, minutes=minutes)
    assert said is not None
    assert said[0] == first


@pytest.mark.parametrize(("scope", "minutes"), [("session", 50), ("day", 180), ("event", 180)])
def test_once_it_is_over_nothing_is_told(scope: str, minutes: int) -> None:
    assert told(of(ONLINE), HYBRID, ONLINE, scope=scope, minutes=minutes) is None


ALONE = {
    "first link": ((None, "Call"), "with a new link", "There is a new link. "),
    "one in place of another": (("Call", "Call"), "with another link", "There is another link. "),
    "taken back": (("Call", None), "without the link given before", ""),
}


@pytest.mark.parametrize(("links", "became", "row"), ALONE.values(), ids=ALONE)
def test_a_change_of_link_alone_is_told_without_an_address(
    links: tuple[str | None, str | None], became: str, row: str
) -> None:
    said = told(of(ONLINE, PRIVATE), ONLINE, ONLINE, links=links)
    assert said == [
        f"📣 **The rest of today**: **online** {became} · {NEXT}",
        "Nobody meets in the room: join online.",
        f"{row}{IN_CHANNEL}",
    ]


def test_a_person_who_may_see_it_is_told_of_the_new_link_with_its_address() -> None:
    said = told(of(ONLINE, PRIVATE), ONLINE, ONLINE, links=(None, "Call"), reader=reader(Attends.ONLINE))
    assert said == [
        f"💻 **The rest of today: join online** · {CALL} · {NEXT}",
        "How to attend: **online** with a new link",
    ]


def test_the_same_address_stands_once_in_words_and_links() -> None:
    twice = of(ONLINE, PRIVATE, replace(PRIVATE, label="Again"))
    said = told(twice, HYBRID, ONLINE, reader=reader(Attends.ONLINE))
    assert said == [f"💻 **The rest of today: join online** · {CALL} · {NEXT}", NOW_ONLINE]


def test_how_to_end_such_messages_is_said_however_much_is_left_out() -> None:
    long = [session(number, 10 * number, 10 * number + 9, title=f"{number} {'W' * 100}") for number in range(2, 60)]
    facts = Facts(NoticeKind.MODE, day=DAY, changes=(Change("day", str(DAY), Field.MODE, "hybrid", "online"),))
    facts = replace(facts, why="Y" * 300)
    everything = program(event=event(mode=ONLINE, joining=(PUBLIC,)), sessions=tuple(long))
    row = Row(1, 1, "k", Op.DM, "8", Group.PUBLIC, facts, Priority.CHANGE, at(0), at(180))
    said = rendered(row, everything, at(0), Besides(reader=reader(None)))
    assert said is not None
    left_out, last = said.content.splitlines()[-2:]
    assert (left_out[:7], last) == ("-# and ", "-# /settings ends such messages.")
    assert len(said.content) <= 2000


def test_what_is_attended_otherwise_is_marked_in_the_schedule() -> None:
    facts = Facts(NoticeKind.MODE, day=DAY, changes=(Change("day", str(DAY), Field.MODE, "hybrid", "online"),))
    row = Row(1, 1, "k", Op.MESSAGE, "announcements", Group.PUBLIC, facts, Priority.CHANGE, at(0), at(180))
    said = rendered(row, of(ONLINE, PUBLIC, second=HYBRID), at(0))
    assert said is not None
    assert said.content.splitlines()[-2:] == [
        "<t:1745856600:t> (09:10) • Flows",
        "<t:1745863200:t> (11:00) • Panel · in person and online",
    ]


def test_the_headline_tells_of_what_is_still_attended_so() -> None:
    sessions = (replace(TALK, mode=HYBRID), session(4, 120, 180, title="Panel", joining=(PRIVATE,)))
    mixed = program(event=event(mode=ONLINE, joining=(PUBLIC,)), sessions=sessions)
    said = told(mixed, HYBRID, ONLINE, reader=reader(Attends.ONLINE))
    assert said is not None
    assert said[0] == f"💻 **The rest of today: join online** · {CALL} · next: Panel <t:1745863200:R>"


def test_a_reader_who_is_nobody_in_particular_sees_what_is_public() -> None:
    said = told(of(ONLINE, PRIVATE, PUBLIC), HYBRID, ONLINE, reader=Reader(None, replace(STRANGER, user_id=9)))
    assert said is not None
    assert "call.example" not in "\n".join(said)
    assert Actor(9).groups == frozenset({Group.PUBLIC})
