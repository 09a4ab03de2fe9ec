"""Who is an author, and by what: codes work once, wrong ones cannot be tried for long, and organizers have a say."""

import pytest

from bot.actions.posters.claim import Codes, assign, claim, hand_out, remove
from bot.domain.audit import ActKind
from bot.domain.errors import UsherError
from bot.domain.posters.claim import TRIES_MOST
from bot.domain.program import Poster, Program
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.posters import authorship
from tests.actions.posters.authoring import ADA, BOB, EVE, GUILD, ORGANIZER, SMALL, by, codes, told
from tests.chat.samples import at, poster, program

NOW = at(-120)
P1, P2 = SMALL.posters


async def handed_out(db: Database, of: Program = SMALL, letters: str | None = None) -> Codes:
    made = iter([letter * 8 for letter in letters]) if letters else codes()
    return await hand_out(db, GUILD, of, lambda: next(made), by=by(ORGANIZER, NOW))


async def claimed(db: Database, user: int, text: str, minute: int = 0, of: Program = SMALL) -> Poster | str:
    """The poster, or why not."""
    try:
        return await claim(db, GUILD, text, of, by=by(user, at(-120 + minute)))
    except UsherError as error:
        return str(error)


def acts(db: Database) -> list[tuple[ActKind, str, str]]:
    return [(one.act, one.about, one.detail) for one in audit.newest(db.reader, GUILD, most=9)]


async def test_each_author_of_each_poster_has_a_code_of_their_own(db: Database) -> None:
    found = await handed_out(db)
    assert [(one.id, code.author, code.code[0]) for one, code in found.codes] == [
        ("p1", "Ada", "A"),
        ("p1", "Bob", "B"),
        ("p2", "Author 2", "C"),
    ]
    assert acts(db) == [(ActKind.AUTHOR_CODES, "claim codes", "3 codes, 3 of them new")]


async def test_codes_stay_and_only_new_authors_get_new_ones(db: Database) -> None:
    first = await handed_out(db)
    more = program(sessions=SMALL.sessions, posters=(poster(1, authors=("Zoe", "Bob", "Ada")), P2), server=SMALL.server)
    again = await handed_out(db, more, "AAD")
    assert {code.code for _, code in again.codes} == {code.code for _, code in first.codes} | {"DDDDDDDD"}
    assert again.new == 1


async def test_a_code_makes_one_person_an_author(db: Database) -> None:
    await handed_out(db)
    assert await claimed(db, ADA, "aaaa-aaaa") == P1
    assert await claimed(db, ADA, "AAAAAAAA") == P1
    assert await claimed(db, EVE, "AAAAAAAA") == (
        "Somebody used this code already: each is for one person. "
        "If it is yours, ask an organizer to name you an author."
    )
    assert await claimed(db, BOB, "BBBBBBBB") == P1
    assert authorship.of_poster(db.reader, GUILD, "p1") == [ADA, BOB]


async def test_a_code_counts_in_its_own_server_alone(db: Database) -> None:
    await handed_out(db)
    with pytest.raises(UsherError, match="not known here"):
        await claim(db, 99, "AAAAAAAA", SMALL, by=by(ADA, NOW))


async def test_wrong_codes_are_stored_and_stop_a_person_for_a_while(db: Database) -> None:
    await handed_out(db)
    for minute in range(TRIES_MOST):
        assert str(await claimed(db, EVE, "WRONG", minute)).startswith("This code is not known here.")
    stopped = "You typed 5 wrong codes. Try again in 6 min, or ask an organizer to name you an author."
    assert await claimed(db, EVE, "AAAAAAAA", 5) == stopped
    assert authorship.of_poster(db.reader, GUILD, "p1") == []
    # Nobody else has to wait, and neither do they later.
    assert await claimed(db, BOB, "BBBBBBBB", 5) == P1
    assert await claimed(db, EVE, "AAAAAAAA", 11) == P1


async def test_an_interaction_that_comes_twice_is_one_wrong_code(db: Database) -> None:
    for _ in range(TRIES_MOST + 1):
        with pytest.raises(UsherError, match="not known here"):
            await claim(db, GUILD, "WRONG", SMALL, by=by(EVE, NOW, act=5))


async def test_a_poster_that_left_the_programme_is_not_claimed(db: Database) -> None:
    await handed_out(db)
    without = program(sessions=SMALL.sessions, posters=(P2,))
    assert str(await claimed(db, ADA, "AAAAAAAA", of=without)).startswith("The poster of this code is no longer")


async def test_an_organizer_names_an_author_who_hears_of_it_once(db: Database) -> None:
    once = by(ORGANIZER, NOW)
    assert [await assign(db, GUILD, P1, ADA, "ada", SMALL, by=once) for _ in range(2)] == [True, True]
    assert await assign(db, GUILD, P1, ADA, "ada", SMALL, by=by(ORGANIZER, NOW)) is False
    # At 07:00 the venue still sleeps.
    assert told(db, keys="act:author:") == [(f"act:author:{ADA}:named:p1", str(ADA), at(-60))]
    assert acts(db) == [(ActKind.ASSIGN_AUTHOR, "Poster 1", f"ada ({ADA})")]


async def test_an_author_who_is_removed_has_nothing_planned_and_their_code_is_another(db: Database) -> None:
    await handed_out(db)
    await claimed(db, ADA, "AAAAAAAA")
    assert len(told(db)) == 6
    once = by(ORGANIZER, NOW)
    assert [await remove(db, GUILD, P1, ADA, "ada", SMALL, by=once) for _ in range(2)] == [True, True]
    assert (authorship.of_poster(db.reader, GUILD, "p1"), told(db)) == ([], [])
    assert str(await claimed(db, ADA, "AAAAAAAA")).startswith("This code is not known here.")
    assert [code.code for _, code in (await handed_out(db, letters="Z")).codes] == ["ZZZZZZZZ", "BBBBBBBB", "CCCCCCCC"]
    assert acts(db)[1] == (ActKind.REMOVE_AUTHOR, "Poster 1", f"ada ({ADA})")
