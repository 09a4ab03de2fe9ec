"""One case per rule: a mistake put into a valid folder, and exactly what is told about it."""

from datetime import UTC, datetime

import pytest

from bot.domain.checks import Severity
from bot.formats.folder import read_folder
from tests.formats import (
    cases_calendar,
    cases_doubts,
    cases_limits,
    cases_losses,
    cases_privacy,
    cases_reminders,
    cases_syntax,
    cases_times,
    cases_twice,
    cases_values,
)
from tests.formats.case import Case, Told, told
from tests.formats.folders import edited, problems, read, small_folder

CASES = (
    *(*cases_times.CASES, *cases_values.CASES, *cases_syntax.CASES),
    *(*cases_calendar.CASES, *cases_limits.CASES, *cases_twice.CASES),
    *(*cases_doubts.CASES, *cases_losses.CASES, *cases_reminders.CASES, *cases_privacy.CASES),
)


def as_bytes(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def test_small_folder_has_no_problem() -> None:
    assert problems(small_folder()) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule_tells_the_mistake_and_nothing_else(case: Case) -> None:
    found = problems(edited(small_folder(), case.file, case.old, case.new))
    assert [told(problem) for problem in found] == [(case.told, case.fix)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule_keeps_other_messages_when_its_mistake_is_removed(case: Case) -> None:
    other = {**small_folder(), "speeches.yml": "speeches: []\n"}
    before = problems(edited(other, case.file, case.old, case.new))
    after = problems(other)
    assert [told(problem)[0] for problem in before if problem not in after] == [case.told]
    assert [problem for problem in after if problem not in before] == []
    assert [told(problem)[0].file for problem in after] == ["speeches.yml"]


def test_rule_not_utf8_names_line_and_byte() -> None:
    files = as_bytes(small_folder())
    files["organizers.yaml"] = files["organizers.yaml"].replace(b"Programme", "Präsenz".encode("latin-1"))
    (found,) = read_folder(files).problems
    assert told(found) == (
        Told("error", "not-utf8", "organizers.yaml", 4, None, None),
        "Save the file as UTF-8.",
    )
    assert found.problem.message == (
        "byte 0xE4 in line 4 (byte 13 of the line) is not UTF-8. In Windows-1252 this byte is 'ä'."
    )


def test_rule_not_utf8_recognizes_utf16() -> None:
    files = as_bytes(small_folder())
    files["posters.csv"] = small_folder()["posters.csv"].encode("utf-16")
    (found,) = read_folder(files).problems
    assert told(found)[0] == Told("error", "not-utf8", "posters.csv", 1, None, None)
    assert found.problem.message.endswith("It looks like UTF-16, which some spreadsheets call Unicode.")


def test_rule_byte_order_mark_is_no_mistake() -> None:
    files = as_bytes(small_folder())
    files["posters.csv"] = b"\xef\xbb\xbf" + files["posters.csv"].replace(b"\n", b"\r\n")
    assert read_folder(files).problems == ()


@pytest.mark.parametrize("separator", [";", "\t"])
def test_rule_wrong_separator(separator: str) -> None:
    files = small_folder()
    files["posters.csv"] = files["posters.csv"].replace(";", "+").replace(",", separator)
    (found,) = problems(files)
    assert told(found) == (
        Told("error", "wrong-separator", "posters.csv", 1, None, None),
        "Save the table with commas between the columns; several authors or topics in one cell take ; between them.",
    )


@pytest.mark.parametrize("file", ["event.yaml", "sessions.yaml"])
def test_rule_missing_file(file: str) -> None:
    files = small_folder()
    del files[file]
    found = [told(problem) for problem in problems(files) if problem.file == file]
    assert found == [(Told("error", "missing-file", file, None, None, None), f"Add a file {file}.")]


def test_rule_event_over_counts_days_at_the_venue() -> None:
    files = as_bytes(small_folder())
    during = datetime(2025, 4, 30, 6, 59, tzinfo=UTC)  # still the 29th in Vancouver
    after = datetime(2025, 4, 30, 7, 0, tzinfo=UTC)
    assert read_folder(files, now=during).problems == ()
    (found,) = read_folder(files, now=after).problems
    assert told(found) == (
        Told("warning", "event-over", "event.yaml", 7, "ocean-2025", "dates.last"),
        "Nothing, if this is meant; else write the dates of the event to come.",
    )


def test_rule_past_midnight_is_allowed_when_it_is_said() -> None:
    late = edited(small_folder(), "sessions.yaml", "start: 09:00\n    end: 10:00", "start: 23:00\n    end: 01:00")
    assert [told(problem)[0].rule for problem in problems(late)] == ["end-before-start"]
    said = edited(late, "sessions.yaml", "end: 01:00", "end: 01:00\n    ends_next_day: true")
    assert problems(said) == ()


def test_rule_too_many_topics_names_the_first_without_a_tag() -> None:
    files = small_folder()
    more = "".join(f"  - id: topic-{number}\n    name: Topic {number}\n" for number in range(3, 22))
    (found,) = problems(edited(files, "topics.yaml", "", more))
    assert told(found) == (
        Told("warning", "too-many-topics", "topics.yaml", 45, "topic-21", "id"),
        "Join topics until there are 20, or put the important ones first.",
    )


def test_rule_repeated_session_titles_are_no_duplicates() -> None:
    files = small_folder()
    assert files["sessions.yaml"].count("title: Posters") == 2
    assert problems(files) == ()


@pytest.mark.parametrize(
    "written",
    ["zone: Europe/Berlin  #the venue", "zone: Europe/Berlin # the venue", 'zone: "Europe/Berlin" #the venue'],
)
def test_rule_comment_leaves_true_comments_alone(written: str) -> None:
    assert problems(edited(small_folder(), "event.yaml", "zone: America/Vancouver", written)) == ()


def test_rule_comment_leaves_block_texts_and_commented_lines_alone() -> None:
    files = edited(small_folder(), "texts.yaml", "text: Be kind.", "text: >-\n    Be #1 in kindness.\n    #kind")
    assert problems(edited(files, "server.yaml", "roles:", "  posters:\n#  questions: x\nroles:")) == ()


def test_rule_event_over_is_not_told_of_a_date_that_cannot_be_read() -> None:
    files = as_bytes(edited(small_folder(), "event.yaml", "first: Mon 2025-04-28", "first: soon"))
    del files["sessions.yaml"]
    rules = [found.problem.rule for found in read_folder(files, now=datetime(2025, 4, 1, tzinfo=UTC)).problems]
    assert rules == ["unreadable-date", "missing-file"]


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_rule_empty_table(content: str) -> None:
    (found,) = problems({**small_folder(), "posters.csv": content})
    assert told(found) == (
        Told("error", "missing-column", "posters.csv", 1, None, None),
        "Write id,title,authors in the first line, or remove the file.",
    )


def test_rule_not_utf8_guesses_no_encoding_for_bytes_of_another_script() -> None:
    files = as_bytes(small_folder())
    files["organizers.yaml"] = files["organizers.yaml"].replace(b"Programme", "会場係".encode("shift-jis"))
    (found,) = read_folder(files).problems
    assert found.problem.message.endswith("is not UTF-8.")


def test_rule_extension_to_the_same_time_says_so() -> None:
    (found,) = problems(edited(small_folder(), "deadlines.yaml", "[2025-01-25 23:59]", "[2025-02-01 23:59]"))
    assert found.problem.message == "it was extended from 2025-02-01 23:59 to the same time."


def test_rule_columns_are_known_by_any_capitals() -> None:
    files = edited(small_folder(), "posters.csv", "id,title,authors", "ID,Title, AUTHORS")
    assert problems(edited(files, "posters.csv", "page_url", "Page URL")) == ()


@pytest.mark.parametrize("column", ["id", "title", "authors"])
def test_rule_missing_column_is_one_message(column: str) -> None:
    files = edited(small_folder(), "sessions.yaml", "speakers: [maya]", "speakers: [maya]\n        poster: p1")
    header, *rows = files["posters.csv"].splitlines()
    table = "\n".join([header.replace(column, "note", 1), *rows])
    rules = [(found.problem.rule, found.line) for found in problems({**files, "posters.csv": table})]
    assert rules == [("unknown-column", 1), ("missing-column", 1)]


def test_rule_dangling_reference_is_told_once_for_each_name() -> None:
    files = edited(small_folder(), "topics.yaml", "id: diffusion", "id: spreading")
    (found,) = problems(files)
    assert found.problem.message == '"diffusion" is not a topic. … and 1 more mention below.'


def test_rule_dangling_reference_is_told_once_where_a_file_is_gone() -> None:
    files = small_folder()
    del files["topics.yaml"]
    (found,) = problems(files)
    assert (found.line, found.problem.message, found.problem.fix) == (
        2,
        '"currents" is not a topic: none is written in topics.yaml. … and 3 more mentions below.',
        "Add what is mentioned to topics.yaml, or leave topics empty.",
    )


@pytest.mark.parametrize(
    "answer",
    [
        "No password is needed.",
        "The password is sent by e-mail.",
        "You need the passcode from your registration.",
        "Ask at the desk for the password of the network.",
    ],
)
def test_rule_public_password_leaves_texts_that_tell_none(answer: str) -> None:
    assert problems(edited(small_folder(), "texts.yaml", "Yes, in the annex.", answer)) == ()


def test_rule_public_password_may_be_told_to_a_closed_circle() -> None:
    files = edited(small_folder(), "deadlines.yaml", "audience: reviewers", "audience: reviewers\n    note: PIN 4711")
    assert problems(edited(files, "event.yaml", "https://example.org/stream", "https://example.org/s?pwd=x")) == ()


def test_rule_board_is_free_in_another_session() -> None:
    old, new = "Pedro Salgado,currents,,,,posters-2", "Pedro Salgado,currents,,,A1,posters-2"
    assert problems(edited(small_folder(), "posters.csv", old, new)) == ()


@pytest.mark.parametrize(
    "written", ["<p></p>", "<p> </p>", "\u200b", "\u200d", "&nbsp;", "&#8203;", "\u3164", "$\\text{}$"]
)
def test_rule_missing_field_where_cleaning_leaves_nothing(written: str) -> None:
    files = edited(small_folder(), "sessions.yaml", "title: Opening", f"title: '{written}'")
    errors = [told(found)[0] for found in problems(files) if found.problem.severity is Severity.ERROR]
    assert errors == [Told("error", "missing-field", "sessions.yaml", 3, "opening", "title")]


@pytest.mark.parametrize("written", ["<b></b>", "\u200b"])
def test_rule_optional_field_where_cleaning_leaves_nothing_is_none(written: str) -> None:
    reading = read(edited(small_folder(), "speakers.yaml", "She models tides.", written))
    assert reading.program is not None
    assert [speaker.bio for speaker in reading.program.speakers] == [None, None]


def test_rule_missing_field_where_nothing_is_left_of_a_cell() -> None:
    files = edited(small_folder(), "posters.csv", "Salt Fingers at Depth", "<p></p>")
    errors = [told(found)[0] for found in problems(files) if found.problem.severity is Severity.ERROR]
    assert errors == [Told("error", "missing-field", "posters.csv", 2, "p1", "title")]


@pytest.mark.parametrize("chair", ["Robert Hall, Jr.", "Lee, Ann", "Anders Andersen"])
def test_rule_several_names_leaves_one_name_alone(chair: str) -> None:
    assert problems(edited(small_folder(), "sessions.yaml", "[Ines Aldana]", f"['{chair}']")) == ()


@pytest.mark.parametrize(("end", "start"), [("11:00", "11:00"), ("10:50", "11:00")])
def test_rule_talks_one_after_the_other_do_not_overlap(end: str, start: str) -> None:
    talks = f"    talks: [{{id: a, start: 10:30, end: {end}}}, {{id: b, start: {start}}}, {{id: c}}]\n"
    assert (
        problems(edited(small_folder(), "sessions.yaml", "    kinds: tutorial\n", f"    kinds: tutorial\n{talks}"))
        == ()
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "sessions:\n", "sessions: []\n", "sessions: TBA\n"])
def test_rule_sessions_without_a_session(text: str) -> None:
    files = {"event.yaml": small_folder()["event.yaml"], "sessions.yaml": text}
    assert [told(problem) for problem in problems(files)] == [
        (
            Told("warning", "nothing-written", "sessions.yaml", 1, None, None),
            'Write "sessions:" and below it, for each session, "- id:" with title, kinds, day, start and end.',
        )
    ]


def test_rule_table_without_a_poster() -> None:
    files = {**small_folder(), "posters.csv": "id,title,authors\n"}
    assert [told(problem) for problem in problems(files)] == [
        (
            Told("warning", "nothing-written", "posters.csv", 1, None, None),
            "Add a row for each poster below the first line, or remove the file.",
        )
    ]


def test_rule_anchor_and_the_fields_taken_from_it_are_both_told() -> None:
    files = edited(small_folder(), "sessions.yaml", "  - id: invited\n", "  - &base\n    id: invited\n")
    files = edited(files, "sessions.yaml", "    title: Tutorial\n", "    <<: *base\n    title: Tutorial\n")
    assert [(problem.line, problem.problem.fix) for problem in problems(files)] == [
        (9, "Remove &base."),
        (32, "Remove this line, and write out the fields that it stands for."),
    ]
