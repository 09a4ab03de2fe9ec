"""Who is mentioned by a reminder in a channel: looked up when it is sent, so that it names who wants it then."""

from bot.domain.agenda import StarKind
from bot.domain.program import Program
from bot.domain.reminders.personal import MENTIONED_MOST, Moment, stars_for
from bot.storage.agenda import personal
from bot.storage.database import Tables
from bot.storage.delivery.outbox import Row


def mentioned_in(db: Tables, row: Row, program: Program) -> list[int]:
    """The ids of the people whom a row mentions, see ``mention_notices`` for its key. None where the record is gone."""
    _, record, *_, part = row.key.split(":")
    kind, _, record_id = record.partition("/")
    at = row.facts.at
    known = {**program.session_by_id, **program.talk_by_id, **{item.id: item for item in program.deadlines}}
    if at is None or record_id not in known:
        return []
    stars = stars_for(program, Moment(StarKind(kind), record_id, at, row.expires_at))
    people = personal.mentioned(db, row.guild_id, stars, at - row.due_at)
    first = int(part) * MENTIONED_MOST
    return people[first : first + MENTIONED_MOST]
