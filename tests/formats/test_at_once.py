"""Every problem at once: one mistake does not hide another that can be known without mending it."""

import pytest

from tests.formats.folders import edited, problems, small_folder

#: In sessions.yaml, and none of them needs the event's date.
ENDS_EARLY = ("sessions.yaml", "start: 10:30\n    end: 11:30\n    room: annex", "start: 10:30\n    end: 10:20\n")
IN_A_TAKEN_ROOM = ("sessions.yaml", "start: 09:30\n    end: 10:30", "start: 09:20\n    end: 10:30")
OUTSIDE = ("sessions.yaml", "day: 2025-04-29", "day: 2025-05-28")
TAKEN = ("room-taken", "invited")


def rules(*edits: tuple[str, str, str]) -> list[tuple[str, str | None]]:
    files = small_folder()
    for edit in edits:
        files = edited(files, *edit)
    return [(found.problem.rule, found.problem.record) for found in problems(files)]


@pytest.mark.parametrize(
    ("first", "rule"), [("28 April", "date-without-year"), ("soon", "unreadable-date"), ("Tue 2025-04-28", "weekday")]
)
def test_a_wrong_date_of_the_event_hides_no_session(first: str, rule: str) -> None:
    dates = ("event.yaml", "first: Mon 2025-04-28", f"first: {first}")
    assert rules(dates, ENDS_EARLY, IN_A_TAKEN_ROOM) == [
        (rule, "ocean-2025"),
        TAKEN,
        ("end-before-start", "tutorial"),
    ]


def test_a_wrong_weekday_leaves_the_date() -> None:
    dates = ("event.yaml", "first: Mon 2025-04-28", "first: Tue 2025-04-28")
    assert rules(dates, OUTSIDE) == [("weekday", "ocean-2025"), ("session-outside-event", "posters-2")]


def test_a_wrong_weekday_leaves_the_date_with_its_time() -> None:
    earlier = ("deadlines.yaml", "due: 2025-02-01 23:59", "due: Sun 2025-01-25 23:58")
    assert rules(earlier) == [("weekday", "papers"), ("extension-order", "papers")]


@pytest.mark.parametrize("written", ["Fri 2025-01-25", "[Fri 2025-01-25]", "[TBA, Fri 2025-01-25]"])
def test_a_wrong_weekday_in_a_list_is_one_problem(written: str) -> None:
    assert rules(("deadlines.yaml", "[2025-01-25 23:59]", written)) == [("weekday", "papers")]


def test_sessions_without_a_day_are_compared_while_the_event_has_no_date() -> None:
    files = edited(small_folder(), "event.yaml", "  first: Mon 2025-04-28\n  last: 2025-04-29", "  first: 28 April")
    files["sessions.yaml"] = files["sessions.yaml"].replace("    day: 2025-04-28\n", "")
    files = edited(files, *IN_A_TAKEN_ROOM)
    assert [(one.problem.rule, one.problem.record) for one in problems(files)] == [
        ("date-without-year", "ocean-2025"),
        TAKEN,
    ]


def test_sessions_without_a_day_are_not_compared_where_there_are_several_days() -> None:
    files = edited(small_folder(), "event.yaml", "first: Mon 2025-04-28", "first: 28 April")
    files["sessions.yaml"] = (
        files["sessions.yaml"].replace("    day: 2025-04-28\n", "").replace("    day: 2025-04-29\n", "")
    )
    assert [one.problem.rule for one in problems(files)] == ["date-without-year"]


def test_a_session_without_a_day_that_ends_early_has_two_problems() -> None:
    files = edited(small_folder(), *ENDS_EARLY)
    files["sessions.yaml"] = files["sessions.yaml"].replace(
        "    day: 2025-04-28\n    start: 10:30\n    end: 10:20", ("    start: 10:30\n    end: 10:20")
    )
    assert [one.problem.rule for one in problems(files)] == ["missing-field", "end-before-start"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("    title: Invited Talk\n", "", "missing-field"),
        ("    title: Invited Talk\n", "    title: [Invited]\n", "wrong-shape"),
        ("kinds: [invited_talk]", "kinds: [invited_talkk]", "unknown-value"),
        ("kinds: [invited_talk]", "kinds: []", "missing-field"),
    ],
)
def test_a_session_with_a_wrong_field_keeps_its_time_and_room(old: str, new: str, rule: str) -> None:
    assert rules(("sessions.yaml", old, new), IN_A_TAKEN_ROOM) == [(rule, "invited"), TAKEN]


