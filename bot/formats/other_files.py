"""Files in an event folder that are not read, where somebody may think that they are."""

from collections.abc import Iterable

from bot.domain.checks import Severity
from bot.formats.document import Located, at_file
from bot.formats.nearest import nearest
from bot.formats.records import FILES

#: What an editor saves instead of a table, and instead of a plain text.
_SPREADSHEETS = frozenset({"xlsx", "xls", "ods", "numbers", "tsv"})
_WRITTEN = frozenset({"docx", "doc", "odt", "rtf", "pages"})


def not_read(names: Iterable[str]) -> list[Located]:
    """A warning for each file that looks like a part of the event. Pictures, notes and the like are left alone."""
    fixes = {name: _fix(name) for name in sorted(set(names) - set(FILES))}
    return [
        at_file(name.rstrip("/"), Severity.WARNING, "unknown-file", None, name, _message(name), fix)
        for name, fix in fixes.items()
        if fix
    ]


def _message(name: str) -> str:
    if name.endswith("/"):
        return "this is a folder, and what is in it is not read."
    return "this file is not read: its name is not known."


def _fix(name: str) -> str | None:
    if name.endswith("/"):
        return "Put a file of this name in its place, or rename the folder." if name[:-1] in FILES else None
    stem, _, ending = name.lower().rpartition(".")
    if ending in _SPREADSHEETS:
        return "Save as posters.csv (CSV UTF-8, with commas), or remove it from this folder."
    for meant in (stem, f"{stem}.yaml"):
        if meant in FILES and ending in _WRITTEN | {"txt"}:
            return f"Save it as {meant}, as plain text, or remove it from this folder."
    if ending in _WRITTEN:
        return "Write what it says into the YAML files, as plain text, or remove it from this folder."
    if ending in ("yaml", "yml", "csv"):
        guess = nearest(name, list(FILES))
        return f"Rename it to {guess}, or remove it." if guess else f"Remove it, or use one of: {', '.join(FILES)}."
    return None
