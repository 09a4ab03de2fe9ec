"""The root of ``usher publish``: an event folder becomes the programme in force, beside a running bot."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bot.actions.programme.publish_program import Basis, basis_of, publish_program
from bot.chat.render.notices.conflicts import conflict_rows
from bot.chat.render.on_paper import plainly
from bot.chat.render.publishing import NO_NEWS, VOID, diff_rows, other_differences
from bot.chat.render.text import count
from bot.domain.changes.apply import Conflict, apply_edits
from bot.domain.changes.change import Change, Field
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
    known_by_all = {_about(change) for change in changes}
    for guild_id, edits in basis.edits.items():
        before, after = apply_edits(old, edits), apply_edits(new, edits)
        given_up = {one.edit for one in after.conflicts} if manner.files_win else set()
        seen = apply_edits(new, [edit for edit in edits if edit not in given_up]).program
        own = [change for change in diff(before.program, seen) if _about(change) not in known_by_all]
        if own:
            yield f"In server {guild_id}, because of live changes there:"
            yield from (f"  {row}" for row in diff_rows(before.program, seen, own))
        yield from _conflicts(new, guild_id, before.conflicts, after.conflicts, manner)


def _about(change: Change) -> tuple[str, str, Field]:
    return change.record, change.id, change.field


def _conflicts(
    new: Program, guild_id: int, known: Sequence[Conflict], found: Sequence[Conflict], manner: Manner
) -> Iterator[str]:
    """What cannot hold any more is named once, or where it is given up."""
    held = [one.as_change for one in found if one.in_force]
    void = [one.as_change for one in found if not one.in_force and (manner.files_win or one not in known)]
    if held:
        end = "which give way" if manner.files_win else "which stay (--files-win gives them up)"
        yield f"In server {guild_id} the files contradict live changes, {end}:"
        yield from (f"  {row}" for row in conflict_rows(new, held))
    if void:
        yield f"{VOID}, in server {guild_id}:"
        yield from (f"  {row}" for row in conflict_rows(new, void))
