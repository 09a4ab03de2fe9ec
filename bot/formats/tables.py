"""posters.csv -> plain data, with the line of every row."""

import csv
import io
import re

from bot.domain.checks import Problem, Severity
from bot.formats.cells import dated_boards, formulas
from bot.formats.document import Document, Located, Path, at_file
from bot.formats.nearest import nearest
from bot.formats.program_records import PosterRecord
from bot.formats.unknown import unknown_key

COLUMNS = tuple(name for name in PosterRecord.model_fields if name != "at")
REQUIRED = ("id", "title", "authors")
#: Columns that hold several values, separated by semicolons.
_LISTS = frozenset({"authors", "topics"})
#: How far down the line with the columns' names is looked for.
_MOST_ABOVE = 5
_WRONG_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def parse_posters(file: str, text: str) -> tuple[Document | None, list[Located]]:
    """The table's rows as mappings under the key ``posters``. None when the table cannot be read at all."""
    header_line = text.lstrip().split("\n", 1)[0]
    separator = next((mark for mark in _WRONG_SEPARATORS if mark in header_line and "," not in header_line), None)
    if separator is not None:
        message = f"the columns are separated by {_WRONG_SEPARATORS[separator]}."
        fix = (
            "Save the table with commas between the columns; several authors or topics in one cell take ; between them."
        )
        return None, [at_file(file, Severity.ERROR, "wrong-separator", 1, header_line.strip()[:80], message, fix)]
    rows, problems = _rows(file, text)
    if not rows:
        return None, problems or [_no_columns(file)]
    top = next((at for at, (_, cells) in enumerate(rows[:_MOST_ABOVE]) if _names_columns(cells)), 0)
    if top:
        problems.append(_not_the_header(file, rows[0], rows[top][0]))
    (header_at, header), body = rows[top], rows[top + 1 :]
    header = [_column(name) for name in header]
    named = _without_last_commas(header, body)
    if named != header:
        problems.append(_last_comma(file, header_at, rows[top][1]))
        header = named
    problems += _header_problems(file, header, header_at)
    # A missing column is one mistake, not one per row, and so is one that stands twice: which of the two is meant?
    read = {name for name in COLUMNS if header.count(name) == 1}
    absent = [name for name in REQUIRED if name not in read]
    records: list[dict[str, str | list[str]]] = []
    lines: list[int] = []
    for line, cells in body:
        if len(cells) != len(header):
            problems.append(_wrong_count(file, line, header, cells))
            continue
        lines.append(line)
        record: dict[str, str | list[str]] = {
            key: _cell(key, cell) for key, cell in zip(header, cells, strict=True) if key in read
        }
        record.update(dict.fromkeys(absent, f"row-{line}"))
        problems += [_commas(file, line, record, key) for key in _LISTS if _has_commas(key, record.get(key))]
        problems += _joined_by_and(file, line, record)
        records.append(record)
    problems += [*formulas(file, records, lines), *dated_boards(file, records, lines)]

    def line_of(path: Path) -> int:
        row = path[1] if len(path) > 1 else None
        return lines[row] if isinstance(row, int) and row < len(lines) else header_at

    return Document(file, {"posters": records}, line_of, ids_known="id" in read), problems


def _column(name: str) -> str:
    """A column's name as it is known, whatever its capitals and spaces."""
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    return plain if plain in COLUMNS else name.strip()


def _names_columns(cells: list[str]) -> bool:
    """Whether a row is the one with the columns' names: two of those that are needed, or all but one known."""
    names = {_column(cell) for cell in cells}
    return len(names & set(REQUIRED)) > 1 or len(names & set(COLUMNS)) >= max(2, len(names) - 1)


def _without_last_commas(header: list[str], body: list[tuple[int, list[str]]]) -> list[str]:
    """The header without empty names at its end, where most rows have only as many cells as there are names."""
    named = len(header)
    while named and not header[named - 1]:
        named -= 1
    fitting = sum(len(cells) == named for _, cells in body)
    return header[:named] if fitting * 2 > len(body) else header


def _last_comma(file: str, line: int, cells: list[str]) -> Located:
    message = "this line ends with a comma, so that it has one column more than the rows below have cells."
    shown = ",".join(cells)[-80:]
    return at_file(file, Severity.ERROR, "wrong-header", line, shown, message, "Remove the comma at its end.")


