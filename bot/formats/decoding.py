"""Bytes -> text. Everything in an event folder is UTF-8."""

import codecs
import re

from bot.domain.checks import Severity
from bot.formats.document import Located, at_file

#: Characters that YAML refuses. They are turned into the invisible character below, which the rule for hidden
#: characters then reports with its record and field.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_INVISIBLE = "\u200b"


def decode(file: str, data: bytes) -> tuple[str, list[Located]]:
    """The file's text. Where it is not UTF-8 the likeliest other encoding is tried, to check the rest as well."""
    try:
        return _REFUSED.sub(_INVISIBLE, data.decode("utf-8-sig")), []
    except UnicodeDecodeError as fault:
        return _REFUSED.sub(_INVISIBLE, _guess(data)), [_not_utf8(file, data, fault.start)]


def _guess(data: bytes) -> str:
    """As UTF-16, or line by line: a text that was put in from elsewhere may be the only one in another encoding."""
    if data[:2] in _UTF16:
        return data.decode("utf-16", errors="replace")
    return "".join(map(_guess_line, data.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True)))


def _guess_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _not_utf8(file: str, data: bytes, start: int) -> Located:
    # A byte-order mark of UTF-8 is no part of what a person counts, but it is part of the file: keep plain offsets.
    line = data.count(b"\n", 0, start) + 1
    byte = data[start : start + 1]
    column = start - (data.rfind(b"\n", 0, start) + 1) + 1
    if data[:2] in _UTF16:
        guess = "It looks like UTF-16, which some spreadsheets call Unicode."
    else:
        guess = f"In Windows-1252 this byte is {_guess(byte)!r}." if _is_western(data, start) else ""
    message = f"byte 0x{byte.hex().upper()} in line {line} (byte {column} of the line) is not UTF-8. {guess}".rstrip()
    return at_file(
        file, Severity.ERROR, "not-utf8", line, f"0x{byte.hex().upper()}", message, "Save the file as UTF-8."
    )


def _is_western(data: bytes, start: int) -> bool:
    """Whether Windows-1252 is plausible: a letter or a sign of typography, with plain text around it."""
    around = data[max(start - 1, 0) : start + 3]
    sign = _guess(data[start : start + 1])
    return (sign.isalpha() or sign in "‘’“”–—…•«»€") and sum(byte >= 0x80 for byte in around) <= 2 and 0 not in around
