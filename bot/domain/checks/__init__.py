"""Rules over a whole programme: what cannot be seen by looking at one line.

``check`` is pure. Reading an event folder calls it and adds file and line; an edit on the day may call it too.
"""

from collections.abc import Callable
from datetime import datetime

from bot.domain.checks import addresses, agenda, dates, limits, names, passwords, posters, publishing
from bot.domain.checks.problem import Problem, Severity
from bot.domain.program import Program

__all__ = ["Problem", "Severity", "check"]

_RULES: tuple[Callable[[Program], list[Problem]], ...] = (
    dates.event_ends_before_it_starts,
    dates.dates_are_tentative,
    dates.extension_is_earlier,
    dates.range_ends_before_it_opens,
    dates.deadlines_out_of_order,
    agenda.session_outside_event,
    agenda.longer_than_a_day,
    agenda.room_taken_twice,
    agenda.talk_outside_session,
    agenda.talks_overlap,
    agenda.person_in_two_places,
    agenda.speaker_named_twice,
    publishing.duplicate_titles,
    publishing.one_id_for_two_kinds,
    passwords.password_made_public,
    posters.author_named_twice,
    posters.board_taken_twice,
    posters.poster_in_another_session,
    names.several_in_one,
    names.nearly_the_same,
    limits.topics_as_forum_tags,
    limits.texts_too_long,
    limits.more_authors_than_shown,
    addresses.addresses_too_long,
)


def check(
    program: Program, *, now: datetime | None = None, all_placed: bool = True, all_invited: bool = True
) -> list[Problem]:
    """Everything that is wrong or doubtful about ``program``, in no particular order.

    ``now`` (aware) is used to notice an event that is over. Rules about what is missing say nothing true while a part
    of it could not be read: ``all_placed`` is False for a programme that lacks sessions which the organizer has
    written, ``all_invited`` for one that lacks invited talks or speakers.
    """
    problems = [problem for rule in _RULES for problem in rule(program)]
    if all_placed:
        problems += agenda.gaps(program)
    if all_invited:
        problems += publishing.more_invited_talks_than_confirmed_speakers(program)
    return problems + (dates.event_is_over(program, now) if now is not None else [])
