"""The authors' claim codes as a CSV file that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable

from bot.domain.posters.claim import ClaimCode, shown
from bot.domain.program import Poster

HEADER = ("poster id", "title", "author", "code", "claimed")
#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_codes(codes: Iterable[tuple[Poster, ClaimCode]]) -> bytes:
    """UTF-8 with its mark at the front, by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for poster, code in codes:
        cells = (poster.id, poster.title, code.author, shown(code.code), "no" if code.used_by is None else "yes")
        writer.writerow([_safe(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """A quote before what would be run: spreadsheets show it as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
