"""What somebody wrote about a question and could not be taken: it is kept, and given back to be changed."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """REWRITE: other words for a question of theirs; ANSWER: to a question. The values stand in the database and are
    never changed.
    """

    REWRITE = "rewrite"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Kept:
    """``named``: whether whoever asked wanted to be named then; an answer always is."""

    text: str
    named: bool = True
