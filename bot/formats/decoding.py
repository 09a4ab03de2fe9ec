"""Bytes -> text. Everything in an event folder is UTF-8."""

from bot.domain.checks import Severity
from bot.formats.document import Located, at_file

#: Characters that YAML refuses. They are turned into the invisible character below, which the rule for hidden
#: characters then reports with its record and field.
_REFUSED = {code: "\u200b" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\x85"}


def decode(file: str, data: bytes) -> tuple[str, list[Located]]:
    """The file's text. Where it is not UTF-8 it is read as Windows-1252, so that the rest can still be checked."""
    try:
        return data.decode("utf-8-sig").translate(_REFUSED), []
    except UnicodeDecodeError as fault:
        return _guess(data).translate(_REFUSED), [_not_utf8(file, data, fault.start)]


def _guess(data: bytes) -> str:
    return data.decode("cp1252", errors="replace")


def _not_utf8(file: str, data: bytes, start: int) -> Located:
    # A byte-order mark of UTF-8 is no part of what a person counts, but it is part of the file: keep plain offsets.
    line = data.count(b"\n", 0, start) + 1
    byte = data[start : start + 1]
    column = start - (data.rfind(b"\n", 0, start) + 1) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = "It looks like UTF-16, which some spreadsheets call Unicode."
    else:
        guess = f"In Windows-1252 this byte is {_guess(byte)!r}."
    message = f"byte 0x{byte.hex().upper()} in line {line} (byte {column} of the line) is not UTF-8. {guess}"
    return at_file(file, Severity.ERROR, "not-utf8", line, f"0x{byte.hex().upper()}", message, "Save the file as UTF-8.")
