"""What is wrong with a file's text before it is YAML or a table: traces of other programs."""

import re

from bot.domain.checks import Severity
from bot.formats.document import Located, at_file
from bot.formats.records import known_names

_CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
#: Spaces of other widths than the one that YAML knows.
_WIDE = "\u00a0\u2000-\u200a\u202f\u3000"
#: What the bytes of UTF-8 are in Windows-1252, for accented letters and for typographic signs.
_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MISREAD = re.compile(rf"[ÂÃ][{_TAIL}]|â€[{_TAIL}]")
_GARBLED = re.compile(rf"[^\s,;\"']*(?:{_MISREAD.pattern})[^\s,;\"']*")
#: More lines are not counted.
_MOST = 200


def unmerged(file: str, text: str) -> Located | None:
    """An error for a file that Git left with both versions in it: nothing else in it means anything."""
    found = _CONFLICT.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    message = "Git left two versions here, between <<<<<<< and >>>>>>>."
    fix = "Keep the lines of one version, and remove the others and the three lines with <<<<<<<, ======= and >>>>>>>."
    return at_file(file, Severity.ERROR, "merge-conflict", line, found[0][:80], message, fix)


def plain_text(file: str, text: str, *, guessed: bool = False) -> tuple[str, list[Located]]:
    """The text with plain spaces where YAML needs them, and what was found.

    ``guessed``: it is not UTF-8. Then its letters may be garbled by reading it, which is not to be told of the file.
    """
    if text.isascii():
        return text, []
    problems: list[Located] = []
    if file.endswith(".yaml"):
        text, problems = _plain_spaces(file, text)
    garbled = None if guessed else _garbled(file, text)
    return text, [*problems, garbled] if garbled else problems


def _plain_spaces(file: str, text: str) -> tuple[str, list[Located]]:
    keyed = re.compile(rf"([ {_WIDE}-]*)(?:({'|'.join(known_names())}):([ {_WIDE}]*))?")
    rows = text.split("\n")
    found = []
    for at, row in enumerate(rows):
        match = keyed.match(row) if not row.isascii() else None
        if match is None or match[0].isascii() or not (match[2] or "-" in match[1]):
            continue
        found.append(at)
        rows[at] = re.sub(f"[{_WIDE}]", " ", match[0]) + row[match.end() :]
    if not found:
        return text, []
    more = f" The same is in {_lines(len(found) - 1)} below." if len(found) > 1 else ""
    message = f"a space of another kind (a no-break space) stands before or after the key or the -.{more}"
    fix = "Replace it with a plain space; a search for it in the editor finds them all."
    shown = rows[found[0]].strip()[:80]
    return "\n".join(rows), [at_file(file, Severity.ERROR, "no-break-space", found[0] + 1, shown, message, fix)]


def _garbled(file: str, text: str) -> Located | None:
    found = list(_GARBLED.finditer(text)) if _MISREAD.search(text) else []
    if not found:
        return None
    lines = {text.count("\n", 0, match.start()) + 1 for match in found[:_MOST]}
    word = found[0][0]
    more = f" The same is in {_lines(len(lines) - 1)} below." if len(lines) > 1 else ""
    message = f'"{word}" looks like letters that another program could not read.{more}'
    return at_file(file, Severity.WARNING, "garbled-letters", min(lines), word, message, _meant(word))


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _meant(word: str) -> str:
    try:
        return f'Write "{word.encode("cp1252").decode("utf-8")}", or export the data again as UTF-8.'
    except UnicodeError:
        return "Export the data again as UTF-8."
