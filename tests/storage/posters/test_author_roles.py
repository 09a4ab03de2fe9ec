"""Who holds the role of authors by the bot, and the row that sees to it, whatever changes while that is under way."""

from datetime import timedelta

from bot.storage.database import Database, Tables
from bot.storage.delivery import claims, outbox
from bot.storage.delivery.outbox import Row, State
from bot.storage.posters import author_roles, authorship
from tests.chat.samples import at

GUILD, ADA, ROLE = 1, 11, 70


def claimed(tables: Tables) -> Row:
    (row,) = claims.claim(
        tables, now=at(1), wall=at(1), lease=timedelta(minutes=1), there=[GUILD], room=9, turns=lambda _: 1
    )
    return row


def named(tables: Tables, *, is_author: bool) -> None:
    if is_author:
        authorship.add(tables, GUILD, "p1", ADA, at=at(0))
    else:
        authorship.remove(tables, GUILD, "p1", ADA)
    author_roles.follow(tables, GUILD, ADA, at(0))


async def test_whoever_stops_being_an_author_while_the_role_is_given_is_not_forgotten(db: Database) -> None:
    def write(tables: Tables) -> None:
        named(tables, is_author=True)
        giving = claimed(tables)
        holder = author_roles.of_row(tables, giving)
        assert holder is not None
        assert (holder.user_id, holder.role_id, holder.is_author) == (ADA, None, True)
        author_roles.note(tables, holder, ROLE)
        # Before its outcome is recorded, an organizer takes them back.
        named(tables, is_author=False)
        claims.finish(tables, giving, State.SENT, now=at(1))
        author_roles.settled(tables, giving)
        taking = claimed(tables)
        assert author_roles.of_row(tables, taking) == author_roles.Holder(holder.id, ADA, ROLE, is_author=False)
        claims.finish(tables, taking, State.SENT, now=at(1))
        author_roles.settled(tables, taking)
        assert author_roles.of_row(tables, taking) is None
        # Nothing is queued for who never was one.
        author_roles.follow(tables, GUILD, ADA + 1, at(0))
        assert [(row.key, row.state) for row in outbox.of_guild(tables, GUILD)] == [(taking.key, State.SENT)]
        assert str(ADA) not in taking.key

    await db.write(write)
