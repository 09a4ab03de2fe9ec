"""What YAML takes away without a word: a value after ``#`` is a comment, and one after ``&`` or ``!`` a mark."""

import re
from collections.abc import Iterator

from ruamel.yaml.nodes import Node, ScalarNode

from bot.formats.document import Document, Located, Path
from bot.formats.syntax_advice import quoted

#: Directly after one space, and directly before a word. With more room around it, a comment was surely meant.
_CUT = re.compile(r" #(?=[^\s#])[^\r\n]*")
_SWALLOWED = re.compile(r"[ \t]*(#(?=[^\s#])[^\r\n]*)")
_MARKED = re.compile(r"[&!][^\r\n]*")
_CURLY = "“”„‟‘’‚«»"
_CURLY_QUOTED = re.compile(rf"[“„‟‘‚«]([^{_CURLY}]*)[“”‘’»]$")


class Losses:
    """Collects, while the nodes of one ``text`` are walked, what is lost of them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[str, Path, str, str]] = []
        self._marked: dict[int, tuple[Path, str]] = {}

    def look_at(self, node: Node, path: Path) -> str | None:
        """Any node, when it is first met. What was surely meant, where all of it would be lost."""
        mark = _MARKED.match(self._text, node.start_mark.index)
        if mark is not None:
            self._marked[id(node)] = (path, mark[0].strip())
        if isinstance(node, ScalarNode) and not node.style:
            self._comment(node, path)
        return mark[0].strip() if mark is not None and isinstance(node, ScalarNode) and not node.value else None

    def is_used(self, node: Node) -> None:
        """An alias leads to ``node``: its mark is one, and the alias is told instead."""
        self._marked.pop(id(node), None)

    def unquoted(self, value: str, path: Path) -> str:
        """A plain value without the typographic quotation marks around it, which are no quotation marks of YAML."""
        curly = _CURLY_QUOTED.match(value) if value[:1] in _CURLY else None
        if curly is None:
            return value
        self._found.append(("smart-quotes", path, value, curly[1]))
        return curly[1]

    def problems(self, document: Document) -> Iterator[Located]:
        """Everything that was found, with its line and record."""
        for path, mark in self._marked.values():
            message = f'"{mark}" is read by YAML as a name for what follows, and not as a text.'
            fix = f"Put it in quotes: {quoted(mark)}."
            if isinstance(document.value(path), list | dict):
                # What follows are fields or a list: there is no text to be quoted.
                fix = f"Remove {mark.split()[0]}."
            yield document.error("yaml-mark", path, mark, message, fix)
        for rule, path, value, lost in self._found:
            if rule == "smart-quotes":
                message = f"the quotation marks in {value} are typographic ones. It is read without them."
                fix = f"Use straight quotes: {quoted(lost)}."
            elif value:
                message = f'only "{value}" is read: what stands after the space, "{lost}", is a comment.'
                fix = f"Put the whole value in quotes: {quoted(f'{value} {lost}')}; a comment has a space after #."
            else:
                bare = lost.lstrip("#").strip() if "channels" in path else lost
                message = f'nothing is read here: "{lost}" is a comment.'
                fix = f"Put it in quotes{', without #' if bare != lost else ''}: {quoted(bare)}."
            yield document.warning(rule, path, lost, message, fix)

    def _comment(self, node: ScalarNode, path: Path) -> None:
        value = str(node.value)
        if value:
            cut = _CUT.match(self._text, node.end_mark.index)
            if cut is not None:
                self._found.append(("comment", path, value, cut[0].strip()))
            return
        # Only a value on the line of its key: an empty one may be followed by lines that are commented out.
        swallowed = _SWALLOWED.match(self._text, node.end_mark.index) if node.end_mark.column else None
        if swallowed is not None:
            self._found.append(("comment", path, "", swallowed[1].strip()))
