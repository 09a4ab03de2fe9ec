"""What a rule says about an event: a value, so that every edge can print it its own way."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """An error keeps an event from being loaded; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True):
    """One thing that is wrong, or probably wrong, and what to do about it.

    ``kind`` and ``record`` say where (a session and its id), ``field`` what in it, ``value`` what stands there now.
    ``message`` and ``fix`` are sentences for the organizer; ``fix`` says what to write.
    """

    rule: str
    severity: Severity
    kind: str
    record: str | None
    field: str | None
    value: str | None
    message: str
    fix: str


def warning(
    rule: str, subject: tuple[str, str | None, str | None], value: str | None, message: str, fix: str
) -> Problem:
    """A warning about ``subject``: kind, record and field."""
    return Problem(rule, Severity.WARNING, *subject, value, message, fix)


def error(rule: str, subject: tuple[str, str | None, str | None], value: str | None, message: str, fix: str) -> Problem:
    """An error about ``subject``: kind, record and field."""
    return Problem(rule, Severity.ERROR, *subject, value, message, fix)
