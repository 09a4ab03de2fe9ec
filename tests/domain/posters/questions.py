"""Questions and answers as plain values: factories for tests."""

from typing import Any

from bot.domain.posters.question import Answer, Question, State
from tests.chat.samples import at


def question(number: int, poster: str = "p1", **fields: Any) -> Question:
    values: dict[str, Any] = {
        "guild_id": 7,
        "poster_id": poster,
        "number": number,
        "asker": 100 + number,
        "named": True,
        "text": f"Why {number}?",
        "state": State.OPEN,
        "votes": 0,
        "asked_at": at(number),
        **fields,
    }
    return Question(id=1000 + number, **values)


def answer(number: int, of: int, **fields: Any) -> Answer:
    values: dict[str, Any] = {
        "author": 200,
        "text": f"Because {number}.",
        "hidden": False,
        "given_at": at(30),
        **fields,
    }
    return Answer(id=2000 + number, question=1000 + of, **values)
