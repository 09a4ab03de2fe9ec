"""Whose agenda is meant in a direct message."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.chat.home import home_of, is_about
from bot.domain.errors import UsherError


def interaction(guild_id: int | None, *guilds: int) -> Any:
    """What of an interaction says where it happened, and in which servers the bot is."""
    client = SimpleNamespace(guilds=[SimpleNamespace(id=guild) for guild in guilds])
    return SimpleNamespace(guild_id=guild_id, client=client, extras={})


@pytest.mark.parametrize(("guild_id", "guilds", "home"), [(2, (1, 2), 2), (None, (7,), 7)])
def test_home_is_the_server_where_they_are_or_the_only_one(
    guild_id: int | None, guilds: tuple[int, ...], home: int
) -> None:
    assert home_of(interaction(guild_id, *guilds)) == home


@pytest.mark.parametrize("guilds", [(), (1, 2)])
def test_home_is_asked_for_in_a_direct_message_where_it_is_not_clear(guilds: tuple[int, ...]) -> None:
    said = "Your agenda, reminders and settings are kept for each server .* Do this in the server you mean"
    with pytest.raises(UsherError, match=said):
        home_of(interaction(None, *guilds))


def test_home_of_a_press_below_a_direct_message_is_the_server_it_came_from() -> None:
    pressed = interaction(None, 1, 2)
    is_about(pressed, 2)
    assert home_of(pressed) == 2
