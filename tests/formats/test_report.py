from bot.formats.report import as_text, describe, to_json
from tests.formats.folders import edited, read, small_folder

COUNTS = {
    "rooms": 2, "sessions": 5, "talks": 1, "speakers": 2, "organizers": 1, "deadlines": 3, "topics": 2, "formats": 1,
    "posters": 3,
}  # fmt: skip


def with_one_error() -> dict[str, str]:
    return edited(small_folder(), "posters.csv", "Aiko Tanabe,diffusion", "Aiko Tanabe,difusion")


def test_to_json_is_problems_and_counts() -> None:
    assert to_json(read(with_one_error())) == {
        "problems": [
            {
                "severity": "error",
                "rule": "dangling-reference",
                "file": "posters.csv",
                "line": 3,
                "record": "p2",
                "field": "topics",
                "value": "difusion",
                "message": '"difusion" is not a topic.',
                "fix": "Write diffusion or currents.",
            }
        ],
        "counts": COUNTS,
    }


def test_to_json_of_a_clean_folder() -> None:
    assert to_json(read(small_folder())) == {"problems": [], "counts": COUNTS}


def test_describe_is_one_paragraph() -> None:
    (located,) = read(with_one_error()).problems
    assert describe(located) == (
        'error    posters.csv:3  poster p2, topics: "difusion" is not a topic. Write diffusion or currents.'
    )


def test_describe_a_file_without_a_line() -> None:
    files = {**small_folder(), "speeches.yml": ""}
    (located,) = read(files).problems
    assert describe(located) == (
        "warning  speeches.yml  this file is not read: its name is not known. Rename it to speakers.yaml, or remove it."
    )


def test_as_text_counts_errors_warnings_and_records() -> None:
    assert as_text(read(with_one_error())).splitlines()[1:] == [
        "1 error, 0 warnings.",
        "In the folder: 2 rooms, 5 sessions, 1 talk, 2 speakers, 1 organizer, 3 deadlines, 2 topics, 1 format, "
        "3 posters.",
    ]
