"""YAML text -> plain data of strings, with the line of every key.

The nodes are read before YAML gives them types: ``no`` stays a word, ``09:10`` is not 550 and ``1e3`` is no number.
"""

import re
import warnings
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver

from bot.domain.checks import Severity
from bot.formats.document import Document, Located, Path, at_file
from bot.formats.syntax_advice import MERGE_FIX, advice, unclosed_quote
from bot.formats.yaml_losses import Losses

#: Deeper than any event needs; a limit keeps the walk, which is recursive, from running out of stack.
_DEEPEST = 20
_LONG_INDENT = re.compile(r"^[ ?:-]{200}", re.MULTILINE)
_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)")
_BRACKET = re.compile(r"[\[\]{}]")


class _Untyped(VersionedResolver):
    """Tells scalars, lists and mappings apart and no more: finding out types that nobody asks for takes as long again
    as parsing.
    """

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return self.DEFAULT_SCALAR_TAG
        return self.DEFAULT_SEQUENCE_TAG if kind is SequenceNode else self.DEFAULT_MAPPING_TAG


def parse_yaml(file: str, text: str) -> tuple[Document | None, list[Located]]:
    """The file's data and what is wrong with its syntax. None when nothing of it can be read."""
    try:
        root = _composed(text)
    except MarkedYAMLError as fault:
        return None, [_broken(file, _line_of_fault(fault, text), _words(fault), text)]
    except (YAMLError, RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as fault:
        # The library answers some malformed directives and escapes with plain Python errors.
        return None, [_broken(file, None, type(fault).__name__, text)]
    nodes = _Nodes(file, text)
    document = Document(file, nodes.plain(root, ()), lambda path: _line(root, path))
    return document, [*nodes.problems, *nodes.losses.problems(document)]


def _composed(text: str) -> Node | None:
    """The document's nodes. Raises what the parser in Python raises, since its messages are the clearer ones.

    The parser in C is six times faster on a large event. It overflows its stack on text nested thousands deep.
    """
    root: Node | None
    if not _too_deep(text):
        with suppress(YAMLError):
            reader = YAML(typ="safe")
            reader.Resolver = _Untyped
            root = reader.compose(text)
            return root
    with warnings.catch_warnings():
        # An anchor that is used twice is valid; anchors are told of where the nodes are read.
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        root = YAML(typ="safe", pure=True).compose(text)
    return root


def _too_deep(text: str) -> bool:
    if _LONG_INDENT.search(text):
        return True
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > _DEEPEST:
            return True
    return False


class _Nodes:
    """Turns nodes into data and collects what YAML allows and an event folder does not."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._text = text
        self._seen: set[int] = set()
        #: An alias has no place of its own, but stands behind what was met before: the last node, and the last alias.
        self._last: Node | None = None
        self._aliased = 0
        self.losses = Losses(text)
        self.problems: list[Located] = []

    def plain(self, node: Node | None, path: Path) -> Any:
        if node is None:
            return None
        if id(node) in self._seen:
            # An alias. Nested ones grow without bound, so none is followed.
            self.losses.is_used(node)
            message = "a YAML alias (*name) cannot be used here."
            self._refuse("yaml-alias", self._line_of_alias(node), message, "Write the value out.")
            return None
        self._seen.add(id(node))
        self._last = node
        meant = self.losses.look_at(node, path)
        if meant is not None:
            return meant
        if isinstance(node, ScalarNode):
            if node.style:
                return str(node.value)
            return None if node.value in ("", "~", "null", "Null", "NULL") else self.losses.unquoted(node.value, path)
        if len(path) > _DEEPEST:
            self._refuse("wrong-shape", _line_at(node), "lists are nested too deeply here.", "Write a plain value.")
            return None
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: Node, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        first: dict[str, int] = {}
        again: list[Located] = []
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            line = _line_at(key_node)
            self._last = key_node
            if not key:
                self._refuse("wrong-shape", line, "a key must be a single word.", "Write key: value.")
            elif key == "<<":
                self._refuse("yaml-alias", line, "the fields of another entry (<<) cannot be used here.", MERGE_FIX)
            elif key in found:
                message = f'the key "{key}" stands here for the second time; the first is in line {first[key]}.'
                fix = f'Keep one line with "{key}:" and remove the other.'
                again.append(at_file(self._file, Severity.ERROR, "duplicate-key", line, key, message, fix))
            else:
                first[key] = line
                found[key] = self.plain(value_node, (*path, key))
        self.problems += _lost_dash(again, next(iter(first), None)) if path and isinstance(path[-1], int) else again
        return found

    def _line_of_alias(self, node: Node) -> int:
        """The parser gives ``node`` itself for an alias, with the place of its anchor."""
        anchor = _ANCHOR.match(self._text, node.start_mark.index)
        last = self._last or node
        walked = (last.end_mark if isinstance(last, ScalarNode) else last.start_mark).index
        at = self._text.find(f"*{anchor[1]}", max(walked, self._aliased)) if anchor else -1
        if at < 0:
            return _line_at(node)
        self._aliased = at + 1
        return self._text.count("\n", 0, at) + 1

    def _refuse(self, rule: str, line: int, message: str, fix: str) -> None:
        problem = at_file(self._file, Severity.ERROR, rule, line, None, message, fix)
        if problem not in self.problems:
            self.problems.append(problem)


def _line_at(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _lost_dash(again: list[Located], first: str | None) -> list[Located]:
    """One message where a second entry of a list runs on in the first, as its "- " was lost: not one for each key."""
    start = again[0] if len(again) > 1 else None
    if start is None or start.problem.value != first:
        return again
    message = f'{len(again)} keys from here on stand for the second time, as if another entry began with "{first}".'
    fix = f'Write "- " before {first}: a new entry starts with "- {first}:".'
    return [replace(start, problem=replace(start.problem, message=message, fix=fix))]


def _line(node: Node | None, path: Path) -> int:
    line = 1
    for step in path:
        if isinstance(node, MappingNode):
            found = next((pair for pair in node.value if pair[0].value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _line_of_fault(fault: MarkedYAMLError, text: str) -> int | None:
    """Where the mistake is, which is not where the parser stopped if a quote was never closed."""
    mark, problem = fault.problem_mark or fault.context_mark, fault.problem or ""
    if "end of stream" in problem and "quoted scalar" in (fault.context or ""):
        mark = fault.context_mark
    line = mark.line + 1 if mark else None
    # A text that ends at the next quote is followed by words that nothing expects.
    begun = unclosed_quote(text, line) if line and "'<scalar>'" in problem else None
    return begun or line


def _words(fault: MarkedYAMLError) -> str:
    problem = (fault.problem or "it cannot be read").strip()
    context = (fault.context or "").strip()
    return f"{problem} ({context})" if context else problem


def _broken(file: str, line: int | None, what: str, text: str) -> Located:
    rows = text.splitlines()
    shown = rows[line - 1].strip()[:80] if line and line <= len(rows) else None
    message = f"this is not valid YAML: {what}."
    return at_file(file, Severity.ERROR, "broken-yaml", line, shown, message, advice(shown, what))
