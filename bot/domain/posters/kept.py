"""What somebody wrote about a question and could not be taken: it is kept, and given back to be changed."""

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """REWRITE: other words for a question of theirs; ANSWER: to a question. The values stand in the database and are
    never changed.
    """

    REWRITE = "rewrite"
    ANSWER = "answer"


class Kept(Struct, frozen=True):
    """``named``: whether whoever asked wanted to be named then; an answer always is."""

    text: str
    named: bool = True
