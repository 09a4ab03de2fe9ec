"""posters.csv: one mistake in the line with the columns' names is one message."""

import pytest

from bot.formats.folder import read_folder
from tests.formats.case import Told, told
from tests.formats.folders import edited, problems, read, small_folder


@pytest.mark.parametrize("name", ["id", "title", "authors", "session", "board"])
def test_a_column_that_stands_twice_is_one_message(name: str) -> None:
    header, *rows = small_folder()["posters.csv"].splitlines()
    doubled = [f"{header},{name}", *(f"{row},x" for row in rows)]
    files = edited(small_folder(), "sessions.yaml", "speakers: [maya]", "speakers: [maya]\n        poster: p1")
    found = problems({**files, "posters.csv": "\n".join(doubled)})
    assert [told(one) for one in found] == [
        (Told("error", "duplicate-key", "posters.csv", 1, None, None), "Keep one of them.")
    ]


@pytest.mark.parametrize("commas", [",", ",,"])
def test_a_comma_after_the_last_column_is_one_message(commas: str) -> None:
    header, rest = small_folder()["posters.csv"].split("\n", 1)
    found = problems({**small_folder(), "posters.csv": f"{header}{commas}\n{rest}"})
    assert [told(one) for one in found] == [
        (Told("error", "wrong-header", "posters.csv", 1, None, None), "Remove the comma at its end.")
    ]


def test_commas_after_every_row_are_no_mistake() -> None:
    rows = small_folder()["posters.csv"].splitlines()
    assert problems({**small_folder(), "posters.csv": "\n".join(f"{row}," for row in rows)}) == ()


def test_one_text_of_another_encoding_leaves_the_others_as_they_are() -> None:
    files = edited(small_folder(), "posters.csv", "Jonas Berg", "Erwin Schrödinger")
    files = edited(files, "posters.csv", "Pedro Salgado", "Erwin Schrödinger; José Núñez")
    data = {name: text.encode() for name, text in files.items()}
    data["posters.csv"] = data["posters.csv"].replace("José".encode(), "José".encode("cp1252"))
    assert [one.problem.rule for one in read_folder(data).problems] == ["not-utf8"]


@pytest.mark.parametrize("word", ["none", "later"])
def test_a_word_in_the_place_of_a_list_says_what_to_write(word: str) -> None:
    text = f"sessions: {word}\n"
    (found,) = read({"event.yaml": small_folder()["event.yaml"], "sessions.yaml": text}).errors
    assert (found.line, found.problem.message, found.problem.fix) == (
        1,
        "this is not a list of entries.",
        'Write its entries in the lines below, each starting with "- "; where there are none, write nothing here.',
    )
