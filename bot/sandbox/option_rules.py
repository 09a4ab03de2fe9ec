"""What Discord's client lets into the options of a command, whoever fills them in: the page or the terminal.

https://discord.com/developers/docs/interactions/application-commands#application-command-object
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from bot.sandbox.naming import CHANNEL, MENTIONABLE, ROLE, USER
from bot.sandbox.state import Json

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER, ATTACHMENT = 1, 2, 3, 4, 5, 10, 11
_LONGEST = 6000
_NUMBERS: Mapping[int, tuple[type, ...]] = {INTEGER: (int,), NUMBER: (int, float)}
_BY_ID = frozenset((USER, CHANNEL, ROLE, MENTIONABLE, ATTACHMENT))


class CommandTextError(ValueError):
    """There is no such command, option or value. Its message names the nearest."""


def check_options(command: Json, given: Sequence[Json], *, partly: bool = False) -> None:
    """Whether a command may be sent with these options. Raises CommandTextError.

    ``partly``: they are still being filled in, so that some may be missing and values unfinished.
    """
    declared, name = command.get("options") or [], f"/{command['name']}"
    while declared and declared[0]["type"] in (SUBCOMMAND, GROUP):
        if len(given) != 1:
            raise CommandTextError(f"{name} takes one of: {', '.join(option['name'] for option in declared)}.")
        declared, given = _named(declared, given[0]).get("options") or [], given[0].get("options") or []
    check_innermost(name, declared, given, partly=partly)


def check_innermost(command: str, declared: Sequence[Json], given: Sequence[Json], *, partly: bool = False) -> None:
    """The same for the options of the innermost subcommand; ``command`` is how it is called."""
    values = {one["name"]: _named(declared, one) for one in given}
    if partly:
        return
    filled = {one["name"] for one in given if one.get("value") != ""}
    for option in declared:
        if option.get("required") and option["name"] not in filled:
            raise CommandTextError(f"{command} needs {option['name']}: ({option.get('description', '')}).")
    for one in given:
        _check(values[one["name"]], one.get("value"))


def unknown(kind: str, text: str, known: list[str]) -> CommandTextError:
    near = get_close_matches(text, known, 1, 0.5)
    hint = f"The nearest is {near[0]!r}." if near else f"There are: {', '.join(known) or 'none'}."
    return CommandTextError(f"There is no {kind} {text!r}. {hint}")


def _named(declared: Sequence[Json], given: Json) -> Json:
    for option in declared:
        if option["name"] == given["name"]:
            return option
    raise unknown("option", str(given["name"]), [option["name"] for option in declared])


def _check(option: Json, value: object) -> None:
    kind, name = option["type"], option["name"]
    if choices := option.get("choices"):
        if isinstance(value, bool) or all(value != one["value"] for one in choices):
            raise unknown(f"choice for {name}", str(value), [one["name"] for one in choices])
    elif kind == STRING:
        _check_text(option, value)
    elif kind in _NUMBERS:
        _check_number(option, value)
    elif kind == BOOLEAN and not isinstance(value, bool):
        raise CommandTextError(f"{name} must be true or false, not {value!r}.")
    elif kind in _BY_ID and not (isinstance(value, str) and value.isdecimal()):
        raise CommandTextError(f"{name} must be an id, not {value!r}.")


def _check_text(option: Json, value: object) -> None:
    name = option["name"]
    if not isinstance(value, str):
        raise CommandTextError(f"{name} must be a text, not {value!r}.")
    least, most = option.get("min_length") or 0, option.get("max_length") or _LONGEST
    # What a choice of autocomplete stands for is the bot's own.
    if not option.get("autocomplete") and not least <= len(value) <= most:
        raise CommandTextError(f"{name} must have {least} to {most} characters; it has {len(value)}.")


def _check_number(option: Json, value: object) -> None:
    if not isinstance(value, _NUMBERS[option["type"]]) or isinstance(value, bool):
        raise CommandTextError(f"{option['name']} must be a number, not {value!r}.")
    least, greatest = option.get("min_value"), option.get("max_value")
    if (least is not None and value < least) or (greatest is not None and value > greatest):
        raise CommandTextError(f"{option['name']} is out of bounds: {value}.")
