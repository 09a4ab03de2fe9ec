"""A cancelled session needs no room and nobody, and nothing takes place in its time."""

import pytest

from bot.domain.checks import Problem, check
from bot.domain.program import Program
from bot.domain.sessions import Kind, Talk
from tests.chat.samples import program, session


def rules(of: Program) -> list[str]:
    concerned = {"room-taken", "person-twice", "gap", "unconfirmed-speakers"}
    problems: list[Problem] = check(of)
    return sorted(problem.rule for problem in problems if problem.rule in concerned)


@pytest.mark.parametrize(("cancelled", "told"), [(False, ["person-twice", "room-taken"]), (True, [])])
def test_it_clashes_with_nothing(cancelled: bool, told: list[str]) -> None:
    first, second = (
        session(1, 0, 30, chairs=("Ann",)),
        session(2, 10, 30, chairs=("Ann",), cancelled=cancelled),
    )
    assert rules(program(sessions=(first, second), posters=())) == told


@pytest.mark.parametrize(("cancelled", "told"), [(False, []), (True, ["gap"])])
def test_it_leaves_a_gap(cancelled: bool, told: list[str]) -> None:
    sessions = (session(1, 0, 30), session(2, 30, 60, cancelled=cancelled), session(3, 60, 90))
    assert rules(program(sessions=sessions, posters=())) == told


@pytest.mark.parametrize(("cancelled", "told"), [(False, ["unconfirmed-speakers"]), (True, [])])
def test_its_invited_talk_needs_no_speaker(cancelled: bool, told: list[str]) -> None:
    sessions = (
        session(1, 0, 30, Kind.INVITED_TALK, talks=(Talk("t1", None, ("dawn",)),)),
        session(2, 30, 60, Kind.INVITED_TALK, cancelled=cancelled),
    )
    assert rules(program(sessions=sessions, posters=())) == told
