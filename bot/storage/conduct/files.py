"""The files of reported messages, as they were. Everything that writes is called inside a transaction."""

from collections.abc import Mapping
from dataclasses import replace

from sqlite_utils import Database

from bot.domain.conduct.case import Case


def keep(db: Database, opened_by: int, found: Mapping[int, tuple[str, bytes]]) -> None:
    """Beside a form, until it comes back: by their places in the message, with their names."""
    for place, (name, content) in found.items():
        db.execute("INSERT OR IGNORE INTO conduct_draft_file VALUES (?, ?, ?, ?)", [opened_by, place, name, content])


def attach(db: Database, case: Case, opened_by: int) -> Case:
    """Put what was kept beside its form beside a case: the case with it. More than once is no harm."""
    db.execute(
        "INSERT OR IGNORE INTO conduct_file SELECT ?, ?, place, name, content FROM conduct_draft_file"
        " WHERE opened_by = ?",
        [case.guild_id, case.number, opened_by],
    )
    query = "SELECT place FROM conduct_file WHERE guild_id = ? AND number = ? ORDER BY place"
    return replace(case, kept=tuple(place for (place,) in db.execute(query, [case.guild_id, case.number])))


def of_case(db: Database, case: Case) -> list[tuple[str, bytes]]:
    """Names and contents, in the order in which the message had them."""
    query = "SELECT name, content FROM conduct_file WHERE guild_id = ? AND number = ? ORDER BY place"
    return [(name, bytes(content)) for name, content in db.execute(query, [case.guild_id, case.number])]
