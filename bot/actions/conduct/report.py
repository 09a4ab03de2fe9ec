"""Somebody reports something to the conduct committee, or adds to it."""

import secrets
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import By
from bot.domain.conduct.case import Case, Entry, Person, Quoted, Stage, Step, Way
from bot.domain.conduct.numbers import Draw
from bot.domain.errors import NotFoundError, UsherError
from bot.storage.conduct import cases, entries, files, readers
from bot.storage.conduct.reaching import note_unheard
from bot.storage.conduct.saying import open_case, tell_committee
from bot.storage.database import Database, Tables
from bot.storage.delivery.outbox import instant

#: What is no report of this person is not told apart from what is none at all.
NOT_YOURS = "This report is not there any more. Report something new with /report."
#: Who wrote a message that its own author reports without a name; nobody on Discord has this id.
SOMEBODY = Person(0, "somebody")
_EMPTY = "Nothing was sent: the report has no words. Use /report and say what happened."


class Written(Struct, frozen=True):
    """What somebody filled in, cleaned. ``form`` is the interaction that opened the form; ``name`` is theirs where the
    committee may know it. ``hidden`` is who wrote an unsigned message. ``quiet``: one of those involved is on the
    committee, also where they have not used the bot yet. ``own``: whoever reports wrote what the message says, which is
    posted by the bot and names them.
    """

    form: int
    what: str
    where: str = ""
    who: str = ""
    involved: tuple[Person, ...] = ()
    message: Quoted | None = None
    name: str | None = None
    hidden: int | None = None
    quiet: bool = False
    own: bool = False


class Reported(Struct, frozen=True):
    """The case as it is stored. ``reached``: how many of the committee are known whom it does not concern, beside
    whoever reported; of an unsigned case also whoever wrote what it is about.
    """

    case: Case
    reached: int


async def report(
    db: Database,
    guild_id: int,
    written: Written,
    *,
    way: Way,
    by: By,
    within: timedelta = timedelta(days=1),
    draw: Draw = secrets.randbelow,
) -> Reported:
    """Store a case, and queue all that brings it to the committee; in one transaction.

    The same form with the same words again is the same case; with other words it is another one. Raises UsherError for
    a report without any words. The committee reads it ``within`` that time, or is called once more.
    """
    if not (written.what or written.where or written.who or written.message):
        raise UsherError(_EMPTY)

    def write(tables: Tables) -> Reported:
        earlier = cases.of_act(tables, written.form) + cases.of_act(tables, by.act)
        wanted = _case(guild_id, written, way, by)
        known = next((one for one in earlier if _words(one) == _words(wanted)), None)
        if known is None:
            known = cases.add(tables, wanted, act=by.act if earlier else written.form, draw=draw)
            if written.message is not None:
                known = files.attach(tables, known, written.form)
            open_case(tables, known, by.at, remind_at=by.at + within)
            if not _reached(tables, known):
                note_unheard(tables, known, by.at)
        return Reported(known, _reached(tables, known))

    return await db.write(write)


async def answer(db: Database, guild_id: int, number: int, text: str, *, form: int, by: By) -> Entry:
    """Whoever reported adds something, or answers the committee; once for each ``form`` and text.

    Raises NotFoundError, and UsherError for a text without words.
    """

    def write(tables: Tables) -> Entry:
        case = own(tables, guild_id, number, by)
        if not text:
            raise UsherError("Nothing was sent: the answer has no words.")
        for known in entries.of_act(tables, case, form):
            if known.text == text:
                return known
        entry = entries.add(tables, case, Step.ANSWERED, by=None, text=text, at=by.at, act=form)
        tell_committee(tables, case, entry, by.at)
        return entry

    return await db.write(write)


def own(tables: Tables, guild_id: int, number: int, by: By) -> Case:
    """A report of this person that they can still read and add to. Raises NotFoundError where it is none."""
    found = cases.of_number(tables, guild_id, number)
    if found is None or found.reporter_at(by.at) != by.user:
        raise NotFoundError(NOT_YOURS)
    return found


def _reached(tables: Tables, case: Case) -> int:
    return len([one for one in readers.as_shown(tables, case) if one.id != case.reporter])


def _case(guild_id: int, written: Written, way: Way, by: By) -> Case:
    """Whoever reports is never among those whom it concerns, and has not written the message: it would name them."""
    message = written.message
    if message is not None and written.name is None:
        message = _unnamed(message, by.user, own=written.own)
    people = [*written.involved, *([message.author] if message and not message.bot else [])]
    involved = {one.id: one for one in people if one.id not in (by.user, SOMEBODY.id)}
    hidden = {written.hidden} - {None, by.user, *involved}
    return Case(
        guild_id=guild_id,
        number=0,
        what=written.what,
        where=written.where,
        who=written.who,
        involved=tuple(involved[user_id] for user_id in sorted(involved)),
        message=message,
        reporter=by.user,
        name=written.name,
        stage=Stage.OPEN,
        way=way,
        assigned=None,
        reported_at=by.at,
        hidden=tuple(one for one in hidden if one is not None),
        quiet=written.quiet,
    )


def _unnamed(message: Quoted, user_id: int, *, own: bool) -> Quoted:
    """As it is kept where this person stays anonymous: neither a name nor an address leads to them."""
    if message.author.id == user_id:
        return replace(message, author=SOMEBODY, url="")
    return replace(message, url="") if own else message


def _words(case: Case) -> Case:
    """What somebody said, apart from what became of it. Who is involved is the same by their ids: what they are called
    is not always to be had.
    """
    case = replace(case, involved=tuple(replace(one, name="") for one in case.involved))
    nothing = replace(case, number=0, stage=Stage.OPEN, way=Way.THREAD, assigned=None, closed_at=None, kept=())
    return replace(nothing, reported_at=_EPOCH, quiet=False)


_EPOCH = instant(0)
