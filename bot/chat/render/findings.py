"""What a server lacks, in the words of the check and of the organizers' channel."""

from collections.abc import Sequence

from bot.chat.lookup import Lookup
from bot.chat.render.text import count, line
from bot.domain.finding import Finding, Level, lacks

CHECK = Lookup("setup")
_MARKS = {Level.PROBLEM: "⚠️", Level.WARNING: "❔", Level.OPTIONAL: "➕"}
_NAMES = {Level.PROBLEM: "problem", Level.WARNING: "warning"}


def counted(findings: Sequence[Finding]) -> str:
    """2 problems, 1 warning; what is optional is none."""
    found = lacks(findings)
    numbers = {level: sum(finding.level is level for finding in found) for level in _NAMES}
    return ", ".join(count(number, _NAMES[level]) for level, number in numbers.items() if number) or (
        "Everything is in place"
    )


def row(finding: Finding) -> str:
    """What is so, then the fix."""
    return f"{_MARKS[finding.level]} {line(finding.what)}\n-# {line(finding.fix)}"
