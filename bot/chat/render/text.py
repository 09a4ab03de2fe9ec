"""Words into Discord's markup: escaped, cut, dated. Nothing that came from outside passes by here unescaped."""

import re
import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.addresses import ADDRESS_MOST
from bot.domain.people import Group
from bot.domain.times import on_the_wall

#: What may need escaping: such a character, or such a beginning. Most names and titles have neither.
_SPECIAL = re.compile(r"[\\*_~`|<>\[\]@\n]")
_BEGINNING = re.compile(r"\s*(?:#|-|\+|\d+[.)]\s)")
_MARKUP = re.compile(r"([\\*_~`|<>\[\]])")
_LINE_START = re.compile(r"^(\s*)([#+-])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)", re.MULTILINE)
_PING = re.compile(r"@(?=\S)")
_SPACES = re.compile(r"\s+")
_SCHEME = re.compile(r"(?<=[A-Za-z])://")
_ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)\]'\"…])")
_UNSAFE = re.compile(r"[()<> \\]")
_URL_UNSAFE = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"})

#: Unicode categories that show nothing or turn text around: control, format (zero width, bidi), private, surrogate.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})
#: Joins emoji (a family, a flag) and letters of Indic and Arabic scripts: kept.
_JOINERS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    """``text`` without characters that hide or reorder, on one line."""
    if text.isprintable():
        return text.strip()
    kept = "".join(
        " " if char in "\n\t\r" else char
        for char in text
        if char in "\n\t\r" or char in _JOINERS or unicodedata.category(char) not in _HIDDEN
    )
    return _SPACES.sub(" ", kept).strip()


def esc(text: str) -> str:
    """``text`` shown letter by letter: no formatting, link, mention or timestamp in it takes effect."""
    if not (_SPECIAL.search(text) or "://" in text or _BEGINNING.match(text)):
        return text
    text = _MARKUP.sub(r"\\\1", text)
    if "@" in text:
        text = _PING.sub("@\u200b", text)
    if "://" in text:
        text = _SCHEME.sub("\\\\://", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return _LINE_START.sub(r"\1\\\2", text)


def clip(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters, cut at a word where one is near, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most * 2 // 3 else cut).rstrip(" ,;:.-–(") + "…"


def _clipped(text: str, most: int) -> str:
    """As ``clip``, but not inside a web address: half of one leads nowhere."""
    if len(text) <= most:
        return text
    half = next((found.start() for found in _ADDRESS.finditer(text) if found.start() < most <= found.end()), None)
    return clip(text, most) if half is None else text[:half].rstrip() + "…"


def line(text: str, most: int = 300) -> str:
    """One escaped line: line breaks folded, nothing hidden, at most ``most`` characters before escaping."""
    if len(text) > most or not text.isprintable():
        text = plain(text, most)
    return esc(text)


def plain(text: str, most: int) -> str:
    """One line for where Discord renders no markup: buttons, menus, choices. At most ``most`` characters."""
    if len(text) > most or not text.isprintable():
        text = clip(visible(text), most)
    return text


def paragraphs(text: str, most: int) -> str:
    """Escaped paragraphs, an empty line between two, at most ``most`` characters before escaping.

    Web addresses stay links. In the event's files a line break ends a paragraph.
    """
    if not text.isprintable():
        text = "\n\n".join(shown for part in text.splitlines() if (shown := visible(part)))
    parts = _ADDRESS.split(_clipped(text.strip(), most))
    return "".join(f"<{_encoded(part)}>" if at % 2 else esc(part) for at, part in enumerate(parts))


def link(label: str, url: str) -> str:
    """A masked link. The address was checked at import; what could end the markup is percent-encoded.

    Only the label where the address is too long: half of an address leads nowhere.
    """
    there = _encoded(url)
    return f"[{line(label, 100)}]({there})" if len(there) <= ADDRESS_MOST else line(label, 100)


def address(url: str) -> str:
    """A web address that stands for itself, with a preview of the page where Discord makes one."""
    return _encoded(url)


def _encoded(url: str) -> str:
    return url.translate(_URL_UNSAFE) if _UNSAFE.search(url) else url


def stamp(instant: datetime, style: str = "t") -> str:
    """Discord's own timestamp: each reader sees it in their zone (t 09:10, F full date, R "in 5 minutes")."""
    return f"<t:{int(instant.timestamp())}:{style}>"


def venue_time(instant: datetime, zone: ZoneInfo) -> str:
    """The clock on the venue's wall: 09:10. See ``on_the_wall`` for the hour that comes twice."""
    return on_the_wall(instant, zone)


def day_name(instant: datetime, zone: ZoneInfo) -> str:
    """The venue's date: Mon 28 Apr 2025."""
    local = instant.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 poster, 122 posters."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def and_more(total: int, shown: int) -> list[str]:
    """The last row of a list that shows only the first ``shown`` of ``total``: nothing where that is all."""
    return [f"-# and {total - shown:,} more"] if total > shown else []


def listing(words: list[str], last: str = "and") -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def only_for(group: Group) -> str:
    """Whom something is for that not everybody is shown: "for reviewers"; "" where it is for all."""
    return "" if group is Group.PUBLIC else f"for {group}"
