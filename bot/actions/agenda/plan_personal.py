"""Make the personal reminders fit agendas, choices and the programme."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.actions.agenda.plan_difference import can_follow, plan_difference
from bot.domain.changes.apply import apply_edits
from bot.domain.program import Program
from bot.domain.reminders.choice import ReminderChoice, Where
from bot.domain.reminders.personal import Moment, Moments, digest_notices, direct_notices, mention_notices, stars_for
from bot.storage.agenda import personal, personal_plans, reminder_choices, snoozed, stars
from bot.storage.database import Tables
from bot.storage.programme import live_edits

#: Part of every basis: raise it when the same agendas and programme come to other reminders than before.
RULES = 2


def plan_person(tables: Tables, guild_id: int, user_id: int, imported: Program, *, now: datetime) -> None:
    """Plan the reminders of one person over ``imported`` with the guild's live edits. Call inside a transaction.

    Doing it twice changes nothing; ``now`` is in UTC.
    """
    program = apply_edits(imported, live_edits.of_guild(tables, guild_id, imported.event.id)).program
    _plan_person(tables, guild_id, user_id, program, now)


def _plan_person(tables: Tables, guild_id: int, user_id: int, program: Program, now: datetime) -> None:
    choice = reminder_choices.of_person(tables, guild_id, user_id)
    held = [] if choice.switched_off else stars.of_person(tables, guild_id, user_id)
    known = Moments(program)
    moments = known.of(held)
    direct = _direct(known, user_id, choice, moments) if choice.where is Where.DM else ()
    personal.sync_person(tables, guild_id, user_id, direct, now=now)
    snoozed.keep(tables, guild_id, user_id, known.told_of(moments) if direct else (), now=now)
    personal_plans.planned_one(tables, guild_id, user_id, _basis(program), now=now)
    if choice.where is Where.CHANNEL and moments:
        people = {
            (moment, choice.lead): len(personal.mentioned(tables, guild_id, stars_for(program, moment), choice.lead))
            for moment in moments
        }
        personal.ensure_mentions(tables, guild_id, mention_notices(program.server, people), now=now)


def plan_people(
    tables: Tables, guild_id: int, program: Program, *, now: datetime, before: Program | None = None
) -> None:
    """Plan the reminders of everybody in a guild over ``program``, its live edits in force. As above.

    Where they stand as planned by this very programme, only those whose agenda or choice changed since are looked at;
    where they stand as planned by the programme ``before``, also what differs between the two.
    """
    if before and can_follow(before, program) and personal_plans.stands(tables, guild_id, _basis(before), now=now):
        plan_difference(tables, guild_id, before, program, now=now)
        personal_plans.followed(tables, guild_id, _basis(program), now=now)
    elif not personal_plans.stands(tables, guild_id, _basis(program), now=now):
        _plan_everybody(tables, guild_id, program, now)
        personal_plans.planned(tables, guild_id, _basis(program), now=now)
    for user_id in personal_plans.unplanned(tables, guild_id):
        _plan_person(tables, guild_id, user_id, program, now)


def _plan_everybody(tables: Tables, guild_id: int, program: Program, now: datetime) -> None:
    known = Moments(program)
    choices = reminder_choices.in_force(tables, guild_id)
    direct: list[personal.Direct] = []
    people: Counter[tuple[Moment, timedelta]] = Counter()
    for user_id, held in personal.starred_by_the_reminded(tables, guild_id).items():
        choice, meant = choices[user_id], known.of(held)
        if choice.where is Where.DM:
            direct += _direct(known, user_id, choice, meant)
        else:
            people.update((moment, choice.lead) for moment in meant)
    personal.sync_people(tables, guild_id, direct, now=now)
    personal.sync_mentions(tables, guild_id, mention_notices(program.server, people), now=now)


def _basis(program: Program) -> str:
    return f"{RULES}:{program.times_mark}"


def _direct(known: Moments, user_id: int, choice: ReminderChoice, moments: Sequence[Moment]) -> list[personal.Direct]:
    notices = [*direct_notices(user_id, choice, moments)]
    if choice.digest:
        notices += digest_notices(user_id, choice, known, moments)
    return [(notice, choice.dm_channel_id) for notice in notices]
