"""Application commands and autocomplete: what `check_command`, `check_commands` and `check_choices` refuse.

https://discord.com/developers/docs/interactions/application-commands
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from .. import errors
from .fields import (
    Wrong,
    each,
    known,
    leaf,
    length,
    names,
    need,
    not_a_list,
    not_an_object,
    numbers,
    one_of,
    refuse,
    required,
    texts,
)

CHAT, USER, MESSAGE, ENTRY_POINT = 1, 2, 3, 4
#: How many commands of a type an application may have globally, and again in each guild.
MAX_OF_TYPE = {CHAT: 100, USER: 15, MESSAGE: 15, ENTRY_POINT: 1}
MAX_CHARACTERS = 8000
MAX_CHOICES = 25

_SUBCOMMAND, _GROUP, _STRING, _INTEGER, _CHANNEL, _NUMBER = 1, 2, 3, 4, 7, 10
_NESTING = (_SUBCOMMAND, _GROUP)
_OPTION_TYPES = range(1, 12)
_COMMAND = names(
    "id application_id guild_id version type name name_localizations description "
    "description_localizations options default_member_permissions dm_permission nsfw integration_types "
    "contexts handler"
)
_OPTION = names(
    "type name name_localizations description description_localizations required choices options "
    "channel_types min_value max_value min_length max_length autocomplete"
)
_CHOICE = names("name name_localizations value")


def check_commands(commands: Sequence[Any]) -> None:
    """Refuses a whole list (a bulk overwrite): each command, two of one name, and too many of a type (30032)."""
    wrong: Wrong = {}
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        found = _command(command) if isinstance(command, dict) else not_an_object()
        if not found:
            key = (command.get("type") or CHAT, command["name"])
            if key in seen:
                text = "Application command names must be unique"
                found = leaf("APPLICATION_COMMANDS_DUPLICATE_NAME", text)
            seen.add(key)
        if found:
            wrong[str(index)] = found
    refuse(wrong)
    for kind, count in Counter(kind for kind, _ in seen).items():
        if count > MAX_OF_TYPE[kind]:
            raise errors.max_commands(MAX_OF_TYPE[kind])


def check_command(payload: Mapping[str, Any]) -> None:
    """Refuses (50035) one command that Discord would refuse."""
    refuse(_command(payload))


def check_choices(choices: object) -> None:
    """Refuses (50035) an autocomplete answer. The paths begin inside the callback's ``data``."""
    if found := each(choices, 0, MAX_CHOICES, _choice):
        refuse({"choices": found})


def _command(command: Mapping[str, Any]) -> Wrong:
    wrong: Wrong = {}
    known(command, _COMMAND, wrong)
    kind = command.get("type") or CHAT
    if not isinstance(kind, int) or kind not in MAX_OF_TYPE:
        wrong["type"] = one_of(MAX_OF_TYPE)
    elif kind == CHAT:
        _named(command, wrong)
        if command.get("options") is not None and (found := _options(command["options"], depth=0)):
            wrong["options"] = found
    else:
        need(command, ("name",), wrong)
        texts(command, (("name", 1, 32),), wrong)
        for name in ("description", "options"):
            if command.get(name):
                text = "Context menu commands cannot have description or options"
                wrong[name] = leaf("APPLICATION_COMMAND_CONTEXT_MENU_FIELD", text)
    if not wrong and _characters(command) > MAX_CHARACTERS:
        return leaf("APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MAX_CHARACTERS})")
    return wrong


