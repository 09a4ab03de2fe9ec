"""What people did as organizers, or tried: kept for as long as somebody may have to answer for it."""

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.delivery.outbox import instant
from bot.storage.privacy.holding import Entry, Fate, Holding, written

#: Each kind of act, as a query for what it was about and when, in milliseconds or as ISO text; ``:by`` is the id as
#: text.
_ACTS = (
    (
        "audit trail",
        "SELECT act || ' ' || about || ': ' || outcome || iif(detail = '', '', ', ' || detail), at FROM audit"
        " WHERE guild_id = :guild AND actor_id = :user ORDER BY id",
    ),
    (
        "announcement",
        "SELECT coalesce(json_extract(content, '$.title'), ''), changed_at FROM announcement"
        " WHERE guild_id = :guild AND :user IN (author, changed_by) ORDER BY id",
    ),
    ("mode", "SELECT request, made_at FROM mode_change WHERE guild_id = :guild AND made_by = :by ORDER BY id"),
    (
        "live change",
        "SELECT session_id || ' ' || field, edited_at FROM live_edit"
        " WHERE guild_id = :guild AND edited_by = :by ORDER BY edited_at",
    ),
    (
        "programme published",
        "SELECT event_id, published_at FROM programme WHERE manner_of = :guild AND published_by = :by ORDER BY id",
    ),
    (
        "author named",
        "SELECT poster_id, since FROM authorship WHERE guild_id = :guild AND given_by = :user ORDER BY since",
    ),
    (
        "hidden",
        "SELECT 'question ' || number || ': ' || why, at FROM hidden JOIN question ON question.id = question"
        " WHERE guild_id = :guild AND by = :user ORDER BY at",
    ),
    ("somebody stopped", "SELECT why, at FROM no_asking WHERE guild_id = :guild AND by = :user ORDER BY at"),
)


def _acts(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    values = {"guild": guild_id, "user": user_id, "by": str(user_id)}
    return [
        {"kind": kind, "about": about, "at": at if isinstance(at, str) else written(instant(at))}
        for kind, query in _ACTS
        for about, at in db.execute(query, values)
    ]


ACTS = Holding(
    "Organizers' acts",
    "what you did or tried as an organizer",
    "for knowing who did what",
    Term.AUDIT,
    "organizers",
    Fate.STAYS,
    "organizers answer for what they do",
    ("audit", "announcement", "mode_change", "live_edit", "programme", "authorship", "hidden", "no_asking"),
    _acts,
)
