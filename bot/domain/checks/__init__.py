"""Rules over a whole programme: what cannot be seen by looking at one line.

``check`` is pure. Reading an event folder calls it and adds file and line; an edit on the day may call it too.
"""

from collections.abc import Callable
from datetime import datetime

from bot.domain.checks import agenda, dates, limits, names, passwords, posters, publishing
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
    agenda.room_taken_twice,
    agenda.talk_outside_session,
    agenda.person_in_two_places,
    agenda.speaker_named_twice,
    publishing.duplicate_titles,
    publishing.one_id_for_two_kinds,
    passwords.password_made_public,
    posters.board_taken_twice,
    posters.poster_in_another_session,
    names.nearly_the_same,
    limits.topics_as_forum_tags,
    limits.texts_too_long,
)
#: Rules about what is missing. They say nothing useful while a part of the programme could not be read.
_RULES_OF_ABSENCE: tuple[Callable[[Program], list[Problem]], ...] = (
    agenda.gaps,
    publishing.more_invited_talks_than_confirmed_speakers,
)


def check(program: Program, *, now: datetime | None = None, whole: bool = True) -> list[Problem]:
    """Everything that is wrong or doubtful about ``program``, in no particular order.

    ``now`` (aware) is used to notice an event that is over. ``whole`` is False for a programme that lacks sessions or
    speakers which the organizer has written.
    """
    rules = _RULES + _RULES_OF_ABSENCE if whole else _RULES
    problems = [problem for rule in rules for problem in rule(program)]
    return problems + (dates.event_is_over(program, now) if now is not None else [])