def _named(part: Mapping[str, Any], wrong: Wrong) -> None:
    """The name and the description of a chat command or of one of its options, in every language."""
    need(part, ("name", "description"), wrong)
    texts(part, (("name", 1, 32), ("description", 1, 100)), wrong)
    if "name" not in wrong and not _is_name(part["name"]):
        wrong["name"] = leaf("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    for name, most in (("name", 32), ("description", 100)):
        found: Wrong = {}
        translations = part.get(f"{name}_localizations") or {}
        if not isinstance(translations, dict):
            wrong[f"{name}_localizations"] = not_an_object()
            continue
        for locale, text in translations.items():
            if not isinstance(text, str) or not 1 <= len(text) <= most:
                found[locale] = length(1, most)
            elif name == "name" and not _is_name(text):
                found[locale] = leaf("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        if found:
            wrong[f"{name}_localizations"] = found


def _is_name(name: str) -> bool:
    """Lower case, without spaces: ``^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$`` in Discord's words."""
    return name == name.lower() and all(
        letter.isalnum() or letter in "-_'" or "\u0900" <= letter <= "\u097f" or "\u0e00" <= letter <= "\u0e7f"
        for letter in name
    )


def _options(options: object, depth: int) -> Wrong | None:
    """``depth``: 0 in a command, 1 in a subcommand of it or a group, 2 in a group's subcommand."""
    if not isinstance(options, list):
        return not_a_list()
    if len(options) > 25:
        return length(0, 25)
    wrong: Wrong = {}
    taken: set[str] = set()
    optional_seen = False
    for index, option in enumerate(options):
        found = _option(option, depth) if isinstance(option, dict) else not_an_object()
        if not found:
            if option["name"] in taken:
                found = leaf("APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option names must be unique")
            elif option.get("required") and optional_seen:
                text = "Required options must be placed before non-required options"
                found = leaf("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
            elif _nests(option) != _nests(options[0]):
                text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
                found = leaf("APPLICATION_COMMAND_OPTIONS_TYPE_EXCLUSIVE", text)
            taken.add(option["name"])
            optional_seen = optional_seen or not option.get("required")
        if found:
            wrong[str(index)] = found
    return wrong or None


def _nests(option: object) -> bool:
    return isinstance(option, dict) and option.get("type") in _NESTING


def _option(option: Mapping[str, Any], depth: int) -> Wrong:
    wrong: Wrong = {}
    known(option, _OPTION, wrong)
    _named(option, wrong)
    kind = option.get("type")
    if kind not in _OPTION_TYPES:
        wrong["type"] = required() if kind is None else one_of(_OPTION_TYPES)
        return wrong
    if kind in _NESTING:
        _nested(option, kind, depth, wrong)
        return wrong
    if option.get("options"):
        wrong["options"] = leaf("APPLICATION_COMMAND_OPTION_NO_OPTIONS", "Only a sub-command has options")
    if option.get("choices") and (found := each(option["choices"], 0, MAX_CHOICES, _choice)):
        wrong["choices"] = found
    if option.get("autocomplete"):
        if kind not in (_STRING, _INTEGER, _NUMBER):
            text = "Autocomplete is for string, integer and number options"
            wrong["autocomplete"] = leaf("APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID", text)
        elif option.get("choices"):
            text = "An option has either choices or autocomplete"
            wrong["autocomplete"] = leaf("APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID", text)
    if kind == _STRING:
        numbers(option, (("min_length", 0, 6000), ("max_length", 1, 6000)), wrong)
    return wrong


def _nested(option: Mapping[str, Any], kind: int, depth: int, wrong: Wrong) -> None:
    """A group stands only in a command and holds only subcommands; a subcommand holds only values."""
    if depth == 2 or (depth == 1 and kind == _GROUP):
        wrong["type"] = leaf("APPLICATION_COMMAND_OPTIONS_NESTING", "Sub-commands are nested at most two deep")
        return
    inner = option.get("options") or []
    if kind == _GROUP and isinstance(inner, list):
        for index, each in enumerate(inner):
            if not isinstance(each, dict) or each.get("type") != _SUBCOMMAND:
                wrong["options"] = {str(index): {"type": one_of((_SUBCOMMAND,))}}
                return
    if found := _options(inner, 1 if kind == _GROUP else 2):
        wrong["options"] = found


def _choice(choice: dict[str, Any], wrong: Wrong) -> None:
    known(choice, _CHOICE, wrong)
    need(choice, ("name", "value"), wrong)
    texts(choice, (("name", 1, 100),), wrong)
    value = choice.get("value")
    if isinstance(value, str) and len(value) > 100:
        wrong["value"] = length(0, 100)


def _characters(part: Mapping[str, Any]) -> int:
    """What counts towards the total: names, descriptions and values, each in its longest language."""
    total = _longest(part, "name") + _longest(part, "description")
    total += sum(_characters(option) for option in part.get("options") or ())
    for choice in part.get("choices") or ():
        total += _longest(choice, "name") + len(str(choice["value"]))
    return total


def _longest(part: Mapping[str, Any], name: str) -> int:
    translations = (part.get(f"{name}_localizations") or {}).values()
    return max(len(part.get(name) or ""), *map(len, translations), 0)
