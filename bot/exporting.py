"""The root of ``usher export``: the questions and answers of a server as a file, beside a running bot."""

from datetime import datetime
from pathlib import Path

from bot.chat.render.text import count
from bot.domain.changes.apply import apply_edits
from bot.domain.errors import UsherError
from bot.domain.posters.export import exported, pseudonyms
from bot.domain.program import Program
from bot.folders import find_event, read_files
from bot.formats.folder import read_folder
from bot.formats.qa import Format, written
from bot.formats.report import summary
from bot.storage.database import Tables, reading
from bot.storage.posters import exported as stored
from bot.storage.programme import event_folders, live_edits, programmes


def export_qa(folder: str, database: Path, wanted: str, *, to: Path | None, guild: int | None, now: datetime) -> bytes:
    """Read only, and without names: a database holds none, so people are author 1, attendee 2.

    What is printed: the file itself, or where it was written ``to`` a place of its own, what is in it.
    ``folder`` is the event that a server follows which chose none. Raises UsherError where there is nothing to read, or
    where ``guild`` (a server's id) does not say which of several servers is meant.
    """
    if wanted not in list(Format):
        raise UsherError(f"--format {wanted} is not known. Write one of: {', '.join(Format)}.")
    if not database.is_file():
        raise UsherError(
            f"There is no database {database}, so nothing was exported. "
            "Name the bot's with --database, or with USHER_DATABASE."
        )
    with reading(database) as db:
        guild_id = _chosen(stored.guilds(db), guild)
        held, program = stored.everything(db, guild_id), _program(db, guild_id, folder, now)
    found = exported(program, held, pseudonyms(held), now)
    content = written(found, Format(wanted))
    if to is None:
        return content
    try:
        to.write_bytes(content)
    except OSError as error:
        raise UsherError(f"{to} cannot be written ({error}). Name another file with --to.") from error
    inside = f"{count(found.questions, 'question')} about {count(len(found.posters), 'poster')}"
    return f"Wrote {to}: {inside}, {len(found.unanswered):,} without an answer.\n".encode()


def _chosen(known: list[int], guild: int | None) -> int:
    if not known:
        raise UsherError("Nobody has asked anything yet: there is nothing to export.")
    if guild is None and len(known) == 1:
        return known[0]
    if guild is not None and guild in known:
        return guild
    names = "\n".join(f"  {one}" for one in known)
    asked = "In several servers questions were asked." if guild is None else f"In server {guild} nobody asked anything."
    raise UsherError(f"{asked} Name one of these with --guild:\n{names}")


def _program(db: Tables, guild_id: int, folder: str, now: datetime) -> Program:
    """What the server follows, as it stands in the database; else what the folder says."""
    path = find_event(folder)
    seen = event_folders.seen(db, str(path.absolute()))
    chosen = programmes.events_of_guilds(db).get(guild_id) or (seen.event_id if seen else None)
    version = programmes.newest(db, chosen) if chosen is not None else None
    if version is not None:
        return apply_edits(version.program, live_edits.of_guild(db, guild_id, version.program.event.id)).program
    found = read_folder(read_files(path), now=now)
    if found.program is None:
        raise UsherError(f"Nothing was exported: {folder} has errors.\n{summary(found)}")
    return found.program
