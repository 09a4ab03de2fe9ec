"""What commands and autocomplete answers may hold, just within each limit and just beyond it."""

from typing import Any

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.limits import check_choices, check_command, check_commands
from tests.sandbox.refusals import Limit, assert_limit, found

Json = dict[str, Any]

LONG, BAD, NEEDED = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_REQUIRED"
NAME = "APPLICATION_COMMAND_INVALID_NAME"
CHOICES = "BASE_TYPE_CHOICES"


def command(*options: Json, **more: Any) -> Json:
    return {"name": "poster", "description": "Look up a poster", "type": 1, "options": list(options), **more}


def option(name: str = "title", **more: Any) -> Json:
    return {"type": 3, "name": name, "description": "Its title", **more}


def subcommand(name: str = "delay", *options: Json) -> Json:
    return {"type": 1, "name": name, "description": "Delay a session", "options": list(options)}


def group(name: str = "live", *inside: Json) -> Json:
    return {"type": 2, "name": name, "description": "During the day", "options": list(inside)}


def choice(name: str = "n", value: Any = "v") -> Json:
    return {"name": name, "value": value}


def choices(count: int) -> list[Json]:
    return [choice(f"Choice {number}", str(number)) for number in range(count)]


def options(count: int) -> list[Json]:
    return [option(f"option-{number}") for number in range(count)]


COMMANDS = [
    Limit("name", command(name="n" * 32), command(name="n" * 33), "name", BAD),
    Limit("name is needed", command(), {"description": "d"}, "name", NEEDED),
    Limit("lower case", command(name="poster"), command(name="Poster"), "name", NAME),
    Limit("no space", command(name="my-poster_2"), command(name="my poster"), "name", NAME),
    Limit("letters of any script", command(name="ポスター"), command(name="poster!"), "name", NAME),
    Limit("description", command(description="d" * 100), command(description="d" * 101), "description", BAD),
    Limit("description is needed", command(), {"name": "poster"}, "description", NEEDED),
    Limit("empty description", command(), command(description=""), "description", BAD),
    Limit("unknown key", command(), command(colour=1), "colour", "UNKNOWN_FIELD"),
    Limit("type", command(), command(type=9), "type", CHOICES),
    Limit("options", command(*options(25)), command(*options(26)), "options", LONG),
    Limit("option name", command(option("n" * 32)), command(option("n" * 33)), "options.0.name", BAD),
    Limit("option name's case", command(option()), command(option("Title")), "options.0.name", NAME),
    Limit(
        "option description",
        command(option(description="d" * 100)),
        command(option(description="d" * 101)),
        "options.0.description",
        BAD,
    ),
    Limit("option type", command(option(type=11)), command(option(type=12)), "options.0.type", CHOICES),
    Limit(
        "required before optional",
        command(option("a", required=True), option("b")),
        command(option("a"), option("b", required=True)),
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    Limit(
        "the same in a subcommand",
        command(subcommand("s", option("a", required=True), option("b"))),
        command(subcommand("s", option("a"), option("b", required=True))),
        "options.0.options.1",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ),
    Limit(
        "option names differ",
        command(option("a"), option("b")),
        command(option("a"), option("a")),
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
    ),
    Limit(
        "choices",
        command(option(choices=choices(25))),
        command(option(choices=choices(26))),
        "options.0.choices",
        LONG,
    ),
    Limit(
        "choice name",
        command(option(choices=[choice("n" * 100)])),
        command(option(choices=[choice("n" * 101)])),
        "options.0.choices.0.name",
        BAD,
    ),
    Limit(
        "choices or autocomplete",
        command(option(autocomplete=True)),
        command(option(autocomplete=True, choices=choices(1))),
        "options.0.autocomplete",
        "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID",
    ),
    Limit(
        "autocomplete of text and numbers only",
        command(option(type=10, autocomplete=True)),
        command(option(type=6, autocomplete=True)),
        "options.0.autocomplete",
        "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID",
    ),
    Limit(
        "longest text",
        command(option(max_length=6000)),
        command(option(max_length=6001)),
        "options.0.max_length",
        "NUMBER_TYPE_MAX",
    ),
    Limit(
        "subcommands among options",
        command(subcommand("a"), subcommand("b")),
        command(subcommand("a"), option("b")),
        "options.1",
        "APPLICATION_COMMAND_OPTIONS_TYPE_EXCLUSIVE",
    ),
    Limit(
        "a group holds subcommands",
        command(group("g", subcommand())),
        command(group("g", option())),
        "options.0.options.0.type",
        CHOICES,
    ),
    Limit(
        "nesting",
        command(group("g", subcommand("s", option()))),
        command(group("g", subcommand("s", subcommand()))),
        "options.0.options.0.options.0.type",
        "APPLICATION_COMMAND_OPTIONS_NESTING",
    ),
    Limit(
        "translated name",
        command(name_localizations={"de": "plakat"}),
        command(name_localizations={"de": "Plakat"}),
        "name_localizations.de",
        NAME,
    ),
    Limit(
        "context menu's name",
        {"type": 3, "name": "Collect as question" + "x" * 13},
        {"type": 3, "name": "Collect as question" + "x" * 14},
        "name",
        BAD,
    ),
    Limit(
        "context menu has no description",
        {"type": 2, "name": "Collect"},
        {"type": 2, "name": "Collect", "description": "d"},
        "description",
        "APPLICATION_COMMAND_CONTEXT_MENU_FIELD",
    ),
]


@pytest.mark.parametrize("limit", COMMANDS, ids=str)
def test_command_limit(limit: Limit) -> None:
    assert_limit(check_command, limit)


def test_all_characters_of_a_command_count() -> None:
    # 6 of the name, 50 of the description, 3 options of 1 + 47, 75 choices of 100 + 4.
    def sized(last: str) -> Json:
        inside = [option(n, description="d" * 47, choices=[choice("c" * 100, "v" * 4)] * 25) for n in "abc"]
        return command(*inside, description=last)

    check_command(sized("d" * 50))
    with pytest.raises(ApiError) as refusal:
        check_command(sized("d" * 51))
    assert found(refusal.value.errors) == [("", "APPLICATION_COMMAND_TOO_LARGE")]


def test_the_longest_language_counts() -> None:
    inside = [option(n, description="d" * 47, choices=[choice("c" * 100, "v" * 4)] * 25) for n in "abc"]
    translated = command(*inside, description="d" * 10, description_localizations={"de": "d" * 51})
    with pytest.raises(ApiError) as refusal:
        check_command(translated)
    assert found(refusal.value.errors) == [("", "APPLICATION_COMMAND_TOO_LARGE")]


def commands(count: int, **more: Any) -> list[Json]:
    return [command(name=f"command-{number}", **more) for number in range(count)]


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        (commands(100), commands(101)),
        ([{"type": 3, "name": f"Do {n}"} for n in range(15)], [{"type": 3, "name": f"Do {n}"} for n in range(16)]),
    ],
)
def test_commands_of_a_type_are_counted(allowed: list[Json], refused: list[Json]) -> None:
    check_commands(allowed)
    with pytest.raises(ApiError) as refusal:
        check_commands(refused)
    assert refusal.value.code == 30032


