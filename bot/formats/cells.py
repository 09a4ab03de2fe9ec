"""Cells that a spreadsheet wrote, and not a person: errors and formulas instead of their results, and dates."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.checks import Problem, Severity
from bot.formats.document import Located

_FAILED = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NULL!|NUM!|SPILL!|ERROR!)$", re.IGNORECASE)
_FORMULA = re.compile(r"=[A-Z][A-Z.]*\(", re.IGNORECASE)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
_DATED = re.compile(rf"(?:{_MONTH}-\d{{1,2}}|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?)$", re.IGNORECASE)

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


def dated_boards(file: str, records: Sequence[Row], lines: Sequence[int]) -> Iterator[Located]:
    """A warning, at the first, for boards that became dates: a spreadsheet reads 4-28 as 28 April."""
    found = [(line, row) for row, line in zip(records, lines, strict=True) if _DATED.match(str(row.get("board", "")))]
    if not found:
        return
    line, first = found[0]
    board = str(first["board"])
    more = f" The same is in {len(found) - 1} rows below." if len(found) > 1 else ""
    message = f'"{board}" looks like a board that a spreadsheet changed into a date.{more}'
    fix = "Write the board as it stands in the hall, such as 4-28, and set the format of the column to text."
    subject = ("poster", str(first.get("id") or f"#{line}"), "board")
    yield Located(Problem("spreadsheet-cell", Severity.WARNING, *subject, board, message, fix), file, line)
