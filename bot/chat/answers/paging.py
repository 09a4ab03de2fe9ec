"""Long lists, page by page: which page is meant, what is on it, and the buttons to the others."""

from collections.abc import Sequence
from typing import TypeVar

from msgspec import Struct

from bot.chat.lookup import AT_NOW, Lookup
from bot.chat.render.card import Button

T = TypeVar("T")


class Page(Struct, frozen=True):
    """Page ``number`` of ``pages``, counted from 0, of the list that ``lookup`` asks for."""

    lookup: Lookup
    number: int
    pages: int

    @classmethod
    def of(cls, lookup: Lookup, pages: int, at_now: int = 0) -> "Page":
        """The page that ``lookup`` names, the last one for a number past it; ``at_now`` where it names none."""
        wanted = at_now if lookup.page == AT_NOW else lookup.page
        return cls(lookup, max(0, min(wanted, pages - 1)), pages)

    @property
    def footer(self) -> str:
        return f"Page {self.number + 1} of {self.pages}" if self.pages > 1 else ""

    def buttons(self, back: str = "‹ Back", on: str = "More ›") -> tuple[Button, ...]:
        """To the page before and after; none where there is only one."""
        if self.pages < 2:
            return ()
        last = self.pages - 1
        return (
            Button(back, self.lookup.at(max(self.number - 1, 0)), enabled=self.number > 0),
            Button(on, self.lookup.at(min(self.number + 1, last)), enabled=self.number < last),
        )


def paged(lookup: Lookup, items: Sequence[T], size: int, *, first: int = 0) -> tuple[Page, Sequence[T]]:
    """The page of ``items`` that ``lookup`` asks for, and the items on it.

    Where it names no page, the one with item ``first``, counted from 0.
    """
    page = Page.of(lookup, -(-len(items) // size), at_now=first // size)
    return page, items[page.number * size : (page.number + 1) * size]