def test_a_wrong_command_in_a_list_is_named_by_its_place() -> None:
    with pytest.raises(ApiError) as refusal:
        check_commands([command(), command(name="Wrong")])
    assert found(refusal.value.errors) == [("1.name", NAME)]


def test_two_commands_of_one_name_are_refused_unless_of_two_types() -> None:
    check_commands([command(), {"type": 2, "name": "poster"}])
    with pytest.raises(ApiError) as refusal:
        check_commands([command(), command()])
    assert found(refusal.value.errors) == [("1", "APPLICATION_COMMANDS_DUPLICATE_NAME")]


AUTOCOMPLETE = [
    Limit("choices", choices(25), choices(26), "choices", LONG),
    Limit("name", [choice("n" * 100)], [choice("n" * 101)], "choices.0.name", BAD),
    Limit("empty name", [choice("n")], [choice("")], "choices.0.name", BAD),
    Limit("value", [choice("n", "v" * 100)], [choice("n", "v" * 101)], "choices.0.value", LONG),
    Limit("value is needed", [choice("n", 0)], [{"name": "n"}], "choices.0.value", NEEDED),
    Limit("unknown key", [choice()], [choice() | {"colour": 1}], "choices.0.colour", "UNKNOWN_FIELD"),
]


@pytest.mark.parametrize("limit", AUTOCOMPLETE, ids=str)
def test_autocomplete_limit(limit: Limit) -> None:
    assert_limit(check_choices, limit)


def test_no_choices_are_an_answer() -> None:
    check_choices([])
