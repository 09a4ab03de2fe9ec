"""How often people may share."""

import pytest

from bot.chat.sharing import PER_CHANNEL, PER_PERSON, ShareLimits
from bot.domain.errors import UsherError
from tests.chat.samples import at


def test_a_person_shares_a_few_times_a_minute() -> None:
    limits = ShareLimits()
    for _ in range(PER_PERSON):
        limits.take(1, 10, at(0))
    with pytest.raises(UsherError, match=r"You have shared several answers here just now\. Try again in 61 s\."):
        limits.take(1, 11, at(0))
    limits.take(2, 10, at(0))
    limits.take(1, 10, at(1))


def test_a_channel_takes_only_so_many() -> None:
    limits = ShareLimits()
    for person in range(PER_CHANNEL):
        limits.take(person, 10, at(0))
    with pytest.raises(UsherError, match="People have shared"):
        limits.take(99, 10, at(0))
    limits.take(99, 11, at(0))


def test_a_refusal_counts_for_nothing() -> None:
    limits = ShareLimits()
    for _ in range(PER_PERSON):
        limits.take(1, 10, at(0))
    for _ in range(5):
        with pytest.raises(UsherError):
            limits.take(1, 10, at(0))
    limits.take(1, 10, at(1))
