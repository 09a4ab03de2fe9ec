"""Claim codes: how they are typed, and how often."""

from datetime import timedelta

import pytest

from bot.domain.posters.claim import ALPHABET, LENGTH, TRIES_MOST, shown, typed, wait_of
from tests.chat.samples import at


def test_the_alphabet_holds_nothing_that_looks_alike() -> None:
    assert set("0O1I") & set(ALPHABET) == set()
    assert len(set(ALPHABET)) == len(ALPHABET) == 32


@pytest.mark.parametrize("text", ["ABCD-EFGH", "abcd efgh", " AbCdEfGh ", "ABCD–EFGH", "`ABCDEFGH`"])
def test_a_code_may_be_typed_in_any_way(text: str) -> None:
    assert typed(text) == "ABCDEFGH"
    assert len(typed(text)) == LENGTH
    assert typed(shown(typed(text))) == "ABCDEFGH"


def test_a_few_wrong_codes_are_free_and_then_one_waits() -> None:
    tries = [at(minute) for minute in range(TRIES_MOST)]
    assert wait_of(tries[:-1], at(5)) is None
    assert wait_of(tries, at(5)) == timedelta(minutes=5)
    assert wait_of(tries, at(10)) is None
