"""Rules about what readers would see: titles and speakers."""

from collections.abc import Hashable, Iterable

from bot.domain.checks.problem import Problem, error, warning
from bot.domain.folding import fold
from bot.domain.program import Program
from bot.domain.sessions import Kind


def duplicate_titles(program: Program) -> list[Problem]:
    """Posters and talks with one title; sessions only when they also start together: a slot may be repeated."""
    talks = [talk for session in program.sessions for talk in session.talks if talk.title]
    return [
        *_twice("poster", ((fold(poster.title), poster.id, poster.title) for poster in program.posters)),
        *_twice("talk", ((fold(talk.title or ""), talk.id, talk.title or "") for talk in talks)),
        *_twice("session", (((fold(item.title), item.start), item.id, item.title) for item in program.sessions)),
    ]


def one_id_for_two_kinds(program: Program) -> list[Problem]:
    """What reminders tell of is known by its id alone: sessions, talks and deadlines share one set of ids."""
    kinds = (
        ("session", [session.id for session in program.sessions]),
        ("talk", [talk.id for session in program.sessions for talk in session.talks]),
        ("deadline", [deadline.id for deadline in program.deadlines]),
    )
    first: dict[str, str] = {}
    problems = []
    for kind, record in ((kind, record) for kind, records in kinds for record in records):
        other = first.setdefault(record, kind)
        if other != kind:
            message = f'a {other} has the id "{record}", too, and reminders could not tell the two apart.'
            fix = f"Give this {kind} another id, such as {record}-{kind}."
            problems.append(error("shared-id", (kind, record, "id"), record, message, fix))
    return problems


def more_invited_talks_than_confirmed_speakers(program: Program) -> list[Problem]:
    slots = [session for session in program.held if Kind.INVITED_TALK in session.kinds]
    talks = sum(max(1, len(session.talks)) for session in slots)
    confirmed = sum(speaker.confirmed for speaker in program.speakers)
    if talks <= confirmed:
        return []
    message = f"invited talks: {talks}; confirmed speakers: {confirmed}."
    fix = "Nothing while speakers are still being asked; set status: confirmed for each who says yes."
    return [warning("unconfirmed-speakers", ("session", slots[-1].id, "kinds"), "invited_talk", message, fix)]


def _twice(kind: str, entries: Iterable[tuple[Hashable, str, str]]) -> list[Problem]:
    """A warning for each record whose key was seen before. An entry is key, id and title."""
    first: dict[Hashable, str] = {}
    problems = []
    for key, record, title in entries:
        other = first.setdefault(key, record)
        if other != record:
            message = f'this {kind} has the same title as {other}: "{title}".'
            fix = "Remove one of them if they are the same; else add a word that tells them apart."
            problems.append(warning("duplicate-title", (kind, record, "title"), title, message, fix))
    return problems
