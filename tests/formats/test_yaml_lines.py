"""The fast reader of plain YAML against the general one: the same data, the same lines, or no answer."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.formats.yaml_lines import NotPlainError, read_plain
from bot.formats.yaml_nodes import parse_any_yaml

DELTA = Path(__file__).parents[2] / "data" / "delta-2025"

PIECES = (
    *("key: value", "other: a value: not", "- item", "- key: value", "key:", "- ", "-", "# comment", "key: # comment"),
    *(
        "text: >-",
        "text: |",
        "text: >",
        "text: |-",
        "words go on",
        "key: [a, b]",
        "key: [a, [b]]",
        "key: []",
        "key: [a,]",
    ),
    *('key: "quoted # not"', "key: 'single'", 'key: "open', "key: value # comment", "key: 09:10", "key: no", "key: ~"),
    *(
        "third: null",
        "key: &anchor x",
        "key: *anchor",
        "key: !tag x",
        "? key",
        "a: b: c",
        "url: https://example.org/a?b=c#d",
    ),
    *("", " ", "---", "...", "%YAML 1.2", "key: - a", "key: é", "key:value", "key: a:", "key: |2", "key: [-a, b-c]"),
    *(
        "fourth: -5",
        "key: 'it''s'",
        'key: "a\\nb"',
        "- - a",
        "-  spaced: x",
        "   last",
        "key: {a: b}",
        "- [a, b]",
        '- "q"',
    ),
)


def paths(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from paths(value, (*path, key))


def assert_same(text: str) -> None:
    """Where the fast reader answers, the general one has no objection and answers the same."""
    try:
        data, marks = read_plain(text)
    except NotPlainError:
        return
    document, problems = parse_any_yaml("event.yaml", text)
    assert document is not None, text
    assert (data, problems) == (document.data, []), text
    assert [marks.at(path) for path in paths(data)] == [document.line_of(path) for path in paths(data)], text


@given(st.lists(st.tuples(st.sampled_from((0, 0, 2, 2, 4, 6)), st.sampled_from(PIECES)), max_size=8))
@example([(0, "text: >"), (2, "words go on"), (0, ""), (2, "words go on"), (0, "other: a")])
def test_read_plain_lines_put_together_at_random(rows: list[tuple[int, str]]) -> None:
    assert_same("".join(f"{' ' * indent}{piece}\n" for indent, piece in rows))


@given(st.data())
def test_read_plain_event_files_with_one_random_edit(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in DELTA.glob("*.yaml"))))
    text = (DELTA / name).read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 6))
    added = data.draw(st.text(alphabet=" \n\t:-#[]{}\"'>|&*!%@`,?\\ax0é", max_size=4))
    assert_same(text[:at] + added + text[at + cut :])


@given(st.text(alphabet=st.sampled_from(" \n:-#[]\"'>|ab,~\t\\{}&*!%?"), max_size=30))
def test_read_plain_characters_put_together_at_random(text: str) -> None:
    assert_same(f"key: {text}\n")
    assert_same(f"key:\n  - {text}\n")


@pytest.mark.parametrize("path", sorted(DELTA.glob("*.yaml")), ids=lambda path: path.name)
def test_read_plain_reads_the_shipped_event(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    data, _ = read_plain(text)
    assert set(data) <= {match[1] for match in re.finditer(r"^(\w+):", text, re.MULTILINE)}
    assert_same(text)