def _no_columns(file: str) -> Located:
    message = "this table is empty: the line with the names of the columns is missing."
    fix = f"Write {','.join(REQUIRED)} in the first line, or remove the file."
    return at_file(file, Severity.ERROR, "missing-column", 1, None, message, fix)


def _not_the_header(file: str, first: tuple[int, list[str]], header_at: int) -> Located:
    shown = ",".join(first[1]).strip(",")[:80]
    message = f'the first line, "{shown}", does not name the columns; line {header_at} does.'
    fix = f"Remove what stands above line {header_at}."
    return at_file(file, Severity.ERROR, "wrong-header", first[0], shown, message, fix)


def _rows(file: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Located]]:
    """The rows with the line on which each starts; blank ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, list[str]]] = []
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            message = f"the table cannot be read from this line on: {fault}."
            fix = 'Close the quotes of this row, and write " inside a cell twice: "".'
            return found, [at_file(file, Severity.ERROR, "broken-csv", line, None, message, fix)]
        if cells is None:
            return found, []
        if any(cell.strip() for cell in cells):
            found.append((line, cells))


def _cell(key: str, cell: str) -> str | list[str]:
    return [part for part in re.split(r"\s*;\s*", cell.strip()) if part] if key in _LISTS else cell


def _has_commas(key: str, values: str | list[str] | None) -> bool:
    """Whether a cell looks like a list with the wrong separator. "Robert Hall, Jr." is one author."""
    if not isinstance(values, list) or len(values) != 1 or "," not in values[0]:
        return False
    return key == "topics" or all(" " in part.strip() for part in values[0].split(","))


def _commas(file: str, line: int, record: dict[str, str | list[str]], key: str) -> Located:
    value = record[key][0]
    record[key] = parts = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", value.strip()) if part]
    message = f'"{value}" is read as one of the {key}, because there are commas in it and no semicolons.'
    subject = ("poster", str(record.get("id") or f"#{line}"), key)
    problem = Problem("wrong-separator", Severity.ERROR, *subject, value, message, f"Write {'; '.join(parts)}.")
    return Located(problem, file, line)


def _joined_by_and(file: str, line: int, record: dict[str, str | list[str]]) -> list[Located]:
    authors = record.get("authors")
    pair = re.split(r"\s+(?:and|&)\s+", authors[0]) if isinstance(authors, list) and len(authors) == 1 else []
    if len(pair) < 2 or not all(" " in name for name in pair):
        return []
    both = " and ".join(pair)
    message = f'"{both}" is read as one author.'
    subject = ("poster", str(record.get("id") or f"#{line}"), "authors")
    problem = Problem("wrong-separator", Severity.WARNING, *subject, both, message, f"Write {'; '.join(pair)}.")
    return [Located(problem, file, line)]


def _header_problems(file: str, header: list[str], line: int) -> list[Located]:
    def told(rule: str, name: str, message: str, fix: str) -> Located:
        return at_file(file, Severity.ERROR, rule, line, name, message, fix)

    unknown = [name for name in dict.fromkeys(header) if name and name not in COLUMNS]
    unused = [name for name in COLUMNS if name not in header]
    problems = []
    lost = [name for name in REQUIRED if name in unused and nearest(name, unknown) is None]
    if len(lost) == len(REQUIRED):
        # No line of names at all: the first poster stands where they should be.
        message = f"the first line does not name the columns: {', '.join(lost)} are needed."
        return [told("missing-column", "", message, f"Write a first line such as {','.join(REQUIRED)},topics.")]
    for name in unknown:
        rule, message, fix = unknown_key(name, unused or COLUMNS, "column")
        problems.append(told(rule, name, message, fix))
    # A misspelled column is one mistake, and has been told.
    for name in lost:
        message, fix = f'the column "{name}" is missing.', f"Add a column {name} to the first line."
        problems.append(told("missing-column", name, message, fix))
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            message = f'the column "{name}" stands twice in the first line.'
            problems.append(told("duplicate-key", name, message, "Keep one of them."))
    return problems


def _wrong_count(file: str, line: int, header: list[str], cells: list[str]) -> Located:
    message = f"this row has {len(cells)} cells, and the first line names {len(header)} columns."
    if len(cells) > len(header):
        fix = 'Put a cell that holds a comma in quotes: "Drift, diffusion and noise".'
    else:
        fix = "Add the missing commas; an empty cell is written as nothing between two commas."
    value = next((cell.strip() for cell in cells if cell.strip()), None)
    return at_file(file, Severity.ERROR, "wrong-cell-count", line, value, message, fix)
