"""No two choices of autocomplete read the same: somebody could change or open the wrong one."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.chat.namesakes import choices_of
from bot.domain.program import Program
from bot.domain.search import Category, Entry, Index
from bot.sandbox_app import Stage
from tests.chat.samples import program as small


def offered(program: Program) -> list[str]:
    return [one.name for one in choices_of(program, Index.of(program).suggest(Category.SESSIONS, ""))]


def titled(*titles: str) -> Program:
    program = small()
    sessions = [replace(one, title=title) for one, title in zip(program.sessions, titles, strict=False)]
    return replace(program, sessions=tuple(sessions))


@pytest.mark.parametrize(
    "typed", ["/live cancel session:poster", "/session name:poster", "/materials session:poster/b"]
)
async def test_sessions_of_one_title_are_offered_with_their_start(stage: Stage, typed: str) -> None:
    choices = await stage.sandbox.person("organizer").autocomplete(typed)
    named = [(one.name, one.value) for one in choices if "Poster" in one.name]
    assert named == [("Poster/Break · 10:30", "poster-1"), ("Poster/Break · 15:20", "poster-2")]


async def test_poster_sessions_with_waiting_questions_are_told_apart(stage: Stage) -> None:
    choices = await stage.sandbox.person("organizer").autocomplete("/qa unanswered session:poster")
    assert [one.name for one in choices] == ["Poster/Break · 10:30", "Poster/Break · 15:20"]


def test_only_namesakes_say_when_they_are() -> None:
    assert offered(titled("Talks", "Lunch", "Talks")) == ["Talks · 09:00", "Lunch", "Talks · 09:50"]


def test_a_long_title_is_cut_before_the_time() -> None:
    names = offered(titled("Talks about flows " * 10, "Talks about flows " * 10))
    assert [name[-9:] for name in names] == ["… · 09:00", "… · 09:10"]
    assert max(len(name) for name in names) <= 100


def test_titles_that_differ_only_behind_the_cut_are_namesakes() -> None:
    names = offered(titled("Talks about flows " * 10 + "A", "Talks about flows " * 10 + "B"))
    assert [name[-5:] for name in names] == ["09:00", "09:10"]


def test_on_several_days_the_day_is_said() -> None:
    program = titled("Talks", "Talks")
    first, second = program.sessions
    later = replace(second, start=first.start + timedelta(days=1), end=first.end + timedelta(days=1))
    event = replace(program.event, last_day=program.event.last_day + timedelta(days=1))
    program = replace(program, event=event, sessions=(first, later))
    assert offered(program) == ["Talks · Mon 28 Apr, 09:00", "Talks · Tue 29 Apr, 09:00"]


def test_namesakes_at_the_same_time_are_told_apart_by_all_that_is_known() -> None:
    entries = [Entry("a", "Attention", "board 1, Lu and Li"), Entry("b", "Attention", "board 2"), Entry("c", "Other")]
    names = [one.name for one in choices_of(small(), entries)]
    assert names == ["Attention · board 1, Lu and Li", "Attention · board 2", "Other"]


def test_parallel_namesakes_are_told_apart_by_their_room() -> None:
    program = titled("Talks", "Talks")
    first, second = program.sessions
    parallel = replace(second, start=first.start, end=first.end, room=None)
    names = offered(replace(program, sessions=(replace(first, room="main"), parallel)))
    assert names == [
        "Talks · Mon 28 Apr, 09:00–09:10 venue time, Main room",
        "Talks · Mon 28 Apr, 09:00–09:10 venue time",
    ]
