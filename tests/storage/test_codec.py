"""What is stored comes back equal."""

from bot.storage import codec
from tests.chat.samples import program
from tests.large_event import large_event


def test_decode_undoes_encode_for_a_small_programme() -> None:
    assert codec.decode(codec.encode(program())) == program()


def test_decode_undoes_encode_with_every_field_filled() -> None:
    large = large_event(posters=60, sessions=20, speakers=30)
    assert codec.decode(codec.encode(large)) == large
