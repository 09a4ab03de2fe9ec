"""What is stored of authors stays with its guild, and is what was stored."""

import sqlite3

import pytest

from bot.domain.posters.author import Author, AuthorChoice, Place, Times
from bot.domain.posters.claim import ClaimCode
from bot.storage.database import Database, Tables
from bot.storage.posters import at_board, authors, authorship, claim_codes, direct_channels
from bot.storage.posters.direct_channels import DirectChannel
from tests.chat.samples import at

CHOICE = AuthorChoice(Times.DIGEST, Place.THREAD)


async def test_an_author_has_their_posters_choice_and_channel_in_each_guild(db: Database) -> None:
    def write(tables: Tables) -> None:
        for minute, poster in enumerate(("p2", "p1")):
            authorship.add(tables, 1, poster, 11, at=at(minute))
        authorship.add(tables, 1, "p1", 12, at=at(0))
        authorship.add(tables, 2, "p1", 11, at=at(0))
        authors.choose(tables, 1, 11, CHOICE)
        direct_channels.put(tables, 1, 11, DirectChannel(9, closed=True))

    await db.write(write)
    one, other = Author(11, ("p2", "p1"), CHOICE, 9, closed=True), Author(12, ("p1",))
    assert authors.of_guild(db.reader, 1) == [one, other]
    assert authors.of_poster(db.reader, 1, "p1") == [one, other]
    assert authors.of_poster(db.reader, 1, "p2") == [one]
    assert authors.of_person(db.reader, 2, 11) == Author(11, ("p1",))
    assert authors.of_person(db.reader, 2, 12) is None


async def test_a_code_is_used_once_and_forgotten_with_its_author(db: Database) -> None:
    code = ClaimCode("ABCDEFGH", "p1", "Ada")
    await db.write(lambda tables: claim_codes.add(tables, 1, [code]))
    assert (claim_codes.of_code(db.reader, 1, "ABCDEFGH"), claim_codes.of_code(db.reader, 2, "ABCDEFGH")) == (
        code,
        None,
    )
    with pytest.raises(sqlite3.IntegrityError):
        await db.write(lambda tables: claim_codes.add(tables, 1, [ClaimCode("JJJJJJJJ", "p1", "Ada")]))
    await db.write(lambda tables: claim_codes.use(tables, 1, code, 11, at=at(0)))
    assert claim_codes.of_guild(db.reader, 1) == [ClaimCode("ABCDEFGH", "p1", "Ada", 11)]
    await db.write(lambda tables: claim_codes.forget_used(tables, 1, "p1", 12))
    assert len(claim_codes.of_guild(db.reader, 1)) == 1
    await db.write(lambda tables: claim_codes.forget_used(tables, 1, "p1", 11))
    assert claim_codes.of_guild(db.reader, 1) == []


async def test_wrong_codes_are_kept_only_as_long_as_they_count(db: Database) -> None:
    def write(tables: Tables) -> None:
        for minute in (0, 5, 12):
            claim_codes.note_try(tables, 1, 11, minute, at(minute), keep_since=at(minute - 10))

    await db.write(write)
    assert claim_codes.tried(db.reader, 1, 11, at(-60)) == [at(5), at(12)]
    assert claim_codes.tried(db.reader, 1, 11, at(5)) == [at(12)]


async def test_who_is_at_a_board_is_there_once_and_may_leave(db: Database) -> None:
    def come(tables: Tables) -> bool:
        return at_board.add(tables, 1, "s1", ["p1", "p2"], 11, at=at(0))

    assert [await db.write(come) for _ in range(2)] == [True, False]
    assert at_board.of_guild(db.reader, 1) == {("s1", "p1"), ("s1", "p2")}
    assert [at_board.is_there(db.reader, guild, "s1", 11) for guild in (1, 2)] == [True, False]
    await db.write(lambda tables: at_board.forget(tables, 1, "p1", 11))
    assert at_board.of_all(db.reader) == {1: {("s1", "p2")}}
    assert [await db.write(lambda tables: at_board.remove(tables, 1, "s1", 11)) for _ in range(2)] == [True, False]
    assert at_board.of_all(db.reader) == {}
