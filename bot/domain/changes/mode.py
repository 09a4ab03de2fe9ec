"""How people attend, changed on the day: what an organizer asks for, checked and turned into edits."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.changes.change import EVENT, Change, Field
from bot.domain.changes.edit import Edit
from bot.domain.changes.live import KEPT, Standing, to_come
from bot.domain.changes.written import labels_of, links_text, value_of
from bot.domain.errors import UsherError
from bot.domain.event import Event, JoinLink, Mode
from bot.domain.program import Program
from bot.domain.sessions import Session

#: The words of a link that an organizer gives with the change; a later one for the same circle takes its place.
LINK_LABEL = "Link to join"


class Scope(StrEnum):
    """What is attended in another way: one session, what is left of one day at the venue, or of the event."""

    SESSION = "session"
    DAY = "day"
    EVENT = "event"


class ModeRequest(Struct, frozen=True):
    """``session`` is an id, where the scope is SESSION; ``day`` the venue's date, where it is DAY.

    ``mode`` None asks for nothing by itself: it takes an earlier change back.
    """

    scope: Scope
    mode: Mode | None = None
    session: str | None = None
    day: date | None = None
    link: JoinLink | None = None
    why: str | None = None


class Replaced(Struct, frozen=True):
    """What was in force of one field before a change: ``edit`` is None where the files decided."""

    session: str
    field: Field
    edit: Edit | None


def concerned(program: Program, scope: Scope, session: str | None, day: date | None, now: datetime) -> list[Session]:
    """What of a scope is on, or still to come, at ``now`` (UTC), in order of start. Nobody joins a break.

    Also what is cancelled: it may be restored, and is then attended like the rest.
    """
    left = (one for one in program.sessions if one.end > now and not one.is_pause)
    match scope:
        case Scope.SESSION:
            return [one for one in left if one.id == session]
        case Scope.DAY:
            return [one for one in left if program.day_of(one) == day]
        case Scope.EVENT:
            return list(left)


def affected(program: Program, scope: Scope, session: str | None, day: date | None, now: datetime) -> list[Session]:
    """What of that takes place, and is told of."""
    return [one for one in concerned(program, scope, session, day, now) if not one.cancelled]


def concerned_by(program: Program, request: ModeRequest, now: datetime) -> list[Session]:
    return concerned(program, request.scope, request.session, request.day, now)


def affected_by(program: Program, request: ModeRequest, now: datetime) -> list[Session]:
    return affected(program, request.scope, request.session, request.day, now)


def shown_of(program: Program, request: ModeRequest, now: datetime) -> list[Session]:
    """What an organizer is shown of: where all that it concerns is cancelled, that."""
    return affected_by(program, request, now) or concerned_by(program, request, now)


def set_mode(at: Standing, request: ModeRequest) -> tuple[Edit, ...]:
    """The edits that put ``request`` in force. Raises UsherError, with a text for the organizer, where it cannot be."""
    if request.scope is Scope.SESSION:
        to_come(at, request.session or "")
    told = affected_by(at.program, request, at.now)
    if not told:
        raise UsherError(_nothing_left(at, request))
    if request.link is not None and request.mode is Mode.IN_PERSON:
        raise UsherError(f"In person, there is nothing to join by a link. {KEPT} Leave the link out.")
    sessions = concerned_by(at.program, request, at.now)
    wanted = _of_event(at, request, sessions) if request.scope is Scope.EVENT else _of_sessions(at, request, sessions)
    edits = tuple(edit for edit in wanted if edit)
    # Of what is cancelled nobody can be told: by itself it is no reason to tell everybody.
    if {edit.session for edit in edits}.isdisjoint({EVENT, *(session.id for session in told)}):
        raise UsherError(f"It is attended like that already. {KEPT}")
    return edits


def _nothing_left(at: Standing, request: ModeRequest) -> str:
    if request.scope is Scope.SESSION:
        return f"That is a break: there is nothing to join. {KEPT} Choose a session that is not only a break."
    if request.scope is Scope.DAY and affected(at.program, Scope.EVENT, None, None, at.now):
        return f"No session is on or to come today. {KEPT} Choose one session of another day, or the whole event."
    return f"No session of the event is on or still to come. {KEPT} A cancelled one comes back with /live restore."


def taken_back(at: Standing, before: Iterable[Replaced], why: str | None) -> tuple[Edit, ...]:
    """The edits that bring back what was in force; one whose value is its base leaves none. Raises as ``set_mode``.

    What is over by now stays as it was held.
    """
    edits: dict[tuple[str, Field], Edit] = {}
    for was in before:
        record = _record(at.imported, was.session)
        if record is not None:
            base = value_of(record, was.field)
            value = was.edit.value if was.edit else base
            edits[was.session, was.field] = Edit(was.session, was.field, value, base, why)
    for session in at.program.sessions:
        if session.end <= at.now:
            _keep_as_held(at, session, edits, why)
    if not edits:
        raise UsherError(f"What was changed is over by now, or no longer in the programme. {KEPT}")
    return tuple(edits.values())


def _keep_as_held(at: Standing, session: Session, edits: dict[tuple[str, Field], Edit], why: str | None) -> None:
    """Where ``edits`` would have it that a session was attended otherwise than it was, they do not."""
    own, of_event = edits.get((session.id, Field.MODE)), edits.get((EVENT, Field.MODE))
    held, follows = at.program.mode_of(session).value, of_event.value if of_event else at.program.event.mode.value
    if ((own.value if own else value_of(session, Field.MODE)) or follows) == held:
        return
    edits.pop((session.id, Field.MODE), None)
    if pinned := _edit(at, session.id, Field.MODE, held, why):
        edits[session.id, Field.MODE] = pinned


def replaced_by(standing: Sequence[Edit], edits: Iterable[Edit]) -> tuple[Replaced, ...]:
    """What ``edits`` take the place of, of the edits in force."""
    known = {(edit.session, edit.field): edit for edit in standing}
    return tuple(Replaced(edit.session, edit.field, known.get((edit.session, edit.field))) for edit in edits)


def told_of(before: Program, after: Program, request: ModeRequest, now: datetime) -> Change:
    """The one change that everybody is told of: from how the first session was attended to how it is."""
    sessions = shown_of(after, request, now)
    old, new = before.event.mode, after.event.mode
    if sessions:
        was = before.session_by_id.get(sessions[0].id, sessions[0])
        old, new = before.mode_of(was), after.mode_of(sessions[0])
    return Change(request.scope.value, _name(request), Field.MODE, old.value, new.value)


def links_between(
    before: Program, after: Program, request: ModeRequest, now: datetime
) -> tuple[list[JoinLink], list[JoinLink]]:
    """The joining links that came and those that went, of what is shown of ``request``."""
    sessions = shown_of(after, request, now)
    known = before.session_by_id
    old = dict.fromkeys(link for one in sessions for link in before.joining_of(known.get(one.id, one)))
    new = dict.fromkeys(link for one in sessions for link in after.joining_of(one))
    return [link for link in new if link not in old], [link for link in old if link not in new]


def link_told_of(before: Program, after: Program, request: ModeRequest, now: datetime) -> Change | None:
    """That there are other links than before: by the labels of those that went and that came, never an address."""
    came, went = links_between(before, after, request, now)
    if not (came or went):
        return None
    old, new = labels_of(links_text(went)), labels_of(links_text(came))
    return Change(request.scope.value, _name(request), Field.JOINING, old, new)


def _name(request: ModeRequest) -> str:
    return {Scope.SESSION: request.session or "", Scope.DAY: str(request.day), Scope.EVENT: EVENT}[request.scope]


def _of_sessions(at: Standing, request: ModeRequest, sessions: Sequence[Session]) -> Iterator[Edit | None]:
    for session in sessions:
        if request.mode is not None and at.program.mode_of(session) is not request.mode:
            as_event = request.mode is at.program.event.mode and at.imported.session_by_id[session.id].mode is None
            yield _edit(at, session.id, Field.MODE, None if as_event else request.mode.value, request.why)
        if request.link is not None:
            yield _edit(at, session.id, Field.JOINING, _with(session.joining, request.link), request.why)


def _of_event(at: Standing, request: ModeRequest, left: Sequence[Session]) -> Iterator[Edit | None]:
    """What is over stays as it was held; what is left follows the event again."""
    mode, why = request.mode, request.why
    if mode is not None:
        yield _edit(at, EVENT, Field.MODE, mode.value, why)
        for session in at.program.sessions:
            over = session.end <= at.now
            if over and session.mode is None and at.program.event.mode is not mode:
                yield _edit(at, session.id, Field.MODE, at.program.event.mode.value, why)
            elif not over and session.mode not in (None, mode):
                yield _edit(at, session.id, Field.MODE, None, why)
    if request.link is not None:
        yield _edit(at, EVENT, Field.JOINING, _with(at.program.event.joining, request.link), why)
        for session in left:
            yield _edit(at, session.id, Field.JOINING, links_text(_others(session.joining, request.link)), why)


def _with(known: Iterable[JoinLink], link: JoinLink) -> str | None:
    return links_text((link, *_others(known, link)))


def _others(known: Iterable[JoinLink], link: JoinLink) -> list[JoinLink]:
    return [one for one in known if not link.takes_place_of(one)]


def _edit(at: Standing, name: str, field: Field, value: str | None, why: str | None) -> Edit | None:
    """None where it is so already."""
    present, imported = _record(at.program, name), _record(at.imported, name)
    if present is None or imported is None or value_of(present, field) == value:
        return None
    return Edit(name, field, value, value_of(imported, field), why)


def _record(program: Program, name: str) -> Session | Event | None:
    return program.event if name == EVENT else program.session_by_id.get(name)
