"""What became of single talks."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.changes.change import Change, Field
from bot.domain.changes.written import listed, span
from bot.domain.program import Program
from bot.domain.sessions import Session, Talk

_Placed = tuple[Talk, Session]


def talk_changes(old: Program, new: Program) -> Mapping[str, list[Change]]:
    """Session id -> the changes of its talks, in their order. A talk that went is told under the session it was in.

    Nothing is told where the session speaks for its talks: one that came, went or is cancelled.
    """
    was, now = _placed(old), _placed(new)
    found: dict[str, list[Change]] = {}
    for talk_id, (talk, session) in now.items():
        if session.cancelled:
            continue
        before = was.get(talk_id)
        if before is not None:
            changes = list(_changes(old, new, before, (talk, session)))
        elif session.id in old.session_by_id:
            changes = [Change("talk", talk_id, Field.ADDED, None, _listed(talk, session))]
        else:
            changes = []
        found.setdefault(session.id, []).extend(changes)
    for talk_id, (talk, session) in was.items():
        stayed = new.session_by_id.get(session.id)
        if talk_id not in now and stayed is not None and not stayed.cancelled:
            gone = Change("talk", talk_id, Field.REMOVED, _listed(talk, session), None)
            found.setdefault(session.id, []).append(gone)
    return found


def _placed(program: Program) -> dict[str, _Placed]:
    return {talk.id: (talk, session) for session in program.sessions for talk in session.talks}


def _changes(old: Program, new: Program, before: _Placed, after: _Placed) -> Iterator[Change]:
    (was, from_session), (now, to_session) = before, after
    if _moved(before, after):
        yield Change("talk", now.id, Field.TIME, span(*_times(*before)), span(*_times(*after)))
    if from_session.id != to_session.id and from_session.room != to_session.room:
        yield Change("talk", now.id, Field.ROOM, from_session.room, to_session.room)
    if was.title != now.title:
        yield Change("talk", now.id, Field.TITLE, was.title, now.title)
    if (was.speakers, was.presenters) != (now.speakers, now.presenters):
        yield Change("talk", now.id, Field.PEOPLE, _people(old, was), _people(new, now))


def _moved(before: _Placed, after: _Placed) -> bool:
    """Whether a talk is at another time, and not only because its session is."""
    (was, from_session), (now, to_session) = before, after
    (start, end), times = _times(*before), _times(*after)
    if (start, end) == times:
        return False
    if from_session.id != to_session.id:
        return True
    if was.start is None and now.start is None:
        return False
    delta = to_session.start - from_session.start
    return (start + delta, end + delta) != times


def _times(talk: Talk, session: Session) -> tuple[datetime, datetime]:
    return talk.start or session.start, talk.end or session.end


def _listed(talk: Talk, session: Session) -> str:
    return listed(span(*_times(talk, session)), talk.title or "")


def _people(program: Program, talk: Talk) -> str | None:
    speakers = (program.speaker_by_id.get(speaker) for speaker in talk.speakers)
    return ", ".join((*(speaker.name for speaker in speakers if speaker), *talk.presenters)) or None
