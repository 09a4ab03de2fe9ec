"""What to write instead of a line that is not valid YAML."""

import re
from functools import cache

from bot.formats.records import known_names

#: The fix for ``<<: *name``, whether or not the name is known.
MERGE_FIX = "Remove this line, and write out the fields that it stands for."

_QUOTED_START = re.compile(r"""((?:- )?\w+: )((["'])[^"']*\3 *[^\s#,].*)$""")
_UNCLOSED = re.compile(r"""(?:- )*\w+: (["'])((?!\1).)*$""")
_KEYED = re.compile(r"[ -]*\w+:(?: |$)")
#: So many lines before the one where the parser stopped a quote may have begun.
_QUOTED_MOST = 200
_NOT_PLAIN = re.compile(r"(?:(?::|-|,) |\[)([@`%][^\],#]*)")


def advice(row: str | None, what: str) -> str:
    """The fix for ``row``, the line where the parser stopped (None where it names none), and what it said."""
    row = row or ""
    if "\\t" in what or "\t" in row:
        return "Indent with spaces, not with tabs."
    if row.startswith("<<:"):
        return MERGE_FIX
    if found := _UNCLOSED.match(row):
        return f"Close the quote that begins here: {row}{found[1]}."
    if "undefined alias" in what and (found := re.search(r"\*.*", row)):
        return f'Put the text in quotes: "{found[0]}".'
    if row.startswith("id:"):
        return 'A new entry starts with "- id:", with the - below that of the entry before it.'
    if re.search(r": ?[“„‘]", row):
        return "Use straight quotes around the value."
    if row.endswith(": -"):
        return "Write TBA instead of -."
    if found := _QUOTED_START.match(row):
        return f"Put the whole value in quotes: {found[1]}{quoted(found[2])}."
    if "cannot start any token" in what and (found := _NOT_PLAIN.search(row)):
        return f"Put it in quotes: {quoted(found[1].strip())}."
    if row.count(": ") > 1:
        return _merged(row) or _with_a_colon(row)
    if row[:1] and row[0] in "@`%&*!|>":
        return "Put the value in quotes."
    return (
        "Look at this line and the one above it: an indentation, a colon, a quote or a bracket is not as it should be."
    )


def unclosed_quote(text: str, line: int) -> int | None:
    """The line of a quote that is not closed in it, before ``line``, where the next line has a key of its own."""
    rows = text.split("\n", line)[:line]
    for at in range(len(rows) - 2, max(len(rows) - _QUOTED_MOST, -1), -1):
        if _UNCLOSED.match(rows[at].strip()) and _KEYED.match(rows[at + 1]):
            return at + 1
    return None


def quoted(text: str) -> str:
    """``text`` as YAML in the quotes that it does not hold itself."""
    if '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _with_a_colon(row: str) -> str:
    key, value = row.split(": ", 1)
    return f'Put the value in quotes: {key}: "{value}"'.replace('""', '"')


def _merged(row: str) -> str | None:
    """The fix for several fields in one line, or None where what stands before the second colon is no field."""
    parts = _before_a_key().split(row)
    if len(parts) == 1:
        return None
    fix = f"Write each in a line of its own: {', then '.join(parts)}."
    # A title may well end in "… for this day: a survey".
    return fix if not re.search(r": .*[A-Za-z]{2}", parts[0]) else f"{fix} If it is one text, put it in quotes."


@cache
def _before_a_key() -> re.Pattern[str]:
    return re.compile(rf",? +(?=(?:{'|'.join(sorted(known_names()))}): )")
