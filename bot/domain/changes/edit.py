"""What an organizer changed on the day, over whatever the files say."""

from msgspec import Struct

from bot.domain.changes.change import Field


class Edit(Struct, frozen=True):
    """One live edit of a session: ``field`` is TIME, ROOM, CANCELLED, MODE or JOINING; values as in ``Change``, only
    that JOINING holds the links themselves (see ``written.links_text``). Of the event (``session`` is then EVENT) only
    MODE and JOINING can be edited.

    ``base`` is what the files said when it was made. Where they say something else by now, an organizer and the files
    disagree: a conflict, in which the edit stays in force.
    """

    session: str
    field: Field
    value: str | None
    base: str | None
    why: str | None = None
