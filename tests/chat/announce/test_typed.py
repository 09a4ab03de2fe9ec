"""What the form shows when it is opened again is read as the same."""

import pytest

from bot.chat.announce.typed import repeat_typed, when_typed
from bot.domain.announce.typed_when import repeat_of, when_of
from tests.chat.samples import event, program
from tests.domain.announce.test_typed_time import BY_SESSION, LUNCH, NOW, TALK, ZONE, find


@pytest.mark.parametrize("typed", [*BY_SESSION, "2025-04-28 15:00"])
def test_what_the_form_shows_again_is_read_as_the_same(typed: str) -> None:
    meant = when_of(typed, ZONE, find, NOW)
    programme = program(event=event(zone=ZONE.key), sessions=(TALK, LUNCH))
    assert when_of(when_typed(meant, programme), ZONE, find, NOW) == meant


@pytest.mark.parametrize("typed", ["", "3 times every 20 minutes", "every 30 minutes until 14:00"])
def test_how_often_is_read_again_as_the_same(typed: str) -> None:
    meant = repeat_of(typed, ZONE, NOW, NOW)
    assert repeat_of(repeat_typed(meant, ZONE), ZONE, NOW, NOW) == meant
