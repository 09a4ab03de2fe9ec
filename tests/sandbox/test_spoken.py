"""What people type, read against commands."""

from typing import Any

import pytest

from bot.sandbox.option_rules import CommandTextError
from bot.sandbox.spoken import read

from .live import make_world

POSTER = {
    "name": "poster",
    "type": 1,
    "options": [{"name": "title", "type": 3, "required": True}, {"name": "page", "type": 4, "min_value": 1}],
}
SEARCH = {"name": "search", "type": 1, "options": [{"name": "text", "type": 3, "max_length": 20}]}
DAYS = {
    "name": "schedule",
    "type": 1,
    "options": [{"name": "day", "type": 4, "choices": [{"name": "First day", "value": 1}]}],
}
LIVE = {
    "name": "live",
    "type": 1,
    "options": [
        {
            "name": "delay",
            "type": 1,
            "options": [{"name": "session", "type": 3, "required": True}, {"name": "loud", "type": 5}],
        },
        {"name": "show", "type": 2, "options": [{"name": "room", "type": 1, "options": [{"name": "name", "type": 3}]}]},
    ],
}
WHO = {"name": "who", "type": 1, "options": [{"name": "person", "type": 6}, {"name": "role", "type": 8}]}
COMMANDS: list[dict[str, Any]] = [POSTER, SEARCH, DAYS, LIVE, WHO, {"name": "now", "type": 1}]
WORLD = make_world()


def options(text: str, *, partly: bool = False) -> dict[str, Any]:
    spoken = read(text, COMMANDS, WORLD, WORLD.guild, partly=partly)
    return {option["name"]: option["value"] for option in spoken.options}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/now", {}),
        ("/poster title:reversible solver", {"title": "reversible solver"}),
        ("/poster reversible solver", {"title": "reversible solver"}),
        ("/poster reversible solver page:2", {"title": "reversible solver", "page": 2}),
        ("/poster page:2 title:a  b", {"page": 2, "title": "a  b"}),
        ("/poster title: What: a study", {"title": "What: a study"}),
        ("/poster title:at 09:30 see https://x.org", {"title": "at 09:30 see https://x.org"}),
        ("/search", {}),
        ("/schedule first DAY", {"day": 1}),
        ("/schedule day:1", {"day": 1}),
        ("/live delay session:x loud:yes", {"session": "x", "loud": True}),
        ("/live show room name:Hall B", {"name": "Hall B"}),
        ("/who person:author role:organizer", {"person": "ID", "role": "ID"}),
    ],
)
def test_options_are_read(text: str, expected: dict[str, Any]) -> None:
    got = options(text)
    ids = {str(WORLD.person("author").id), *(str(role) for role in WORLD.guild.roles)}
    assert {name: "ID" if value in ids else value for name, value in got.items()} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "A command starts with a slash: 'now' does not."),
        ("/postr x", "There is no command '/postr'. The nearest is '/poster'."),
        ("/poster", "/poster needs title: ()."),
        ("/poster title: page:2", "/poster needs title: ()."),
        ("/poster titel:x", "There is no option 'titel'. The nearest is 'title'."),
        ("/poster title:x pgae:2", "There is no option 'pgae'. The nearest is 'page'."),
        ("/poster title:x page:two", "page must be a number, not 'two'."),
        ("/poster title:x page:0", "page is out of bounds: 0."),
        ("/search " + "x" * 21, "text must have 0 to 20 characters; it has 21."),
        ("/schedule day:third", "There is no choice for day 'third'. There are: First day."),
        ("/live dealy session:x", "There is no part of /live 'dealy'. The nearest is 'delay'."),
        ("/live delay session:x loud:perhaps", "loud must be true or false, not 'perhaps'."),
        ("/who person:authr", "There is no value for person 'authr'. The nearest is 'author'."),
        ("/now then", "This command takes no options, but got 'then'."),
    ],
)
def test_what_cannot_be_read_names_the_nearest(text: str, expected: str) -> None:
    with pytest.raises(CommandTextError) as refused:
        options(text)
    assert str(refused.value) == expected


def test_unfinished_text_needs_no_required_options() -> None:
    assert options("/poster page:2", partly=True) == {"page": 2}


def test_subcommands_wrap_their_options_and_mark_the_focused_one() -> None:
    spoken = read("/live show room name:Ha", COMMANDS, WORLD, WORLD.guild)
    assert spoken.data(focused="name") == {
        "name": "live",
        "type": 1,
        "options": [
            {
                "name": "show",
                "type": 2,
                "options": [
                    {
                        "name": "room",
                        "type": 1,
                        "options": [{"name": "name", "type": 3, "value": "Ha", "focused": True}],
                    }
                ],
            }
        ],
    }
