"""A question to the programme as a small value that fits into a button.

Every answer a reader gets is the answer to one Lookup: a slash command makes one, and Refresh, the
page buttons, the menus and Share carry one in their ``custom_id``. So nothing about an open message
has to be kept in memory, and a button works after any restart.
"""

from collections.abc import Container
from functools import lru_cache
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.render.text import visible

#: Discord allows 100 characters in a custom_id and in a select's value; a button's kind takes the first few.
ROOM = 95
#: A typed text that stands alone in a Lookup.
TYPED_MOST = 80
#: An id, as ``short`` makes it.
ID_ROOM = 16
#: A separator inside an argument is written as a character that no argument holds: ``visible`` drops it.
_INSIDE = "\ue000"

#: Show the page that holds the present moment.
AT_NOW = -1


class Lookup(Struct, frozen=True):
    """``name`` is the command's; ``args`` are ids or short texts; ``page`` counts from 0, or is AT_NOW."""

    name: str
    args: tuple[str, ...] = ()
    page: int = AT_NOW

    def arg(self, position: int) -> str:
        """An argument, or "" where it was not given."""
        return self.args[position] if position < len(self.args) else ""

    def at(self, page: int) -> "Lookup":
        """The same question on another page."""
        return replace(self, page=page)

    def encode(self) -> str:
        """At most ROOM characters: what makes Lookups keeps to that, with ``short`` and ``as_typed``."""
        return self.stored()[:ROOM]

    def stored(self) -> str:
        """The same at any length, for where there is room: a shared agenda names all that is in it."""
        page = "" if self.page == AT_NOW else str(self.page)
        return "|".join([self.name, page, *[arg.replace("|", _INSIDE) for arg in trimmed(*self.args)]])

    @classmethod
    def decode(cls, text: str) -> "Lookup":
        name, _, rest = text.partition("|")
        page, _, args = rest.partition("|")
        found = tuple(arg.replace(_INSIDE, "|") for arg in args.split("|")) if args else ()
        return cls(name, found, int(page) if page.isdecimal() else AT_NOW)


def trimmed(*args: str) -> tuple[str, ...]:
    """``args`` without the empty ones at the end, as they come back from a button."""
    while args and not args[-1]:
        args = args[:-1]
    return args


def as_typed(text: str, most: int = TYPED_MOST) -> str:
    """What a reader typed as it goes into a Lookup: on one line, nothing hidden in it, at most ``most`` characters."""
    return visible(text)[:most].rstrip()


def named(text: str, known: Container[str]) -> str:
    """What a reader chose or typed as it goes into a Lookup: a known record's id in short, else the text."""
    return short(text) if text in known else as_typed(text)


@lru_cache(maxsize=20_000)
def short(record_id: str) -> str:
    """An id or a track's name as it goes into a Lookup: itself, or "~" and a hash where it is too long for a button."""
    return record_id if len(record_id) <= ID_ROOM else "~" + sha256(record_id.encode()).hexdigest()[:12]


def same(record_id: str, shortened: str) -> bool:
    """Whether ``shortened`` stands for ``record_id``."""
    return record_id == shortened or (shortened.startswith("~") and short(record_id) == shortened)
