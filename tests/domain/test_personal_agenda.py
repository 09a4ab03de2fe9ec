"""What somebody starred, by time."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.agenda import Star, StarKind, agenda, standing_for, whole
from bot.domain.program import Program
from bot.domain.sessions import Kind, Talk
from tests.chat.samples import at, poster, program, session, speaker

SESSION, TALK, SPEAKER, POSTER, DEADLINE = StarKind


def parallel() -> Program:
    """Two tracks: orals of three talks beside a tutorial, then two poster sessions."""
    return program(
        sessions=(
            session(
                1,
                0,
                60,
                Kind.ORAL,
                talks=(
                    Talk("t1", "On Flows", ("dawn",), start=at(0), end=at(20)),
                    Talk("t2", "On Bridges", ("yang",), start=at(20), end=at(40)),
                    Talk("t3"),
                ),
            ),
            session(2, 30, 90, Kind.TUTORIAL, talks=(Talk("t4", "Scores", ("yang",)),)),
            session(3, 90, 120, Kind.POSTER),
            session(4, 200, 230, Kind.POSTER),
        ),
        posters=(poster(1), poster(2, session="s4"), poster(3)),
    )


@pytest.mark.parametrize(
    ("stars", "lines"),
    [
        ([], []),
        ([Star(SESSION, "s2")], [("Session 2", 30, 90)]),
        ([Star(TALK, "t2")], [("On Bridges", 20, 40)]),
        ([Star(TALK, "t3")], [("Session 1", 0, 60)]),
        ([Star(TALK, "t4")], [("Session 2", 30, 90)]),
        ([Star(SPEAKER, "yang")], [("On Bridges", 20, 40), ("Session 2", 30, 90)]),
        ([Star(POSTER, "p1")], [("Session 3", 90, 120), ("Session 4", 200, 230)]),
        ([Star(POSTER, "p2")], [("Session 4", 200, 230)]),
        ([Star(DEADLINE, "call")], [("Paper submission", 1440, 1440)]),
        ([Star(SESSION, "s4"), Star(SESSION, "s1")], [("Session 1", 0, 60), ("Session 4", 200, 230)]),
    ],
)
def test_a_star_stands_for_its_times(stars: list[Star], lines: list[tuple[str, int, int]]) -> None:
    items = agenda(parallel(), stars).items
    assert [(item.title, item.start, item.end) for item in items] == [(t, at(s), at(e)) for t, s, e in lines]


def test_one_line_for_all_stars_that_mean_the_same() -> None:
    stars = [Star(POSTER, "p1"), Star(POSTER, "p3"), Star(SESSION, "s3"), Star(POSTER, "p1")]
    first, second = agenda(parallel(), stars).items
    assert (first.title, first.stars) == ("Session 3", (Star(POSTER, "p1"), Star(POSTER, "p3"), Star(SESSION, "s3")))
    assert (second.title, second.stars) == ("Session 4", (Star(POSTER, "p1"), Star(POSTER, "p3")))


def test_what_has_no_time_stands_last() -> None:
    of = replace(parallel(), sessions=parallel().sessions[:1], speakers=(speaker("Dawn Song"), speaker("Ann Lee")))
    found = agenda(of, [Star(SPEAKER, "ann"), Star(POSTER, "p1"), Star(SESSION, "s1")])
    assert [(item.title, item.start) for item in found.items] == [
        ("Session 1", at(0)),
        ("Ann Lee", None),
        ("Poster 1", None),
    ]


@pytest.mark.parametrize("kind", list(StarKind))
def test_what_left_the_programme_is_told_apart(kind: StarKind) -> None:
    found = agenda(parallel(), [Star(kind, "nowhere"), Star(SESSION, "s1")])
    assert ([item.title for item in found.items], found.gone) == (["Session 1"], (Star(kind, "nowhere"),))


@pytest.mark.parametrize(
    ("stars", "clashes"),
    [
        ([Star(SESSION, "s1"), Star(SESSION, "s2")], [("Session 2",), ("Session 1",)]),
        ([Star(SESSION, "s2"), Star(SESSION, "s3")], [(), ()]),
        ([Star(SESSION, "s1"), Star(TALK, "t2")], [(), ()]),
        ([Star(TALK, "t1"), Star(SESSION, "s2")], [(), ()]),
        ([Star(TALK, "t2"), Star(SESSION, "s2")], [("Session 2",), ("On Bridges",)]),
        ([Star(DEADLINE, "call"), Star(SESSION, "s1")], [(), ()]),
    ],
)
def test_two_at_once_clash(stars: list[Star], clashes: list[tuple[str, ...]]) -> None:
    assert [item.clashes for item in agenda(parallel(), stars).items] == clashes


def test_a_cancelled_session_clashes_with_nothing_and_does_not_come_next() -> None:
    first, second, *rest = parallel().sessions
    of = replace(parallel(), sessions=(replace(first, cancelled=True), second, *rest))
    found = agenda(of, [Star(SESSION, "s1"), Star(SESSION, "s2")])
    assert [(item.cancelled, item.clashes) for item in found.items] == [(True, ()), (False, ())]
    assert [item.title for item in found.next_up(at(-10))] == ["Session 2"]


@pytest.mark.parametrize(
    ("minutes", "titles"), [(-10, ["Session 1"]), (0, ["Session 2"]), (30, ["Session 3"]), (300, ["Paper submission"])]
)
def test_next_up_is_what_starts_next(minutes: int, titles: list[str]) -> None:
    found = agenda(parallel(), [*(Star(SESSION, f"s{n}") for n in (1, 2, 3)), Star(DEADLINE, "call")])
    assert [item.title for item in found.next_up(at(minutes))] == titles


def test_the_whole_programme_has_every_session_and_the_dates_given() -> None:
    of = parallel()
    assert [item.title for item in whole(of, of.deadlines[:1]).items] == [
        *(slot.title for slot in of.sessions),
        "Paper submission",
    ]


def test_posters_of_a_cancelled_session_are_still_told_of() -> None:
    first, second, third, fourth = parallel().sessions
    of = replace(parallel(), sessions=(first, second, replace(third, cancelled=True), replace(fourth, cancelled=True)))
    (item,) = agenda(of, [Star(POSTER, "p2")]).items
    assert (item.title, item.cancelled) == ("Session 4", True)
    for slot, posters in ((of.sessions[2], ["p1", "p3"]), (of.sessions[3], ["p1", "p2", "p3"])):
        assert [star.record_id for star in standing_for(of, slot) if star.kind is POSTER] == posters


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=12))
def test_clashes_are_exactly_the_overlaps(times: list[tuple[int, int]]) -> None:
    slots = sorted(
        (session(n, start, start + length) for n, (start, length) in enumerate(times)), key=lambda s: s.start
    )
    of = program(sessions=tuple(slots))
    found = {item.title: set(item.clashes) for item in agenda(of, [Star(SESSION, slot.id) for slot in slots]).items}
    expected: dict[str, set[str]] = {slot.title: set() for slot in slots}
    for one, other in combinations(slots, 2):
        if one.start < other.end and other.start < one.end:
            expected[one.title].add(other.title)
            expected[other.title].add(one.title)
    assert found == expected


def test_a_session_is_told_to_everybody_in_whose_agenda_it_is() -> None:
    of = parallel()
    everything = [
        *(Star(SESSION, slot.id) for slot in of.sessions),
        *(Star(TALK, talk.id) for slot in of.sessions for talk in slot.talks),
        *(Star(SPEAKER, person.id) for person in of.speakers),
        *(Star(POSTER, item.id) for item in of.posters),
    ]
    for slot in of.sessions:
        bringing = {star for star in everything if any(item.session is slot for item in agenda(of, [star]).items)}
        assert set(standing_for(of, slot)) == bringing
