"""Somebody becomes an author of a poster: by a code that organizers handed out, or because one of them says so."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from bot.actions.audit.record_act import record_act
from bot.actions.posters.plan_authors import plan_author
from bot.actions.posters.tell_authors import tell_named
from bot.domain.audit import ActKind, By, Entry
from bot.domain.errors import UsherError
from bot.domain.posters import claim as rules
from bot.domain.posters.claim import ClaimCode
from bot.domain.program import Poster, Program
from bot.storage import audit
from bot.storage.database import Database, Tables
from bot.storage.posters import at_board, author_roles, authorship, claim_codes

_ASK = "or ask an organizer to name you an author"


class Codes(Struct, frozen=True):
    """The codes of all authors of all posters, in the order of the programme; ``new`` of them were made just now."""

    codes: Sequence[tuple[Poster, ClaimCode]]
    new: int


async def hand_out(db: Database, guild_id: int, program: Program, new_code: Callable[[], str], *, by: By) -> Codes:
    """A code for each author of each poster. What was handed out before stays as it is."""

    def write(tables: Tables) -> Codes:
        known = {(code.poster_id, code.author): code for code in claim_codes.of_guild(tables, guild_id)}
        taken = {code.code for code in known.values()}
        found, new = [], []
        for poster in program.posters:
            for author in dict.fromkeys(poster.authors):
                code = known.get((poster.id, author))
                if code is None:
                    code = ClaimCode(_unused(new_code, taken), poster.id, author)
                    new.append(code)
                found.append((poster, code))
        claim_codes.add(tables, guild_id, new)
        detail = f"{len(found)} codes, {len(new)} of them new"
        _record(
            tables, guild_id, program, Entry(by.at, by.user, ActKind.AUTHOR_CODES, "claim codes", detail=detail), by
        )
        return Codes(found, len(new))

    return await db.write(write)


async def claim(db: Database, guild_id: int, text: str, program: Program, *, by: By) -> Poster:
    """The poster that somebody is an author of from now on, by the code they typed. Again changes nothing.

    Raises UsherError, which says what to do; a wrong code is written down first, so that nobody can try many.
    """

    def write(tables: Tables) -> Poster | UsherError:
        since = by.at - rules.LATELY
        wait = rules.wait_of(claim_codes.tried(tables, guild_id, by.user, since), by.at)
        if wait is not None:
            minutes = int(wait.total_seconds()) // 60 + 1
            return UsherError(f"You typed {rules.TRIES_MOST} wrong codes. Try again in {minutes} min, {_ASK}.")
        code = claim_codes.of_code(tables, guild_id, rules.typed(text))
        if code is None:
            claim_codes.note_try(tables, guild_id, by.user, by.act, by.at, keep_since=since)
            return UsherError(
                f"This code is not known here. It has {rules.LENGTH} letters and digits, such as "
                f"{rules.shown('ABCDEFGH')}. Look at it again, {_ASK}."
            )
        poster = program.poster_by_id.get(code.poster_id)
        if poster is None:
            return UsherError("The poster of this code is no longer in the programme. Ask an organizer.")
        if code.used_by not in (None, by.user):
            return UsherError(
                "Somebody used this code already: each is for one person. If it is yours, ask an organizer to name you "
                "an author."
            )
        claim_codes.use(tables, guild_id, code, by.user, at=by.at)
        authorship.add(tables, guild_id, poster.id, by.user, at=by.at)
        plan_author(tables, guild_id, by.user, program, by.at)
        author_roles.follow(tables, guild_id, by.user, by.at)
        return poster

    found = await db.write(write)
    if isinstance(found, UsherError):
        raise found
    return found


async def assign(
    db: Database, guild_id: int, poster: Poster, user_id: int, name: str, program: Program, *, by: By
) -> bool:
    """An organizer says who is an author; whether it is new. They hear of it. Once for each ``by.act``.

    ``name`` is the person's on Discord, for the audit trail.
    """

    def write(tables: Tables) -> bool:
        if not authorship.add(tables, guild_id, poster.id, user_id, at=by.at, given_by=by.user):
            return audit.known(tables, guild_id, str(by.act))
        plan_author(tables, guild_id, user_id, program, by.at)
        author_roles.follow(tables, guild_id, user_id, by.at)
        tell_named(tables, guild_id, user_id, poster.id, program, by.at)
        entry = Entry(by.at, by.user, ActKind.ASSIGN_AUTHOR, poster.title, detail=f"{name} ({user_id})")
        _record(tables, guild_id, program, entry, by)
        return True

    return await db.write(write)


async def remove(
    db: Database, guild_id: int, poster: Poster, user_id: int, name: str, program: Program, *, by: By
) -> bool:
    """An organizer says who is no author (any more); whether they were. Their code is of no use any more. As above."""

    def write(tables: Tables) -> bool:
        if not authorship.remove(tables, guild_id, poster.id, user_id):
            return audit.known(tables, guild_id, str(by.act))
        claim_codes.forget_used(tables, guild_id, poster.id, user_id)
        at_board.forget(tables, guild_id, poster.id, user_id)
        plan_author(tables, guild_id, user_id, program, by.at)
        author_roles.follow(tables, guild_id, user_id, by.at)
        entry = Entry(by.at, by.user, ActKind.REMOVE_AUTHOR, poster.title, detail=f"{name} ({user_id})")
        _record(tables, guild_id, program, entry, by)
        return True

    return await db.write(write)


def _record(tables: Tables, guild_id: int, program: Program, entry: Entry, by: By) -> None:
    record_act(tables, guild_id, program.server, entry, mark=str(by.act))


def _unused(new_code: Callable[[], str], taken: set[str]) -> str:
    while (code := new_code()) in taken:
        pass
    taken.add(code)
    return code
