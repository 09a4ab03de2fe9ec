"""The root of ``usher publish``: an event folder becomes the programme in force, beside a running bot."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bot.actions.programme.publish_program import Basis, basis_of, publish_program
from bot.chat.render.notices.conflicts import conflict_rows
from bot.chat.render.on_paper import plainly
from bot.chat.render.publishing import NO_NEWS, diff_rows, other_differences
from bot.chat.render.text import count
from bot.domain.changes.apply import Conflict, apply_edits
from bot.domain.changes.diff import diff
from bot.domain.changes.others import others
from bot.domain.errors import UsherError
from bot.domain.program import Program
from bot.folders import find_event, read_files
from bot.formats.fingerprint import fingerprint
from bot.formats.folder import read_folder
from bot.formats.report import describe
from bot.storage.database import Database
from bot.storage.programme import programmes
from bot.storage.programme.programmes import Manner, Version


class Draft(Struct, frozen=True):
    """A folder without errors: what it holds, and ``text``, what publishing it would change, for a terminal."""

    program: Program
    folder: Path
    fingerprint: str
    basis: Basis
    text: str
    changes_something: bool


def draft(folder: str, database: Path, *, now: datetime, manner: Manner) -> Draft:
    """Read, check and compare. Raises UsherError that names every problem, or that there is no database."""
    if not database.is_file():
        raise UsherError(
            f"There is no database {database}, so nothing was published. "
            "Start the bot first (usher run), or name its database with USHER_DATABASE."
        )
    found = find_event(folder)
    files = read_files(found)
    reading = read_folder(files, now=now)
    if reading.program is None:
        faults = "\n".join(describe(error) for error in reading.errors)
        raise UsherError(f"Nothing was published: {folder} has errors. See also: usher check {folder}\n{faults}")
    db = Database.open(database)
    try:
        basis, known = (
            basis_of(db.reader, reading.program.event.id),
            programmes.newest(db.reader, reading.program.event.id),
        )
        rows = list(_differences(known, reading.program, basis, manner))
    finally:
        db.close()
    differs = known is None or known.program != reading.program
    number = len(reading.problems)
    warnings = [f"{count(number, 'warning')}: see usher check {folder}"] if number else []
    zone = reading.program.event.tz
    text = "\n".join(
        [*warnings, *(plainly(row, zone) for row in rows or [NO_NEWS if differs else "Nothing has changed."])]
    )
    return Draft(reading.program, found.absolute(), fingerprint(files), basis, text, differs or bool(rows))


async def publish(draft: Draft, database: Path, *, at: datetime, manner: Manner) -> None:
    """Put ``draft`` in force. Raises ChangedMeanwhileError, or what storing raises; then nothing was published."""
    db = Database.open(database)
    try:
        await publish_program(
            db,
            draft.program,
            fingerprint=draft.fingerprint,
            at=at,
            by="usher publish",
            folder=str(draft.folder),
            manner=manner,
            basis=draft.basis,
        )
    finally:
        db.close()


def _differences(known: Version | None, new: Program, basis: Basis, manner: Manner) -> Iterator[str]:
    if known is None:
        yield f"The event {new.event.id} is new here. A server follows it where USHER_EVENT names it."
        return
    old = known.program
    changes = diff(old, new)
    if changes:
        yield f"{count(len(changes), 'change')}:"
        yield from (f"  {row}" for row in diff_rows(old, new, changes))
    if differing := others(old, new):
        yield other_differences(differing)
    found = {guild: apply_edits(new, edits).conflicts for guild, edits in basis.edits.items()}
    yield from _conflicts(new, {guild: conflicts for guild, conflicts in found.items() if conflicts}, manner)


def _conflicts(new: Program, found: Mapping[int, Sequence[Conflict]], manner: Manner) -> Iterator[str]:
    for guild_id, conflicts in found.items():
        end = "which give way" if manner.files_win else "which stay (--files-win gives them up)"
        yield f"In server {guild_id} the files contradict live changes, {end}:"
        yield from (f"  {row}" for row in conflict_rows(new, [one.as_change for one in conflicts]))
