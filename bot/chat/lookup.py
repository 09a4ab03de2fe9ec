"""A question to the programme as a small value that fits into a button.

Every answer a reader gets is the answer to one Lookup: a slash command makes one, and Refresh, the
page buttons, the menus and Share carry one in their ``custom_id``. So nothing about an open message
has to be kept in memory, and a button works after any restart.
"""

import re
from dataclasses import dataclass, replace
from hashlib import sha256

#: Discord allows 100 characters in a custom_id and in a select's value; a button's kind takes the first few.
ROOM = 92
_ID_ROOM = 20
_UNSAFE = re.compile(r"[|\\]")

#: Show the page that holds the present moment.
AT_NOW = -1


@dataclass(frozen=True, slots=True)
class Lookup:
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
        """At most ROOM characters. A text too long for it is cut: the answer is then that of the shorter text."""
        head = f"{self.name}|{'' if self.page == AT_NOW else self.page}"
        args = [_UNSAFE.sub(" ", arg) for arg in self.args]
        while args and not args[-1]:
            args.pop()
        return "|".join([head, *args])[:ROOM]

    @classmethod
    def decode(cls, text: str) -> "Lookup":
        name, _, rest = text.partition("|")
        page, _, args = rest.partition("|")
        return cls(name, tuple(args.split("|")) if args else (), int(page) if page.isdecimal() else AT_NOW)


def short(record_id: str) -> str:
    """A record's id as it goes into a Lookup: itself, or "~" and a hash where it is too long for a button."""
    return record_id if len(record_id) <= _ID_ROOM else "~" + sha256(record_id.encode()).hexdigest()[:12]


def same(record_id: str, shortened: str) -> bool:
    """Whether ``shortened`` stands for ``record_id``."""
    return record_id == shortened or (shortened.startswith("~") and short(record_id) == shortened)
