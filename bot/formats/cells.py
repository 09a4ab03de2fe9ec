"""Cells that a spreadsheet wrote, and not a person: errors and formulas instead of their results."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.checks import Problem, Severity
from bot.formats.document import Located

_FAILED = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NULL!|NUM!|SPILL!|ERROR!)$", re.IGNORECASE)
_FORMULA = re.compile(r"=[A-Z][A-Z.]*\(", re.IGNORECASE)

Row = dict[str, str | list[str]]


def formulas(file: str, records: Sequence[Row], lines: Sequence[int]) -> Iterator[Located]:
    """An error for each column with such cells, at the first. They are emptied, or filled where a value is needed."""
    found: dict[str, list[tuple[int, str, str]]] = {}
    for record, line in zip(records, lines, strict=True):
        name = str(record.get("id") or "") or f"#{line}"
        for key, value in record.items():
            text = value if isinstance(value, str) else "; ".join(value)
            if text[:1] in ("=", "#", " ") and (_FAILED.match(text.strip()) or _FORMULA.match(text.strip())):
                found.setdefault(key, []).append((line, name, text.strip()))
                record[key] = f"row-{line}" if key in ("id", "title", "authors") else ""
    for key, cells in found.items():
        line, name, text = cells[0]
        more = f" The same is in {len(cells) - 1} rows below." if len(cells) > 1 else ""
        message = f'"{text[:80]}" is a spreadsheet\'s {"error" if text[0] == "#" else "formula"}, not a value.{more}'
        fix = "Write the value itself; in the spreadsheet, paste the column as values before you save it as CSV."
        subject = ("poster", None if key == "id" else name, key)
        yield Located(Problem("spreadsheet-cell", Severity.ERROR, *subject, text[:80], message, fix), file, line)
