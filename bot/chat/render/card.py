"""What a reader sees, as a value: text blocks, and rows of buttons and menus that carry Lookups.

Pure: ``domain`` value in, Card out. ``layout`` turns a Card into Discord's components.
"""

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.lookup import Lookup

_MASKED = re.compile(r"(?<!\\)\[(?:\\.|[^\\\]\n])*\]\([^)\s]*\)")


class Does(Enum):
    """What a button or menu does with its Lookup. The value, two letters, starts the ``custom_id``.

    GO shows the answer in place; OPEN shows it to whoever pressed, in a new private answer; SHARE posts it. The others
    are about the agenda of whoever pressed: STAR puts the record into it and says so in a new private answer, BACK puts
    it back in and UNSTAR takes it out, both showing the agenda in place; MINE shows it in place, FOR_ME in a new
    private answer; SHARE_MINE posts it, FILE gives it as a calendar file; REMIND switches reminders on or off, or shows
    how they are; SETTINGS changes how somebody takes part. APPLY does what a preview of a live change shows, DROP
    leaves everything as it is, REPEAT switches off or on one of the times at which it will be told. DELIVERIES shows
    organizers what was said in place, RETRY has what failed tried again. ANNOUNCE is about an announcement, QUESTION
    about a question, MODERATE about what organizers do with questions, AUTHOR about the authors of posters, CASE about
    what was reported to the conduct committee, PRIVACY about what is stored of whoever presses: their Lookups say what
    is done. AUDIT shows organizers who did what, SETUP what the server lacks, both in place.
    """

    GO = "go"
    OPEN = "op"
    SHARE = "sh"
    STAR = "st"
    BACK = "bk"
    UNSTAR = "us"
    MINE = "my"
    FOR_ME = "fm"
    SHARE_MINE = "sm"
    FILE = "fi"
    REMIND = "rm"
    SETTINGS = "se"
    APPLY = "lv"
    DROP = "ld"
    REPEAT = "rp"
    DELIVERIES = "dl"
    RETRY = "rt"
    ANNOUNCE = "an"
    AUDIT = "au"
    SETUP = "su"
    QUESTION = "qu"
    MODERATE = "mo"
    AUTHOR = "ar"
    PRIVACY = "pv"
    CASE = "cs"


#: What anybody may press on a message that stands in a channel.
FOR_ANYBODY = frozenset({Does.OPEN, Does.STAR, Does.FOR_ME, Does.QUESTION})


class Button(Struct, frozen=True):
    label: str
    lookup: Lookup
    does: Does = Does.GO
    main: bool = False
    enabled: bool = True


class LinkButton(Struct, frozen=True):
    label: str
    url: str


class Option(Struct, frozen=True):
    """An entry of a menu. Its label and detail are plain text: Discord renders no markup there."""

    label: str
    lookup: Lookup
    detail: str = ""


class Menu(Struct, frozen=True):
    """Choose one of up to 25, which then does what a button would."""

    prompt: str
    options: tuple[Option, ...]
    does: Does = Does.GO


class Sample(Struct, frozen=True):
    """A message as it will look, shown in a frame of its own. ``picture`` is a file's name, ``alt`` what it shows."""

    text: str
    picture: str | None = None
    alt: str = ""


class Card(Struct, frozen=True):
    """One answer.

    ``texts`` are blocks of markup, a line drawn between them; the first line of the first stands
    alone. Below come ``sample``, ``menu`` with ``menus`` after it, and ``buttons``; ``footer`` is small print. What is
    not ``shareable`` says something about the reader alone. The small print says when it was true; what confirms an
    act is not ``dated``.
    """

    texts: tuple[str, ...]
    menu: Menu | None = None
    buttons: tuple[Button | LinkButton, ...] = ()
    footer: str = ""
    shareable: bool = True
    menus: tuple[Menu, ...] = ()
    sample: Sample | None = None
    dated: bool = True

    def with_buttons(self, *more: Button | LinkButton) -> "Card":
        return replace(self, buttons=(*self.buttons, *more))


def fit(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """The blocks in at most ``most`` characters in all. Only the longest are cut, each with an ellipsis."""
    if sum(map(len, texts)) <= most:
        return tuple(texts)
    room, share = most, most
    for left, length in zip(range(len(texts), 0, -1), sorted(map(len, texts)), strict=True):
        share = room // left
        if length > share:
            break
        room -= length
    return tuple(shown for text in texts if (shown := _cut(text, share)))


def _cut(text: str, most: int) -> str:
    """At a line's end or a space where one is near, and never inside a link, a timestamp or an escape."""
    if len(text) <= most:
        return text
    kept = text[: max(most - 1, 0)]
    for end, mark in (("\n", "\n…"), (" ", " …")):
        at = _before_link(text, kept.rfind(end))
        if at > most // 2:
            return kept[:at].rstrip() + mark
    kept = kept[: _before_link(text, len(kept))]
    opened = kept.rfind("<")
    if opened > kept.rfind(">"):
        kept = kept[:opened]
    return kept.rstrip("\\") + "…" if most > 0 else ""


def _before_link(text: str, at: int) -> int:
    """``at``, or where the link begins that it would cut in two."""
    return next((link.start() for link in _MASKED.finditer(text) if link.start() < at < link.end()), at)
