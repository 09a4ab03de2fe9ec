"""Who did what, when, and with what outcome: one entry of the audit trail, as a value."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class ActKind(StrEnum):
    """What was done or tried. The values stand in the database and are never changed.

    The SEE ones are only written down where they were refused or failed: to look is no act. All others have their words
    in ``chat.render.audit``.
    """

    CHANGE_SESSION = "change_session"
    CHANGE_MODE = "change_mode"
    ANNOUNCE = "announce"
    PAUSE = "pause"
    RESUME = "resume"
    CALL_OFF = "call_off"
    CORRECT = "correct"
    RESEND = "resend"
    PUBLISH = "publish"
    RETRY = "retry"
    SETUP = "setup"
    OPEN_POSTERS = "open_posters"
    HIDE = "hide"
    RESTORE = "restore"
    DELETE_TYPED = "delete_typed"
    STOP_ASKING = "stop_asking"
    ALLOW_ASKING = "allow_asking"
    ASKED_WHO = "asked_who"
    EXPORT_QUESTIONS = "export_questions"
    READ_CASE = "read_case"
    ASSIGN_CASE = "assign_case"
    WRITE_IN_CASE = "write_in_case"
    CLOSE_CASE = "close_case"
    EXPORT_CASE = "export_case"
    JOIN_COMMITTEE = "join_committee"
    LEAVE_COMMITTEE = "leave_committee"
    SEE_CASES = "see_cases"
    SEE_DELIVERIES = "see_deliveries"
    SEE_AUDIT = "see_audit"
    SEE_UNANSWERED = "see_unanswered"
    AUTHOR_CODES = "author_codes"
    ASSIGN_AUTHOR = "assign_author"
    REMOVE_AUTHOR = "remove_author"
    SEE_AUTHORS = "see_authors"


#: Acts on cases of the conduct committee, which nobody else reads of.
CASE_ACTS = frozenset(
    {ActKind.READ_CASE, ActKind.ASSIGN_CASE, ActKind.WRITE_IN_CASE, ActKind.CLOSE_CASE, ActKind.EXPORT_CASE}
)


class By(Struct, frozen=True):
    """Who does something: a person's id, the interaction by which they do it, and when (UTC)."""

    user: int
    act: int
    at: datetime


class Outcome(StrEnum):
    """REFUSED: the person had no right to it. FAILED: a fault of the bot kept it from being done."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Entry(Struct, frozen=True):
    """One act in a server. ``at`` is a UTC instant; ``actor`` a person's id, None where nobody in the server did it.

    ``about`` is what it was done to, or for what did not happen how it was tried; ``detail`` is what differs by it
    (old → new), and why. Both are plain words as they were true then, for organizers' eyes. Nothing of what people
    keep or say privately goes in.
    """

    at: datetime
    actor: int | None
    act: ActKind
    about: str
    outcome: Outcome = Outcome.DONE
    detail: str = ""


def person(by: str) -> int | None:
    """The id of the person that ``by`` names; None where it names a program or a folder."""
    return int(by) if by.isdecimal() else None