def test_an_unreadable_day_does_not_hide_an_early_end() -> None:
    edits = ("sessions.yaml", "day: 2025-04-29\n    start: 09:00", "day: soon\n    start: 10:30")
    assert rules(edits) == [("unreadable-date", "posters-2"), ("end-before-start", "posters-2")]


def test_a_session_that_ends_early_still_starts_in_a_room_and_on_a_day() -> None:
    early = ("sessions.yaml", "start: 09:30\n    end: 10:30", "start: 09:20\n    end: 09:10")
    assert rules(early) == [("end-before-start", "invited"), TAKEN]
    outside = ("sessions.yaml", "day: 2025-04-29\n    start: 09:00", "day: 2025-05-28\n    start: 11:00")
    assert rules(outside) == [("session-outside-event", "posters-2"), ("end-before-start", "posters-2")]


NOBODY = ("speakers.yaml", "status: confirmed", "status: invited")
UNCONFIRMED = ("unconfirmed-speakers", "invited")


def test_another_sessions_error_keeps_the_warning_about_invited_talks() -> None:
    early = ("sessions.yaml", "start: 09:30\n    end: 10:30", "start: 09:30\n    end: 09:20")
    assert rules(NOBODY, early) == [UNCONFIRMED, ("end-before-start", "invited")]
    assert rules(NOBODY, ENDS_EARLY) == [UNCONFIRMED, ("end-before-start", "tutorial")]
    assert rules(NOBODY, ("sessions.yaml", "    title: Tutorial\n", "")) == [UNCONFIRMED, ("missing-field", "tutorial")]


@pytest.mark.parametrize(
    "edit",
    [
        ("sessions.yaml", "start: 09:30\n    end: 10:30", "start: late\n    end: 10:30"),
        ("sessions.yaml", "kinds: [invited_talk]", "kinds: [invited_talkk]"),
        ("speakers.yaml", "name: Tomas Ferreira", "nam: Tomas Ferreira"),
    ],
)
def test_warnings_that_may_be_wrong_stay_silent(edit: tuple[str, str, str]) -> None:
    assert "unconfirmed-speakers" not in [rule for rule, _ in rules(NOBODY, edit)]


def test_many_wrong_fields_of_one_session_hide_no_other() -> None:
    wrong = ("sessions.yaml", "    kinds: [poster]\n    day: 2025-04-29", "    kinds: [postr]\n    day: soon")
    assert rules(wrong, ENDS_EARLY, IN_A_TAKEN_ROOM) == [
        TAKEN,
        ("end-before-start", "tutorial"),
        ("unknown-value", "posters-2"),
        ("unreadable-date", "posters-2"),
    ]


@pytest.mark.parametrize("written", ["[a, b]", "{a: b}", "", "a b"])
def test_a_session_whose_id_is_none_is_one_problem(written: str) -> None:
    assert len(rules(("sessions.yaml", "id: tutorial", f"id: {written}"))) == 1


def test_a_poster_without_a_title_still_takes_its_board() -> None:
    edits = (
        ("posters.csv", "Salt Fingers at Depth", ""),
        ("posters.csv", "Pedro Salgado,currents,,,,posters-2", "Pedro Salgado,currents,,,A1,posters-1"),
    )
    assert rules(*edits) == [("missing-field", "p1"), ("board-taken", "p3")]


def test_a_deadline_without_a_title_is_still_compared_with_its_own_dates() -> None:
    edits = (
        ("deadlines.yaml", "    title: Papers due\n", ""),
        ("deadlines.yaml", "[2025-01-25 23:59]", "[2025-02-05 23:59]"),
    )
    assert rules(*edits) == [("missing-field", "papers"), ("extension-order", "papers")]
