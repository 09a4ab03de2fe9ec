"""Reads what a person types, such as ``/poster title:reversible solver``, against the registered commands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.sandbox.naming import CHANNEL, MENTIONABLE, ROLE, USER, id_named, named
from bot.sandbox.option_rules import (
    ATTACHMENT,
    BOOLEAN,
    GROUP,
    INTEGER,
    NUMBER,
    SUBCOMMAND,
    CommandTextError,
    check_innermost,
    unknown,
)
from bot.sandbox.state import Guild, Json
from bot.sandbox.world import World

_NAMED = re.compile(r"(?:^|(?<=\s))([\w-]+):")
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(slots=True)
class Spoken:
    """A command as typed. ``options`` are those of the innermost subcommand, in the order typed."""

    name: str
    path: list[str]
    """Names of the subcommand group and subcommand, if any."""
    options: list[Json] = field(default_factory=list)
    completed: set[str] = field(default_factory=set)
    """Names of the options that have autocomplete."""

    def data(self, *, focused: str | None = None) -> Json:
        """The interaction's data. ``focused``: the option being typed, when choices are asked for."""
        options = [option | {"focused": True} if option["name"] == focused else option for option in self.options]
        for depth, name in enumerate(reversed(self.path)):
            options = [{"name": name, "type": GROUP if depth else SUBCOMMAND, "options": options}]
        return {"name": self.name, "type": 1, "options": options}


def read(
    text: str,
    commands: Iterable[Json],
    world: World,
    guild: Guild | None,
    *,
    partly: bool = False,
    files: Mapping[str, str] | None = None,
) -> Spoken:
    """``partly``: the text is still being typed, so that required options may be missing and values unfinished.
    ``files``: option -> id of the file that stands in it, which no text can name.

    Raises CommandTextError.
    """
    known = {command["name"]: command for command in commands if command["type"] == 1}
    first, _, rest = text.strip().partition(" ")
    if not first.startswith("/"):
        raise CommandTextError(f"A command starts with a slash: {text!r} does not.")
    command = known.get(first[1:])
    if command is None:
        raise unknown("command", first, [f"/{name}" for name in known])
    spoken = Spoken(command["name"], [])
    declared: list[Json] = command.get("options") or []
    while declared and declared[0]["type"] in (SUBCOMMAND, GROUP):
        word, _, rest = rest.strip().partition(" ")
        inner = next((option for option in declared if option["name"] == word), None)
        if inner is None:
            raise unknown(f"part of {first}", word, [option["name"] for option in declared])
        spoken.path.append(word)
        declared = inner.get("options") or []
    values = _split(rest.strip(), declared)
    sent = _sent(files or {}, declared)
    by_name = {option["name"]: option for option in declared}
    for name, value in values.items():
        spoken.options.append(_option(by_name[name], value, world, guild, partly=partly))
        if by_name[name].get("autocomplete"):
            spoken.completed.add(name)
    spoken.options += sent
    check_innermost(first, declared, spoken.options, partly=partly)
    return spoken


def _sent(files: Mapping[str, str], declared: list[Json]) -> list[Json]:
    """The options that hold a file."""
    takers = [option["name"] for option in declared if option["type"] == ATTACHMENT]
    for name in files:
        if name not in takers:
            raise unknown("option for a file", name, takers)
    return [{"name": name, "type": ATTACHMENT, "value": value} for name, value in files.items()]


def _split(text: str, declared: list[Json]) -> dict[str, str]:
    """Option name -> what follows it up to the next option. Text before any option belongs to the first one that can be
    typed."""
    if not text:
        return {}
    names = [option["name"] for option in declared]
    if not names:
        raise CommandTextError(f"This command takes no options, but got {text!r}.")
    marks = []
    for found in _NAMED.finditer(text):
        if found[1] in names:
            marks.append(found)
        elif found.start() == 0 or get_close_matches(found[1], names, 1, 0.75):
            # In the middle of a value a colon is ordinary, unless the word looks like a misspelt option.
            raise unknown("option", found[1], names)
    values: dict[str, str] = {}
    if not marks or marks[0].start() > 0:
        typed = next((option["name"] for option in declared if option["type"] != ATTACHMENT), names[0])
        values[typed] = text[: marks[0].start() if marks else None].strip()
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        values[mark[1]] = text[mark.end() : following.start() if following else None].strip()
    return values


def _option(option: Json, text: str, world: World, guild: Guild | None, *, partly: bool) -> Json:
    given: Json = {"name": option["name"], "type": option["type"], "value": text}
    if partly and option.get("autocomplete"):
        return given
    choices: list[Json] = option.get("choices") or []
    if choices:
        for choice in choices:
            if text.casefold() in (choice["name"].casefold(), str(choice["value"]).casefold()):
                return given | {"value": choice["value"]}
        raise unknown(f"choice for {option['name']}", text, [choice["name"] for choice in choices])
    return given | {"value": _value(option, text, world, guild)}


def _value(option: Json, text: str, world: World, guild: Guild | None) -> str | int | float | bool:
    kind, name = option["type"], option["name"]
    if kind in (INTEGER, NUMBER):
        return _number(option, text)
    if kind == BOOLEAN:
        if text.casefold() in (*_TRUE, *_FALSE):
            return text.casefold() in _TRUE
        raise CommandTextError(f"{name} must be true or false, not {text!r}.")
    if kind in (USER, CHANNEL, ROLE, MENTIONABLE):
        return _named(kind, name, text, world, guild)
    if kind == ATTACHMENT:
        raise CommandTextError(f"{name} takes a file, which cannot be typed.")
    return text


def _number(option: Json, text: str) -> int | float:
    try:
        return int(text) if option["type"] == INTEGER else float(text)
    except ValueError:
        raise CommandTextError(f"{option['name']} must be a number, not {text!r}.") from None


def _named(kind: int, option: str, text: str, world: World, guild: Guild | None) -> str:
    """The id of the person, channel or role of this name."""
    things = named(kind, world, guild)
    found = id_named(text, things)
    if found is None:
        raise unknown(f"value for {option}", text, [name for name, _ in things])
    return found
