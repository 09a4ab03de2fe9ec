"""Who was stopped and types is told so directly alone, where that is possible; once for each stop."""

from functools import partial

import pytest

from bot.actions.posters.stop import allow, stop
from bot.actions.posters.take import take
from bot.domain.posters.limits import KEPT_MOST
from bot.domain.posters.question import State
from bot.domain.posters.typed import Typed
from bot.storage.database import Database
from bot.storage.delivery.outbox import Op
from bot.storage.posters import direct_channels, questions
from bot.storage.posters.direct_channels import DirectChannel
from tests.actions.posters.authoring import EVE, GUILD, ORGANIZER, SMALL, by, rows
from tests.chat.samples import at

NOON = at(180)
IN_THREAD, DIRECTLY = (Op.MESSAGE, "poster/p1", None), (Op.DM, str(EVE), 90)


async def stopped(db: Database) -> None:
    await stop(db, GUILD, EVE, "Eve", why="Spam", by=by(ORGANIZER, NOON), server=SMALL.server)


async def types(db: Database, text: str = "Why?") -> bool:
    return await take(db, GUILD, "p1", Typed(text), SMALL, by=by(EVE, NOON))


def hints(db: Database) -> list[tuple[Op, str, int | None]]:
    return [(row.op, row.place, row.channel_id) for row in rows(db, keys="act:hint")]


@pytest.mark.parametrize(
    ("channel", "known"), [(DirectChannel(90), [DIRECTLY]), (DirectChannel(90, closed=True), [IN_THREAD])]
)
async def test_it_is_said_once_for_each_stop_and_directly_where_they_can_be_written_to(
    db: Database, channel: DirectChannel, known: list[tuple[Op, str, int | None]]
) -> None:
    await db.write(partial(direct_channels.put, guild_id=GUILD, user_id=EVE, channel=channel))
    await stopped(db)
    assert [await types(db), await types(db, "Why not?")] == [True, False]
    assert hints(db) == known
    await allow(db, GUILD, EVE, "Eve", by=by(ORGANIZER, NOON), server=SMALL.server)
    await stopped(db)
    await types(db, "Why, then?")
    assert hints(db) == [*known, *known]


async def test_what_they_go_on_to_type_is_kept_up_to_the_limit_of_everybody(db: Database) -> None:
    await stopped(db)
    for number in range(KEPT_MOST + 2):
        await types(db, f"Why {number}?")
    kept = questions.of_asker(db.reader, GUILD, EVE)
    assert [one.state for one in kept] == [State.DRAFT] * KEPT_MOST
