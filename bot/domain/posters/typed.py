"""What people type in a poster's thread, and what it counts as."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import Enum, auto

from msgspec import Struct

from bot.domain.posters.asking import asks
from bot.domain.posters.limits import has_words

#: How long after it was typed a message may become a question by an edit. Later ones are other corrections.
_CORRECTED = timedelta(minutes=10)


class Typed(Struct, frozen=True):
    """``text`` is cleaned, without what addresses the bot; ``addressed``: something did.

    ``replies_to`` is the id of the message that it is a reply to; ``mentioned`` are the people whom it notified.
    """

    text: str
    addressed: bool = False
    replies_to: int | None = None
    mentioned: tuple[int, ...] = ()


class Counts(Enum):
    """What something typed counts as. Everything else is left alone, and stays what it is: a message."""

    QUESTION = auto()
    ANSWER = auto()
    NOTHING = auto()


def counts_as(said: Typed, *, by_author: bool, to_question: bool) -> Counts:
    """``by_author``: one of the poster's typed it; ``to_question``: it is a reply to a question, or to its answer."""
    if by_author:
        # "Any questions?" of theirs asks nothing.
        return Counts.ANSWER if to_question else Counts.NOTHING
    if asks(said.text) or (said.addressed and has_words(said.text)):
        return Counts.QUESTION
    return Counts.NOTHING


def gone_from(history: Collection[int], typed: Iterable[int], *, whole: bool) -> list[int]:
    """Which of the ``typed`` messages stand in a thread no more; all are ids.

    ``history`` are those that stand there, from the oldest of ``typed`` on; unless it is the ``whole`` of them, nothing
    is known of what comes after its last. An empty one says nothing: that is what Discord shows to who may not read it.
    """
    last = max(history, default=0)
    return [one for one in typed if one not in history and (one < last or (whole and bool(history)))]


def is_correction(written: datetime, edited: datetime) -> bool:
    """Whether an edit may still make something of a message that counted as nothing. Both in UTC."""
    return edited - written <= _CORRECTED
