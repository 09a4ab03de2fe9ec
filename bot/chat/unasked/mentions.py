"""Who is mentioned by a reminder in a channel: looked up when it is sent, so that it names who wants it then."""

from datetime import datetime

from bot.domain.agenda import Star, StarKind
from bot.domain.program import Program
from bot.domain.reminders.personal import MENTIONED_MOST, Moment, stars_for
from bot.domain.sessions import Session
from bot.storage.agenda import personal, stars
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
    standing = stars_for(program, Moment(StarKind(kind), record_id, at, row.expires_at))
    people = personal.mentioned(db, row.guild_id, standing, at - row.due_at)
    if (session := program.session_by_id.get(record_id)) is not None:
        told = set(personal.mentioned(db, row.guild_id, _beginning(program, session, at), at - row.due_at))
        people = [person for person in people if person not in told]
    first = int(part) * MENTIONED_MOST
    return people[first : first + MENTIONED_MOST]


def _beginning(program: Program, session: Session, at: datetime) -> list[Star]:
    """The stars for the talks with which a session begins: who has one is told of the talk, see ``Moments.of``."""
    talks = [talk for talk in session.talks if (talk.start or session.start) == at] if len(session.talks) > 1 else []
    return [star for talk in talks for star in stars_for(program, Moment(StarKind.TALK, talk.id, at, at))]


def posters_starred(db: Tables, row: Row) -> tuple[str, ...]:
    """The ids of the posters in the agenda of whom a direct reminder is for. In a channel others would read them."""
    if row.key.startswith(personal.MENTION):
        return ()
    held = stars.of_person(db, row.guild_id, int(row.place))
    return tuple(star.record_id for star in held if star.kind is StarKind.POSTER)
