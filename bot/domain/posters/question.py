"""A question about a poster, and its answers, as values."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class State(StrEnum):
    """What became of a question. The values stand in the database and are never changed.

    DRAFT: it was written and not asked yet. WITHDRAWN by whoever asked it, HIDDEN by an organizer.
    """

    DRAFT = "draft"
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


#: What everybody may read, vote for and answer.
SHOWN = frozenset({State.OPEN, State.ANSWERED})


class Question(Struct, frozen=True):
    """``number`` is the server's own count of questions, None for a draft. ``asked_at`` is a UTC instant.

    ``asker`` is the id of whoever asked, None once nobody may know. Unless it is ``named``, only organizers are shown
    it. ``message_id`` is the message in which it was typed, None where it came by a form.
    """

    id: int
    guild_id: int
    poster_id: str
    number: int | None
    asker: int | None
    named: bool
    text: str
    state: State
    votes: int
    asked_at: datetime
    message_id: int | None = None

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN

    @property
    def public_asker(self) -> int | None:
        """Whose name everybody may see; None for nobody's."""
        return self.asker if self.named else None


class Answer(Struct, frozen=True):
    """``author`` is the id of whoever gave it, None once nobody may know. ``given_at`` is a UTC instant.

    ``message_id`` is the message in which it was typed, None where it came by a form. Of one that was ``taken_back``
    nothing is left but its place among the others.
    """

    id: int
    question: int
    author: int | None
    text: str
    hidden: bool
    given_at: datetime
    message_id: int | None = None
    taken_back: bool = False

    @property
    def is_shown(self) -> bool:
        return not (self.hidden or self.taken_back)
