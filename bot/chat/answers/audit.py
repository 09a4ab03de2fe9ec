"""/audit: who did what, page by page. For organizers alone."""

from collections.abc import Sequence

from bot.chat.answers.paging import Page
from bot.chat.render.audit import AUDIT, act_line
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.text import count, stamp, venue_time
from bot.domain.audit import Entry
from bot.domain.program import Program

_EMPTY = "Nothing was done yet. What organizers change, publish or try again is written down here."


def trail(program: Program, number: int, page: Page, entries: Sequence[Entry]) -> Card:
    """One page of all ``number`` entries, the newest first."""
    rows = [f"{act_line(entry)}\n-# {_when(program, entry)}" for entry in entries] or [_EMPTY]
    turning = (Button(button.label, button.lookup, Does.AUDIT, enabled=button.enabled) for button in page.buttons())
    return Card(
        ("\n".join([f"## Audit trail: {count(number, 'act')}", *rows]),),
        buttons=(*turning, Button("Refresh", AUDIT, Does.AUDIT)),
        footer=page.footer,
        shareable=False,
    )


def _when(program: Program, entry: Entry) -> str:
    """The reader's own date and time, and weekday and clock at the venue."""
    zone = program.event.tz
    return f"{stamp(entry.at, 'f')} (venue {entry.at.astimezone(zone):%a} {venue_time(entry.at, zone)})"
