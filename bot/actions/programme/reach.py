"""How far a change of the programme reaches: what differs, and what was said that reads otherwise then."""

from typing import Protocol

from msgspec import Struct

from bot.domain.changes.altered import altered
from bot.domain.changes.change import Change
from bot.domain.changes.diff import diff
from bot.domain.program import Program
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Row
from bot.storage.programme import shared_cards
from bot.storage.programme.shared_cards import SharedCard


class Shown(Protocol):
    """Tells whether what people see differs between two programmes: whoever makes the texts knows."""

    def message(self, row: Row, before: Program, after: Program) -> bool: ...

    def card(self, lookup: str, before: Program, after: Program) -> bool: ...


class Reach(Struct, frozen=True):
    """What a change comes to: the programmes before and then, what differs, and what was posted and reads otherwise."""

    before: Program
    program: Program
    changes: tuple[Change, ...]
    messages: tuple[Row, ...]
    cards: tuple[SharedCard, ...]


def reach_of(tables: Tables, guild_id: int, before: Program, after: Program, shown: Shown) -> Reach:
    """What it comes to in a guild that ``before`` gives way to ``after``. Nothing is changed."""
    ids, days = altered(before, after)
    rows = told.naming(tables, guild_id, ids, days) if ids or days else []
    cards = shared_cards.of_guild(tables, guild_id) if before is not after else []
    return Reach(
        before,
        after,
        diff(before, after),
        tuple(row for row in rows if shown.message(row, before, after)),
        tuple(card for card in cards if shown.card(card.lookup, before, after)),
    )
