"""Something about a server that an organizer may want to mend, as a value."""

from collections.abc import Sequence
from enum import IntEnum

from msgspec import Struct


class Level(IntEnum):
    """PROBLEM: something does not work. WARNING: something may not be as it is meant. OPTIONAL: all works without it.

    Organizers are told of the first two unasked.
    """

    PROBLEM = 0
    WARNING = 1
    OPTIONAL = 2


class Finding(Struct, frozen=True):
    """``what`` is so and what follows from it, and the ``fix``: where to click. Plain sentences, not yet escaped."""

    level: Level
    what: str
    fix: str


def lacks(findings: Sequence[Finding]) -> list[Finding]:
    """What organizers are told unasked."""
    return [finding for finding in findings if finding.level is not Level.OPTIONAL]
