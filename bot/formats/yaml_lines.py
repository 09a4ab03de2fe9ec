"""The plain part of YAML that event folders are written in, read line by line.

A general YAML parser in Python takes seconds for a large event; this takes a tenth. It reads block mappings and lists,
scalars on one line, flow lists of plain words and block texts, and gives up on anything else, right or wrong: the
general parser then decides. A test holds the two against each other, values and line numbers.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

#: Whatever YAML does not take literally, or a reader might count as another line.
_UNUSUAL = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: +(.*))?$")
_ITEM = re.compile(r"-( +)(?=[^ #])")
_QUOTED = re.compile(r"\"([^\"\\]*)\"(?: +#.*)?$|'([^']*)'(?: +#.*)?$")
_PLAIN = re.compile(r"[^-?:,\[\]{}#&*!|>'\"%@` ]")
_FLOW = re.compile(
    r"\[([^\[\]{}\"'#&*!|>%@`:?\\-]*(?:(?<=[A-Za-z0-9])-[A-Za-z0-9][^\[\]{}\"'#&*!|>%@`:?\\-]*)*)\](?: +#.*)?$"
)
_BLOCK = re.compile(r"([|>])(-?)$")
_COMMENT = re.compile(r" +#.*$")
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_DEEPEST = 12


class Marks(NamedTuple):
    """The line of a value, and of the values inside it."""

    line: int
    inside: Any = None

    def at(self, path: Sequence[str | int]) -> int:
        """The line of ``path``, or of the nearest thing above it."""
        here: Marks = self
        for step in path:
            inside = here.inside
            if isinstance(inside, dict) and step in inside:
                here = inside[str(step)]
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                here = inside[step]
            else:
                break
        return here.line


class NotPlainError(Exception):
    """The text is not in the plain part of YAML. It may still be YAML."""


class _Line(NamedTuple):
    number: int
    indent: int
    text: str


def read_plain(text: str) -> tuple[dict[str, Any], Marks]:
    """The text's data and lines. Raises NotPlainError."""
    text = text.replace("\r\n", "\n")
    if _UNUSUAL.search(text) or not text.endswith("\n"):
        raise NotPlainError
    reader = _Reader(text.split("\n"))
    if reader.here is None or reader.here.indent or reader.here.text[0] == "-":
        raise NotPlainError
    data, inside = reader.mapping(0, 0)
    if reader.here is not None:
        raise NotPlainError
    return data, Marks(1, inside)


class _Reader:
    """Walks down the lines; ``here`` is the next one that is not blank or a comment."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._next = 0
        self.here: _Line | None = None
        self._advance()

    def mapping(self, indent: int, depth: int) -> tuple[dict[str, Any], dict[str, Marks]]:
        """The mapping whose keys stand at ``indent``."""
        if depth > _DEEPEST:
            raise NotPlainError
        data: dict[str, Any] = {}
        marks: dict[str, Marks] = {}
        while (line := self.here) is not None and line.indent >= indent:
            match = _KEY.match(line.text)
            if match is None or line.indent > indent or match[1] in data:
                raise NotPlainError
            key, rest = match[1], match[2]
            if not rest or rest.startswith("#"):
                self._advance()
                data[key], inside = self._below(indent, depth)
            elif block := _BLOCK.match(rest):
                data[key], inside = self._text(indent, block[1], block[2]), None
            else:
                data[key], inside = self._value(rest), None
                self._advance_from_scalar(indent)
            marks[key] = Marks(line.number, inside)
        return data, marks

    def _below(self, indent: int, depth: int) -> tuple[Any, Any]:
        """What stands under a key without a value of its own: a list may stand as far left as the key."""
        line = self.here
        if line is not None and line.indent >= indent and line.text[0] == "-":
            return self._list(line.indent, depth + 1)
        if line is not None and line.indent > indent:
            return self.mapping(line.indent, depth + 1)
        return None, None

    def _list(self, indent: int, depth: int) -> tuple[list[Any], list[Marks]]:
        data: list[Any] = []
        marks: list[Marks] = []
        while (line := self.here) is not None and line.indent == indent and line.text[0] == "-":
            match = _ITEM.match(line.text)
            if match is None:
                raise NotPlainError
            rest = line.text[match.end() :]
            if _KEY.match(rest):
                self.here = _Line(line.number, indent + match.end(), rest)
                item, inside = self.mapping(indent + match.end(), depth + 1)
                data.append(item)
                marks.append(Marks(line.number, inside))
            else:
                data.append(self._value(rest))
                marks.append(Marks(line.number))
                self._advance_from_scalar(indent)
        if self.here is not None and self.here.indent > indent:
            raise NotPlainError
        return data, marks

    def _value(self, text: str) -> Any:
        """A value that begins and ends on its line."""
        if _PLAIN.match(text):
            plain = _COMMENT.sub("", text).rstrip(" ") if "#" in text else text
            if ": " in plain or plain[-1] == ":":
                raise NotPlainError
            return None if plain in _NULLS else plain
        if match := _QUOTED.match(text):
            return match[1] if match[1] is not None else match[2]
        if match := _FLOW.match(text):
            items = [item.strip(" ") for item in match[1].split(",")]
            if items[-1] == "":
                items.pop()
            if "" in items:
                raise NotPlainError
            return [None if item in _NULLS else item for item in items]
        if text == "~":
            return None
        raise NotPlainError

    def _text(self, indent: int, style: str, chomp: str) -> str:
        """A block text, literal (|) or folded (>), in the lines below that stand further right than ``indent``."""
        first = self._lines[self._next]
        inner = len(first) - len(first.lstrip(" "))
        if inner <= indent or not first.strip(" "):
            raise NotPlainError
        rows: list[str] = []
        while self._next < len(self._lines):
            row = self._lines[self._next]
            stripped = row.lstrip(" ")
            if stripped and len(row) - len(stripped) < inner:
                break
            if (not stripped and len(row) > inner) or (style == ">" and row[inner : inner + 1] == " "):
                raise NotPlainError
            rows.append(row[inner:])
            self._next += 1
        while not rows[-1]:
            rows.pop()
        self._advance()
        if self.here is not None and self.here.indent > indent:
            raise NotPlainError
        if style == ">":
            return _folded(rows) + ("" if chomp else "\n")
        return "\n".join(rows) + ("" if chomp else "\n")

    def _advance_from_scalar(self, indent: int) -> None:
        """A line further right would go on with the scalar, or be a mistake."""
        self._advance()
        if self.here is not None and self.here.indent > indent:
            raise NotPlainError

    def _advance(self) -> None:
        lines = self._lines
        for at in range(self._next, len(lines)):
            row = lines[at]
            text = row.lstrip(" ")
            if text and text[0] != "#":
                if (text[0] in "%.-" and text == row and text[:3] in ("---", "...")) or row[0] == "%":
                    raise NotPlainError
                self._next = at + 1
                self.here = _Line(at + 1, len(row) - len(text), text.rstrip(" "))
                return
        self._next = len(lines)
        self.here = None


def _folded(rows: list[str]) -> str:
    """Lines joined by spaces; each empty line between them is a line break."""
    parts = [rows[0]]
    breaks = 0
    for row in rows[1:]:
        if row:
            parts.append("\n" * breaks or " ")
            parts.append(row)
            breaks = 0
        else:
            breaks += 1
    return "".join(parts)
