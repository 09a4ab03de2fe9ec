"""Messages as text for a terminal, which knows no markup and one clock: the venue's."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_STAMP = re.compile(r"<t:(\d+):[tTdDfFR]>")
_MARKS = re.compile(r"\\(.)|\*\*|~~|^-# ", re.MULTILINE)


def dated(text: str, zone: ZoneInfo) -> str:
    """``text`` with its timestamps as a clock in ``zone`` shows them."""
    return _STAMP.sub(lambda found: f"{datetime.fromtimestamp(int(found[1]), zone):%a %d %b %H:%M}", text)


def plainly(text: str, zone: ZoneInfo) -> str:
    """The same without bold, struck out and small print, and with nothing escaped."""
    return _MARKS.sub(lambda found: found[1] or "", dated(text, zone))
