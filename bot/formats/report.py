"""A Reading as JSON and as text."""

from typing import Any

from bot.formats.document import Located
from bot.formats.folder import Reading


def to_json(reading: Reading) -> dict[str, Any]:
    """What ``usher check --json`` prints: problems and counts, plain values only."""
    return {"problems": [_entry(located) for located in reading.problems], "counts": dict(reading.counts)}


def describe(located: Located) -> str:
    """One problem as a paragraph: how bad, where, what, and what to write."""
    problem = located.problem
    place = located.file if located.line is None else f"{located.file}:{located.line}"
    about = "" if problem.kind == "file" else " ".join(filter(None, (problem.kind, problem.record)))
    where = ", ".join(filter(None, (about, problem.field)))
    return f"{problem.severity:<7}  {place}  {where + ': ' if where else ''}{problem.message} {problem.fix}"


def as_text(reading: Reading) -> str:
    """Every problem, then how many there are, then what the folder holds."""
    errors = len(reading.errors)
    warnings = len(reading.problems) - errors
    verdict = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}."
    held = ", ".join(_count(count, kind.removesuffix("s")) for kind, count in reading.counts.items())
    return "\n".join([*map(describe, reading.problems), verdict, f"In the folder: {held}."])


def summary(reading: Reading, most: int = 5) -> str:
    """The first errors and how many there are: for a log, where the whole list would drown."""
    shown = [f"  {describe(error)}" for error in reading.errors[:most]]
    return "\n".join([f"{_count(len(reading.errors), 'error')}:", *shown])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _entry(located: Located) -> dict[str, Any]:
    problem = located.problem
    return {
        "severity": str(problem.severity),
        "rule": problem.rule,
        "file": located.file,
        "line": located.line,
        "record": problem.record,
        "field": problem.field,
        "value": problem.value,
        "message": problem.message,
        "fix": problem.fix,
    }
