"""Remember that a card was shared into a channel."""

from bot.storage.database import Database
from bot.storage.programme import shared_cards
from bot.storage.programme.shared_cards import SharedCard


async def record_share(db: Database, card: SharedCard) -> None:
    """Store the posted card's ids, so that a change of the programme can edit it."""
    await db.write(lambda tables: shared_cards.add(tables, card))
