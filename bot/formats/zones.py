"""Zone names, and which one was meant by something that is none."""

import re
from zoneinfo import ZoneInfo, available_timezones

from bot.formats.nearest import nearest

_OFFSET = re.compile(r"^(?:GMT|UTC|Z)?\s*([+\-−])\s*(\d{1,2})(?::?(00|30|45))?$", re.IGNORECASE)
_COMMON = {"pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
           "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York", "cst": "America/Chicago",
           "cdt": "America/Chicago", "mdt": "America/Denver", "bst": "Europe/London", "cest": "Europe/Berlin",
           "cet": "Europe/Berlin", "sgt": "Asia/Singapore", "jst": "Asia/Tokyo", "kst": "Asia/Seoul"}  # fmt: skip


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of an IANA name such as America/Vancouver or UTC; None for anything else."""
    if name != "UTC" and ("/" not in name or name.startswith(("posix/", "right/"))):
        return None
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return None


def zone_fix(name: str, city: str | None) -> str:
    """What to write instead of ``name``, given the venue's city."""
    offset = _OFFSET.match(name.strip())
    here = _zone_of(city) if city else None
    if here:
        return f"Write {here}."
    if offset and not offset[3]:
        sign, hours = ("+" if offset[1] == "+" else "-"), int(offset[2])
        if hours == 0:
            return "Write UTC."
        # POSIX counts westward, so the sign in the name is the reverse of the one that people write.
        fixed = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"
        if zone_named(fixed):
            return (
                f"Write the venue's zone, such as America/Vancouver; for {hours} hours {_side(sign)} UTC all year "
                f"write {fixed} (the sign in this name is reversed)."
            )
    found = _zone_of(name) or _COMMON.get(name.strip().lower()) or _misspelled(name)
    return f"Write {found}." if found else "Write the venue's IANA zone, such as America/Vancouver."


def _side(sign: str) -> str:
    return "ahead of" if sign == "+" else "behind"


def _misspelled(name: str) -> str | None:
    """A zone but for a letter or two. "Pacific Time" is like none: what is like it in letters is an island."""
    known = [zone for zone in sorted(available_timezones()) if "/" in zone and not zone.startswith("Etc/")]
    return nearest(name, known, least=85) if "/" in name else None


def _zone_of(city: str) -> str | None:
    """Zones are named after cities: Vancouver -> America/Vancouver."""
    words = [part.strip().lower().replace(" ", "_") for part in re.split(r"[,/(]", city) if part.strip()]
    zones = {
        name.rsplit("/", 1)[-1].lower(): name for name in sorted(available_timezones(), reverse=True) if "/" in name
    }
    return next((zones[word] for word in words if word in zones), None)
