"""How people attend, as organizers ask for it on the day: edits against the files, and back."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bot.domain.changes.apply import Conflict, apply_edits
from bot.domain.changes.change import EVENT, Change, Field
from bot.domain.changes.diff import diff
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import Standing
from bot.domain.changes.mode import (
    LINK_LABEL,
    ModeRequest,
    Scope,
    link_told_of,
    links_between,
    replaced_by,
    set_mode,
    taken_back,
    told_of,
)
from bot.domain.changes.written import NO, YES, links_text, read_links
from bot.domain.errors import UsherError
from bot.domain.event import JoinLink, Mode
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.sessions import Kind
from tests.chat.samples import at, event, program, session

CALL = JoinLink(LINK_LABEL, "https://call.example/x", Group.ATTENDEES)
OWN = JoinLink("Panel", "https://panel.example", Group.PUBLIC)
FILES = program(
    event=event(joining=()),
    sessions=(
        session(1, 0, 10),
        session(2, 10, 50),
        session(3, 50, 90, Kind.LUNCH),
        session(4, 90, 120, mode=Mode.IN_PERSON, joining=(OWN,)),
        session(5, 120, 150, cancelled=True),
        session(6, 60 * 24, 60 * 24 + 30),
    ),
)
TODAY = FILES.day_of(FILES.sessions[0])
ONLINE, HYBRID, IN_PERSON = Mode.ONLINE, Mode.HYBRID, Mode.IN_PERSON


def standing(*edits: Edit, minutes: int = 20, files: Program = FILES) -> Standing:
    return Standing(files, apply_edits(files, edits).program, at(minutes))


def mode(name: str, value: Mode | None, base: Mode | None, why: str | None = None) -> Edit:
    return Edit(name, Field.MODE, value and value.value, base and base.value, why)


def of_session(name: str, wanted: Mode = ONLINE, link: JoinLink | None = None) -> ModeRequest:
    return ModeRequest(Scope.SESSION, wanted, name, link=link)


def of_day(wanted: Mode = ONLINE, link: JoinLink | None = None) -> ModeRequest:
    return ModeRequest(Scope.DAY, wanted, day=TODAY, link=link)


def of_event(wanted: Mode = ONLINE, link: JoinLink | None = None) -> ModeRequest:
    return ModeRequest(Scope.EVENT, wanted, link=link)


S2 = mode("s2", ONLINE, None)
BOTH = links_text((CALL, OWN))

MADE: dict[str, tuple[Standing, ModeRequest, list[Edit]]] = {
    "session": (standing(), of_session("s2"), [S2]),
    "session with a link": (
        standing(), of_session("s4", link=CALL),
        [mode("s4", ONLINE, IN_PERSON), Edit("s4", Field.JOINING, BOTH, links_text((OWN,)))],
    ),
    "only the link is new": (
        standing(S2), of_session("s2", link=CALL), [Edit("s2", Field.JOINING, links_text((CALL,)), None)],
    ),
    "rest of the day, also what is cancelled": (
        standing(), of_day(), [S2, mode("s4", ONLINE, IN_PERSON), mode("s5", ONLINE, None)],
    ),
    "rest of the day, back to the event's": (
        standing(S2), of_day(HYBRID), [mode("s2", None, None), mode("s4", HYBRID, IN_PERSON)],
    ),
    "event: what is over stays, what is left follows": (
        standing(), of_event(),
        [mode(EVENT, ONLINE, HYBRID), mode("s1", HYBRID, None), mode("s4", None, IN_PERSON)],
    ),
    "event's link": (
        standing(Edit("s2", Field.JOINING, links_text((CALL,)), None)),
        of_event(link=replace(CALL, url="https://call.example/y")),
        [
            mode(EVENT, ONLINE, HYBRID), mode("s1", HYBRID, None), mode("s4", None, IN_PERSON),
            Edit(EVENT, Field.JOINING, links_text((replace(CALL, url="https://call.example/y"),)), None),
            Edit("s2", Field.JOINING, None, None),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("at_", "request_", "made"), MADE.values(), ids=MADE)
def test_edits_are_against_the_files(at_: Standing, request_: ModeRequest, made: list[Edit]) -> None:
    assert list(set_mode(at_, request_)) == made


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "as it is": (lambda: set_mode(standing(), of_session("s2", HYBRID)), "It is attended like that already."),
    "unknown": (lambda: set_mode(standing(), of_session("s9")), "That session is not in the programme."),
    "over": (lambda: set_mode(standing(), of_session("s1")), "That session is over"),
    "cancelled": (lambda: set_mode(standing(), of_session("s5")), "That session is cancelled."),
    "a break": (lambda: set_mode(standing(), of_session("s3")), "That is a break: there is nothing to join."),
    "the day is over": (lambda: set_mode(standing(minutes=130), of_day()), "No session is on or to come today."),
    "the event is over": (
        lambda: set_mode(standing(minutes=60 * 25), of_event()),
        "No session of the event is on or still to come.",
    ),
    "the last day is over": (
        lambda: set_mode(standing(minutes=60 * 25), of_day()),
        "No session of the event is on or still to come.",
    ),
    "only what is cancelled differs": (
        lambda: set_mode(standing(S2, mode("s4", ONLINE, IN_PERSON)), of_day()),
        "It is attended like that already.",
    ),
    "a link for a room": (lambda: set_mode(standing(), of_session("s2", IN_PERSON, CALL)), "In person, there is"),
    "undo of what is gone": (
        lambda: taken_back(standing(), replaced_by((), [replace(S2, session="gone")]), None),
        "What was changed is over by now, or no longer in the programme.",
    ),
}


@pytest.mark.parametrize(("ask", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_and_says_that_nothing_was_changed(ask: Callable[[], object], said: str) -> None:
    with pytest.raises(UsherError) as refused:
        ask()
    assert str(refused.value).startswith(said)
    assert "Nothing was changed." in str(refused.value)


@pytest.mark.parametrize("request_", [of_session("s2", link=CALL), of_day(link=CALL), of_event(link=CALL)])
@pytest.mark.parametrize("earlier", [(), (S2, mode(EVENT, ONLINE, HYBRID))], ids=["from the files", "over an edit"])
def test_taken_back_everything_is_as_it_was(request_: ModeRequest, earlier: tuple[Edit, ...]) -> None:
    wanted = replace(request_, mode=HYBRID) if earlier else request_
    before = standing(*earlier)
    edits = set_mode(before, wanted)
    kept = {(edit.session, edit.field): edit for edit in (*earlier, *edits)}
    after = standing(*kept.values())
    back = taken_back(after, replaced_by(earlier, edits), None)
    kept |= {(edit.session, edit.field): edit for edit in back}
    assert after.program != before.program
    assert apply_edits(FILES, kept.values()).program == before.program


def held(at_: Standing) -> list[Mode]:
    return [at_.program.mode_of(one) for one in at_.program.sessions[:4]]


def test_taken_back_what_is_over_stays_as_it_was_held() -> None:
    """Online from the start, taken back after the second session: the first two were held online."""
    online = set_mode(standing(minutes=-20), of_event())
    after = standing(*online, minutes=60)
    back = taken_back(after, replaced_by((), online), None)
    assert back[0] == mode(EVENT, HYBRID, HYBRID)
    assert held(standing(*back, minutes=60)) == [ONLINE, ONLINE, HYBRID, IN_PERSON]


def test_taken_back_a_pin_on_what_is_over_stays() -> None:
    """In person for the whole event, then online for it when the first session was over, which keeps a pin."""
    files = replace(FILES, event=replace(FILES.event, mode=IN_PERSON))
    first = set_mode(standing(minutes=-20, files=files), of_event())
    then = standing(*first, minutes=20, files=files)
    second = set_mode(then, of_event(IN_PERSON))
    kept = {(edit.session, edit.field): edit for edit in (*first, *second)}
    # The first change is taken back, as if the second had never been told of.
    back = taken_back(standing(*kept.values(), minutes=60, files=files), replaced_by((), [*first, *second]), None)
    kept |= {(edit.session, edit.field): edit for edit in back}
    assert held(standing(*kept.values(), minutes=60, files=files)) == [ONLINE, IN_PERSON, IN_PERSON, IN_PERSON]


def test_a_session_that_is_over_is_not_taken_back() -> None:
    online = set_mode(standing(), of_session("s2"))
    with pytest.raises(UsherError, match="over by now"):
        taken_back(standing(*online, minutes=60), replaced_by((), online), None)


def test_an_edit_of_the_event_meets_an_import() -> None:
    edit = mode(EVENT, ONLINE, HYBRID)
    assert apply_edits(FILES, [edit]).program.event.mode is ONLINE
    now_online = replace(FILES, event=replace(FILES.event, mode=ONLINE))
    assert apply_edits(now_online, [edit]).settled == (edit,)
    in_person = replace(FILES, event=replace(FILES.event, mode=IN_PERSON))
    applied = apply_edits(in_person, [edit])
    assert (applied.program.event.mode, applied.conflicts) == (ONLINE, (Conflict(edit, "in_person"),))
    assert applied.conflicts[0].as_change == Change("event", EVENT, Field.MODE, "online", "in_person")


def test_a_conflict_about_links_tells_their_labels_alone() -> None:
    edit = Edit("s2", Field.JOINING, links_text((CALL,)), None)
    assert Conflict(edit, BOTH).as_change == Change("session", "s2", Field.JOINING, LINK_LABEL, f"{LINK_LABEL}, Panel")


@pytest.mark.parametrize("links", [(), (CALL,), (OWN, replace(CALL, label='a"|ü', note="two\nlines"))])
def test_links_come_back_as_they_were_written(links: tuple[JoinLink, ...]) -> None:
    assert read_links(links_text(links)) == links


def with_modes(of_event: Mode, second: Mode | None) -> Program:
    changed = {"s2": second}
    sessions = tuple(replace(one, mode=changed.get(one.id, one.mode)) for one in FILES.sessions)
    return replace(FILES, event=replace(FILES.event, mode=of_event), sessions=sessions)


EVENT_CHANGE = Change("event", EVENT, Field.MODE, "hybrid", "online")
DIFFS: dict[str, tuple[Program, list[Change]]] = {
    "nothing": (with_modes(HYBRID, None), []),
    "said what it was": (with_modes(HYBRID, HYBRID), []),
    "session": (with_modes(HYBRID, ONLINE), [Change("session", "s2", Field.MODE, "hybrid", "online")]),
    "event": (with_modes(ONLINE, None), [EVENT_CHANGE]),
    "event, with a session of its own": (
        with_modes(ONLINE, IN_PERSON), [EVENT_CHANGE, Change("session", "s2", Field.MODE, "hybrid", "in_person")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("new", "changes"), DIFFS.values(), ids=DIFFS)
def test_a_difference_tells_each_mode_once(new: Program, changes: list[Change]) -> None:
    assert list(diff(FILES, new)) == changes


def test_a_link_is_no_news() -> None:
    linked = replace(FILES, event=replace(FILES.event, joining=(CALL,)))
    assert diff(FILES, linked) == ()


def test_everybody_is_told_of_one_change() -> None:
    after = apply_edits(FILES, set_mode(standing(), of_day())).program
    assert told_of(FILES, after, of_day(), at(20)) == Change("day", str(TODAY), Field.MODE, "hybrid", "online")
    assert link_told_of(FILES, after, of_day(), at(20)) is None


def test_what_is_cancelled_is_attended_like_the_rest_once_it_is_restored() -> None:
    restored = Edit("s5", Field.CANCELLED, NO, YES)
    for request in (of_day(link=CALL), of_event(link=CALL)):
        after = apply_edits(FILES, [*set_mode(standing(), request), restored]).program
        session = after.session_by_id["s5"]
        assert (after.mode_of(session), after.joining_of(session)) == (ONLINE, (CALL,))


def test_everybody_is_told_of_other_links_by_their_labels() -> None:
    new, other = of_session("s4", link=CALL), replace(CALL, url="https://call.example/y")
    first = apply_edits(FILES, set_mode(standing(), new)).program
    assert links_between(FILES, first, new, at(20)) == ([CALL], [])
    assert link_told_of(FILES, first, new, at(20)) == Change("session", "s4", Field.JOINING, None, LINK_LABEL)
    second = apply_edits(FILES, set_mode(replace(standing(), program=first), of_session("s4", link=other))).program
    assert links_between(first, second, new, at(20)) == ([other], [CALL])
    assert link_told_of(first, FILES, new, at(20)) == Change("session", "s4", Field.JOINING, LINK_LABEL, None)


def test_a_link_takes_the_place_of_an_earlier_one_for_the_same_circle_alone() -> None:
    speakers = replace(CALL, url="https://call.example/s", visibility=Group.SPEAKERS)
    at_first = standing(*set_mode(standing(), of_session("s2", link=CALL)))
    (edit,) = set_mode(at_first, of_session("s2", link=speakers))
    assert read_links(edit.value) == (speakers, CALL)
