"""Authors at their boards: in the session that is meant, and until they leave."""

import pytest

from bot.actions.posters.be_there import There, be_there
from bot.domain.errors import NotFoundError, UsherError
from bot.storage.database import Database
from bot.storage.posters import at_board
from tests.actions.posters.authoring import ADA, BOB, GUILD, SMALL, be_author, by
from tests.chat.samples import at


async def there(db: Database, minute: int, session: str | None = None, *, user: int = ADA, left: bool = False) -> There:
    return await be_there(db, GUILD, SMALL, by=by(user, at(minute)), session_id=session, left=left)


async def test_it_is_in_the_session_that_is_on_or_next_and_for_all_their_posters(db: Database) -> None:
    await be_author(db, ADA, "p1", "p2")
    first, later = await there(db, 10), await there(db, 70)
    assert [(one.session.id, [poster.id for poster in one.posters]) for one in (first, later)] == [
        ("s1", ["p1"]),
        ("s2", ["p1", "p2"]),
    ]
    assert later.everybody == {("s1", "p1"), ("s2", "p1"), ("s2", "p2")}


async def test_the_session_of_a_button_is_meant_also_while_another_is_on(db: Database) -> None:
    await be_author(db, ADA, "p1")
    assert (await there(db, 40, "s2")).session.id == "s2"
    with pytest.raises(UsherError, match="Nothing was noted"):
        await there(db, 70, "s1")


async def test_who_left_is_not_there_and_others_stay(db: Database) -> None:
    await be_author(db, ADA, "p1")
    await be_author(db, BOB, "p2")
    await there(db, 130)
    await there(db, 131, user=BOB)
    assert (await there(db, 140, left=True)).everybody == {("s2", "p2")}
    assert at_board.of_all(db.reader) == {GUILD: {("s2", "p2")}}


async def test_too_early_says_from_when(db: Database) -> None:
    await be_author(db, ADA, "p1")
    with pytest.raises(UsherError, match="from 90 minutes before"):
        await there(db, -91)
    assert at_board.of_all(db.reader) == {}


async def test_who_is_no_author_hears_how_to_become_one(db: Database) -> None:
    with pytest.raises(NotFoundError, match="/author claim"):
        await there(db, 10)
