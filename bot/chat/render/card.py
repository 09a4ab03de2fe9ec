"""What a reader sees, as a value: text blocks, and rows of buttons and menus that carry Lookups.

Pure: ``domain`` value in, Card out. ``layout`` turns a Card into Discord's components.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from bot.chat.lookup import Lookup


class Does(Enum):
    """What a button does with its Lookup. The value starts the ``custom_id``."""

    GO = "go"
    OPEN = "op"
    SHARE = "sh"


@dataclass(frozen=True, slots=True)
class Button:
    """GO shows the answer in place; OPEN shows it to whoever pressed, in a new private answer; SHARE posts it."""

    label: str
    lookup: Lookup
    does: Does = Does.GO
    main: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class LinkButton:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a menu. Its label and detail are plain text: Discord renders no markup there."""

    label: str
    lookup: Lookup
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Choose one of up to 25; the answer takes the place of the card."""

    prompt: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One answer.

    ``texts`` are blocks of markup, a line drawn between them; the first line of the first stands
    alone. ``menu`` and ``buttons`` come below; ``footer`` is small print. What is not ``shareable`` says
    something about the reader alone.
    """

    texts: tuple[str, ...]
    menu: Menu | None = None
    buttons: tuple[Button | LinkButton, ...] = ()
    footer: str = ""
    accent: int | None = None
    shareable: bool = True

    def with_buttons(self, *more: Button | LinkButton) -> "Card":
        return replace(self, buttons=(*self.buttons, *more))


def fit(texts: Sequence[str], most: int) -> tuple[str, ...]:
    """The blocks in at most ``most`` characters in all; what is past it is cut at a line's end."""
    kept: list[str] = []
    for text in texts:
        if len(text) <= most:
            kept.append(text)
            most -= len(text)
            continue
        cut = text[:most].rpartition("\n")[0]
        if cut:
            kept.append(cut + "\n…" if len(cut) + 2 <= most else cut)
        break
    return tuple(kept)
