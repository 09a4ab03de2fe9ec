"""One of the committee takes care of a case: reads it, assigns it, writes to whoever reported, closes it, exports it.

Each is one transaction, and stands in the audit trail by the case's number alone. Nothing is posted of it: it would
tell organizers who are involved that there is a case.
"""

from datetime import datetime

from msgspec import Struct

from bot.domain import audit
from bot.domain.audit import ActKind, By
from bot.domain.conduct.case import Case, Entry, Person, Stage, Step
from bot.domain.errors import NotFoundError, UsherError
from bot.domain.event import Server
from bot.storage import audit as audit_trail
from bot.storage.conduct import cases, entries, files, readers
from bot.storage.conduct.saying import tell_committee, tell_reporter
from bot.storage.database import Database, Tables

_ACTS = {
    Step.READ: ActKind.READ_CASE,
    Step.ASSIGNED: ActKind.ASSIGN_CASE,
    Step.WRITTEN: ActKind.WRITE_IN_CASE,
    Step.CLOSED: ActKind.CLOSE_CASE,
}
_EMPTY = "Nothing was sent: the text has no words."


class Doing(Struct, frozen=True):
    """Who does something in a server: ``name`` is what they are called. ``member``: they are on the committee; if not,
    single cases may still be read by them.
    """

    guild_id: int
    server: Server
    name: str
    by: By
    member: bool = True

    @property
    def person(self) -> Person:
        return Person(self.by.user, self.name)


class Done(Struct, frozen=True):
    """The case as it is then. ``new``: something was done."""

    case: Case
    new: bool


class Record(Struct, frozen=True):
    """All of a case. ``files`` are those of the reported message that are kept: names and contents."""

    case: Case
    log: tuple[Entry, ...]
    files: tuple[tuple[str, bytes], ...]


async def acknowledge(db: Database, number: int, doing: Doing) -> Done:
    """Say that the committee has read it. Whoever reported is told. Raises NotFoundError."""

    def write(tables: Tables) -> Done:
        case = open_to(tables, doing, number)
        if case.stage is not Stage.OPEN:
            return Done(case, new=False)
        cases.set_stage(tables, case, Stage.READ, doing.by.at)
        return Done(_step(tables, case, Step.READ, "", doing), new=True)

    return await db.write(write)


async def assign(db: Database, number: int, to: int, doing: Doing) -> Done:
    """Say who of the committee takes care of it. Raises NotFoundError, and UsherError for who cannot."""

    def write(tables: Tables) -> Done:
        case = open_to(tables, doing, number)
        member = next((one for one in readers.of_case(tables, case) if one.id == to), None)
        if member is None or (case.is_unsigned and to != doing.by.user):
            raise UsherError("This person cannot take the case. Nothing was changed. Choose somebody else.")
        if case.assigned is not None and case.assigned.id == to:
            return Done(case, new=False)
        cases.assign(tables, case, Person(member.id, member.name))
        return Done(_step(tables, case, Step.ASSIGNED, member.name, doing), new=True)

    return await db.write(write)


async def write_to_reporter(db: Database, number: int, text: str, doing: Doing, *, form: int) -> Done:
    """Once for each ``form`` and text. A case that is written about has been read.

    Raises NotFoundError, and UsherError where nobody knows any more who reported.
    """

    def write(tables: Tables) -> Done:
        case = open_to(tables, doing, number)
        if not text:
            raise UsherError(_EMPTY)
        if _known(tables, case, form, text):
            return Done(case, new=False)
        may_write_to_reporter(case, doing.by.at)
        if case.stage is Stage.OPEN:
            cases.set_stage(tables, case, Stage.READ, doing.by.at)
        return Done(_step(tables, case, Step.WRITTEN, text, doing, form), new=True)

    return await db.write(write)


async def close(db: Database, number: int, outcome: str, doing: Doing, *, form: int) -> Done:
    """Once. Whoever reported is told the ``outcome``. Raises NotFoundError, and UsherError where it was closed."""

    def write(tables: Tables) -> Done:
        case = open_to(tables, doing, number)
        if not outcome:
            raise UsherError(_EMPTY)
        if _known(tables, case, form, outcome):
            return Done(case, new=False)
        if case.stage is Stage.CLOSED:
            raise UsherError(f"Case {number} is closed already. Nothing was changed. /cases list shows how it ended.")
        cases.set_stage(tables, case, Stage.CLOSED, doing.by.at)
        return Done(_step(tables, case, Step.CLOSED, outcome, doing, form), new=True)

    return await db.write(write)


async def record_export(db: Database, number: int, doing: Doing) -> Record:
    """The whole case, for the record. Raises NotFoundError."""

    def write(tables: Tables) -> Record:
        case = open_to(tables, doing, number)
        _record(tables, case, ActKind.EXPORT_CASE, doing)
        log = entries.of_case(tables, doing.guild_id, number)
        return Record(case, tuple(log), tuple(files.of_case(tables, case)))

    return await db.write(write)


def may_write_to_reporter(case: Case, now: datetime) -> None:
    """Raises UsherError where nobody knows any more who reported it, and says why. ``now`` in UTC."""
    if case.reporter_at(now) is not None:
        return
    if case.reporter_left(now):
        why = f"Whoever reported case {case.number} has deleted their data since."
    else:
        why = f"Case {case.number} was closed some days ago, and who reported it is forgotten."
    raise UsherError(f"{why} Nothing can be sent to them any more.")


def open_to(tables: Tables, doing: Doing, number: int) -> Case:
    """A case that they may read.

    Raises NotFoundError; who is involved does not learn from it that there is one.
    """
    found = cases.of_number(tables, doing.guild_id, number)
    if found is None or not readers.may_read(tables, found, doing.by.user, member=doing.member):
        raise NotFoundError(f"Case {number} is not there. /cases list shows those there are.")
    return found


def _step(tables: Tables, case: Case, step: Step, text: str, doing: Doing, form: int | None = None) -> Case:
    """Note what was done, tell both sides, and write it into the audit trail. The case as it is then."""
    at = doing.by.at
    entry = entries.add(tables, case, step, by=doing.person, text=text, at=at, act=form or doing.by.act)
    after = open_to(tables, doing, case.number)
    tell_committee(tables, after, entry, at)
    if step is not Step.ASSIGNED:
        tell_reporter(tables, after, entry, at)
    _record(tables, case, _ACTS[step], doing)
    return after


def _record(tables: Tables, case: Case, act: ActKind, doing: Doing) -> None:
    entry = audit.Entry(doing.by.at, doing.by.user, act, f"case {case.number}")
    audit_trail.add(tables, doing.guild_id, entry, mark=str(doing.by.act))


def _known(tables: Tables, case: Case, form: int, text: str) -> bool:
    return any(one.text == text for one in entries.of_act(tables, case, form))
