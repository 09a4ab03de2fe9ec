"""Make the personal reminders fit agendas, choices and the programme."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.changes.apply import apply_edits
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.domain.reminders.personal import Moment, Moments, digest_notices, direct_notices, mention_notices, stars_for
from bot.storage import live_edits, personal, reminder_choices, stars
from bot.storage.database import Tables


def plan_person(tables: Tables, guild_id: int, user_id: int, imported: Program, *, now: datetime) -> None:
    """Plan the reminders of one person over ``imported`` with the guild's live edits. Call inside a transaction.

    Doing it twice changes nothing; ``now`` is in UTC.
    """
    program = apply_edits(imported, live_edits.of_guild(tables, guild_id, imported.event.id)).program
    choice = reminder_choices.of_person(tables, guild_id, user_id)
    held = [] if choice.switched_off else stars.of_person(tables, guild_id, user_id)
    moments = Moments(program).of(held)
    direct = _direct(program, user_id, choice, moments) if choice.where is Where.DM else ()
    personal.sync_person(tables, guild_id, user_id, direct, now=now)
    if choice.where is Where.CHANNEL and moments:
        people = {
            (moment, choice.lead): len(personal.mentioned(tables, guild_id, stars_for(program, moment), choice.lead))
            for moment in moments
        }
        personal.ensure_mentions(tables, guild_id, mention_notices(program.server, people), now=now)


def plan_people(tables: Tables, guild_id: int, program: Program, *, now: datetime) -> None:
    """Plan the reminders of everybody in a guild over ``program``, its live edits in force. As above."""
    moments = Moments(program)
    choices = reminder_choices.in_force(tables, guild_id)
    direct: list[personal.Direct] = []
    people: Counter[tuple[Moment, timedelta]] = Counter()
    for user_id, held in personal.starred_by_the_reminded(tables, guild_id).items():
        choice, meant = choices[user_id], moments.of(held)
        if choice.where is Where.DM:
            direct += _direct(program, user_id, choice, meant)
        else:
            people.update((moment, choice.lead) for moment in meant)
    personal.sync_people(tables, guild_id, direct, now=now)
    personal.sync_mentions(tables, guild_id, mention_notices(program.server, people), now=now)


def _direct(program: Program, user_id: int, choice: ReminderChoice, moments: Sequence[Moment]) -> list[personal.Direct]:
    notices = [*direct_notices(user_id, choice, moments)]
    if choice.digest:
        notices += digest_notices(user_id, program, moments)
    return [(notice, choice.dm_channel_id) for notice in notices]
