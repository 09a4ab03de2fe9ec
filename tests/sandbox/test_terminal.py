"""A message as a terminal shows it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.sandbox.terminal import as_text, plain

from .live import make_world

NOW = datetime(2025, 4, 28, 16, 20, tzinfo=UTC)
VANCOUVER = ZoneInfo("America/Vancouver")


def shown(text: str) -> str:
    return plain(text, zone=VANCOUVER, now=NOW)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("## **Now**: Talk", "Now: Talk"),
        ("-# small\n### Heading", "small\nHeading"),
        (r"\*not bold\* \_x\_ 1\. a\.b", "*not bold* _x_ 1. a.b"),
        ("[PDF](https://x.example/a)", "PDF <https://x.example/a>"),
        (r"[a\]b](https://x.example)", "a]b <https://x.example>"),
        (f"~~<t:{int(NOW.timestamp())}:D>~~", "~~28 April 2025~~"),
        (f"<t:{int(NOW.timestamp())}:t>", "09:20"),
        ("@\u200beveryone", "@everyone"),
    ],
)
def test_plain_shows_what_a_reader_would_read(text: str, read: str) -> None:
    assert shown(text) == read


def test_mentions_are_read_as_names_where_they_are_known() -> None:
    world = make_world()
    role = next(role for role in world.guild.roles.values() if role.name == "speaker")
    person, channel = world.person("attendee"), world.channel_named("general")
    message = {"content": f"<@&{role.id}> <@{person.id}> <@!{person.id}> <#{channel.id}> <@&404>"}
    read = as_text(message, zone=VANCOUVER, now=NOW, names=world.names())
    assert read == "@speaker @attendee @attendee #general <@&404>"
    assert as_text(message, zone=VANCOUVER, now=NOW) == message["content"]


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(seconds=20), "in 20 seconds"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=30), "in 30 minutes"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(days=40), "in 1 month"),
        (timedelta(days=800), "in 2 years"),
    ],
)
def test_relative_times_use_the_largest_unit(away: timedelta, words: str) -> None:
    assert shown(f"<t:{int((NOW + away).timestamp())}:R>") == words


def test_components_are_listed_in_order_with_controls_in_brackets() -> None:
    message: dict[str, Any] = {
        "content": "",
        "components": [
            {
                "type": 17,
                "components": [{"type": 10, "content": "Text"}, {"type": 14}, {"type": 10, "content": "More"}],
            },
            {"type": 1, "components": [{"type": 3, "placeholder": "Open", "options": [{}, {}]}]},
            {
                "type": 1,
                "components": [
                    {"type": 2, "label": "Back", "disabled": True},
                    {"type": 2, "label": "Next"},
                    {"type": 2, "label": "Site", "url": "https://x.example"},
                ],
            },
        ],
    }
    assert as_text(message, zone=VANCOUVER, now=NOW).splitlines() == [
        "Text",
        "─" * 40,
        "More",
        "[Open ▾ 2]",
        "(Back)  [Next]  [Site: https://x.example]",
    ]
