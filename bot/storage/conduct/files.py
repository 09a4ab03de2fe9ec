"""The files of reported messages, as they were. Everything that writes is called inside a transaction."""

from collections.abc import Mapping

from msgspec.structs import replace
from sqlite_utils import Database

from bot.domain.conduct.case import Case

#: Bytes kept beside forms that did not come back: whoever opens many fills no disk.
DRAFTS_BYTES = 100_000_000


def keep(db: Database, opened_by: int, found: Mapping[int, tuple[str, bytes]], *, most: int = DRAFTS_BYTES) -> None:
    """Beside a form, until it comes back: by their places in the message, with their names.

    Beyond ``most`` bytes those go that were kept first, and of them the links stay.
    """
    for place, (name, content) in found.items():
        db.execute("INSERT OR IGNORE INTO conduct_draft_file VALUES (?, ?, ?, ?)", [opened_by, place, name, content])
    left = most
    kept = db.execute("SELECT opened_by, sum(length(content)) FROM conduct_draft_file GROUP BY 1 ORDER BY 1 DESC")
    for form, size in kept.fetchall():
        left -= size
        if left < 0 and form != opened_by:
            db.execute("DELETE FROM conduct_draft_file WHERE opened_by = ?", [form])


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
