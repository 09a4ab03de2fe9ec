"""A mistake, and what has to be told about it."""

from typing import NamedTuple

from bot.formats.document import Located


class Told(NamedTuple):
    """Where a problem is, as far as an organizer's tools read it."""

    severity: str
    rule: str
    file: str
    line: int | None
    record: str | None
    field: str | None


class Case(NamedTuple):
    """In ``file`` of the small folder, ``old`` becomes ``new``: that is the mistake."""

    name: str
    file: str
    old: str
    new: str
    told: Told
    fix: str


def told(located: Located) -> tuple[Told, str]:
    """Place and fix of a problem."""
    problem = located.problem
    place = located.file, located.line, problem.record, problem.field
    return Told(problem.severity.value, problem.rule, *place), problem.fix
