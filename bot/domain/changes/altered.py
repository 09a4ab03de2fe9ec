"""What may read otherwise when a programme gives way to another, down to a chair or a link that is no news."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date

from bot.domain.program import Program
from bot.domain.sessions import Kind, Session


def altered(before: Program, after: Program) -> tuple[set[str], set[date]]:
    """The ids of sessions, talks and deadlines that differ, and the days they are or were on.

    With a speaker go their sessions, with the posters the poster sessions, and with the event itself (rooms, links)
    everything. A deadline may stand in the digest of any day.
    """
    sessions = _sessions(before, after)
    ids = {session.id for session in sessions} | {talk.id for session in sessions for talk in session.talks}
    days = {program.day_of(session) for session in sessions for program in (before, after)}
    dates = _differing({item.id: item for item in before.deadlines}, {item.id: item for item in after.deadlines})
    if dates:
        days |= {*before.sessions_by_day, *after.sessions_by_day}
    return ids | dates, days


def _sessions(before: Program, after: Program) -> list[Session]:
    """Those that differ, as they were and as they are."""
    both = (*before.sessions, *after.sessions)
    if before.event != after.event:
        return list(both)
    ids = _differing(before.session_by_id, after.session_by_id)
    for speaker in _differing(before.speaker_by_id, after.speaker_by_id):
        for program in (before, after):
            ids |= {session.id for session in program.sessions_by_speaker.get(speaker, ())}
    if before.posters != after.posters:
        ids |= {session.id for session in both if Kind.POSTER in session.kinds}
    return [session for session in both if session.id in ids]


def _differing(before: Mapping[str, Hashable], after: Mapping[str, Hashable]) -> set[str]:
    names: Iterable[str] = {*before, *after}
    return {name for name in names if before.get(name) != after.get(name)}
