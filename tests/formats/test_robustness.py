"""Whatever bytes a folder holds, reading it ends in a Program or in problems, never in an exception."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.formats.folder import read_folder
from bot.formats.records import FILES
from bot.formats.report import as_text, to_json
from tests.formats.folders import small_folder

NAMES = st.sampled_from([*FILES, "other.yaml", "notes.txt", "\udcff.csv"])


def assert_told(files: dict[str, bytes]) -> None:
    reading = read_folder(files)
    assert (reading.program is None) == bool(reading.errors)
    assert not reading.unreadable or reading.errors
    # Everything that is told can be printed.
    as_text(reading).encode("utf-8", "surrogateescape")
    assert set(to_json(reading)) == {"problems", "counts"}


@given(st.dictionaries(NAMES, st.binary(max_size=200)))
def test_read_folder_arbitrary_bytes(files: dict[str, bytes]) -> None:
    assert_told(files)


@given(st.sampled_from(list(FILES)), st.binary(max_size=100))
def test_read_folder_one_file_of_arbitrary_bytes(name: str, content: bytes) -> None:
    assert_told({file: text.encode() for file, text in small_folder().items()} | {name: content})


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_read_folder_with_lines_cut_doubled_and_spliced(data: st.DataObject) -> None:
    files = small_folder()
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(list(FILES)))
        rows = files[name].splitlines(keepends=True)
        at = data.draw(st.integers(0, len(rows)))
        until = data.draw(st.integers(at, min(at + 3, len(rows))))
        added = data.draw(st.text(alphabet="ab: -[]{}\"'\n\t&*|>#,;@$\\<é\u202e\x00", max_size=12))
        files[name] = "".join(rows[:at]) + added + "".join(rows[until:]) + "".join(rows[at:until])
    assert_told({name: text.encode() for name, text in files.items()})


TOKENS = (
    "- ",
    "? ",
    ": ",
    "id: x",
    "a",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "\n",
    "\n  ",
    "\n    ",
    "|",
    ">",
    "~",
    "!!set ",
    "'",
    '"',
)


@example(["- ", "{", "? ", "}", "\n"])
@given(st.lists(st.sampled_from(TOKENS), max_size=12))
def test_read_folder_with_what_yaml_is_made_of(tokens: list[str]) -> None:
    files = {name: text.encode() for name, text in small_folder().items()}
    assert_told(files | {"deadlines.yaml": "".join(tokens).encode()})
    assert_told(files | {"deadlines.yaml": ("deadlines:\n" + "".join(tokens)).encode()})


def test_read_folder_anchor_used_twice_in_a_broken_file() -> None:
    files = {name: text.encode() for name, text in small_folder().items()}
    assert_told(files | {"sessions.yaml": b"&:{&:  - id: opening\n" + files["sessions.yaml"]})


def test_read_folder_yaml_that_nests_without_end() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert_told({"event.yaml": bomb.encode(), "sessions.yaml": b"[" * 3000, "texts.yaml": b"- " * 500 + b"x"})
