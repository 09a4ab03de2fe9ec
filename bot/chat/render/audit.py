"""An act as organizers read it: one line, the same in their channel and in /audit."""

from collections.abc import Mapping

from bot.chat.lookup import Lookup
from bot.chat.render.text import line
from bot.domain.audit import ActKind, Entry, Outcome

AUDIT = Lookup("audit")
#: A kind of act -> what a person did, and what was done where nobody in the server did it.
WORDS: Mapping[ActKind, tuple[str, str]] = {
    ActKind.CHANGE_SESSION: ("changed", "was changed"),
    ActKind.CHANGE_MODE: ("changed how people attend", "is attended in another way"),
    ActKind.ANNOUNCE: ("announced", "was announced"),
    ActKind.PAUSE: ("paused the announcement", "was paused"),
    ActKind.RESUME: ("let the announcement go on:", "goes on"),
    ActKind.CALL_OFF: ("cancelled the announcement", "was cancelled"),
    ActKind.CORRECT: ("corrected the announcement", "was corrected"),
    ActKind.RESEND: ("sent again, where it failed:", "was sent again"),
    ActKind.PUBLISH: ("published", "was published"),
    ActKind.RETRY: ("tried again", "was tried again"),
    ActKind.SETUP: ("set up", "was set up"),
    ActKind.OPEN_POSTERS: ("let open", "were opened"),
    ActKind.HIDE: ("hid", "was hidden"),
    ActKind.RESTORE: ("brought back", "was brought back"),
    ActKind.DELETE_TYPED: ("deleted the message typed as", "had its message deleted"),
    ActKind.STOP_ASKING: ("stopped the questions of", "may not ask any more"),
    ActKind.ALLOW_ASKING: ("again allowed the questions of", "may ask again"),
    ActKind.ASKED_WHO: ("looked up who asked", "had its asker looked up"),
    ActKind.EXPORT_QUESTIONS: ("exported", "was exported"),
    ActKind.AUTHOR_CODES: ("handed out", "were handed out"),
    ActKind.ASSIGN_AUTHOR: ("named an author of", "has a new author"),
    ActKind.REMOVE_AUTHOR: ("took back an author of", "has an author less"),
    ActKind.READ_CASE: ("acknowledged", "was acknowledged"),
    ActKind.ASSIGN_CASE: ("assigned", "was assigned"),
    ActKind.WRITE_IN_CASE: ("wrote to whoever reported", "was written about"),
    ActKind.CLOSE_CASE: ("closed", "was closed"),
    ActKind.EXPORT_CASE: ("exported", "was exported"),
    ActKind.JOIN_COMMITTEE: ("put on the conduct committee:", "came to the conduct committee"),
    ActKind.LEAVE_COMMITTEE: ("took off the conduct committee:", "left the conduct committee"),
}
_MARKS = {Outcome.DONE: "📝", Outcome.REFUSED: "🚫", Outcome.FAILED: "⚠️"}
_ABOUT_MOST, _DETAIL_MOST = 100, 300


def act_line(entry: Entry) -> str:
    """Who did what, and what came of it. Who is mentioned is named, and not notified."""
    who = f"<@{entry.actor}>" if entry.actor is not None else "Somebody"
    about, detail = line(entry.about, _ABOUT_MOST), line(entry.detail, _DETAIL_MOST)
    match entry.outcome:
        case Outcome.REFUSED:
            said = f"{who} tried {about}, without the right to do that. It was refused"
        case Outcome.FAILED:
            said = f"{who} tried {about}, and the bot failed"
        case Outcome.DONE:
            did, was_done = WORDS.get(entry.act, ("did", "was done"))
            said = f"**{about}** {was_done}" if entry.actor is None else f"{who} {did} **{about}**"
    return f"{_MARKS[entry.outcome]} {said}" + (f": {detail}" if detail else ".")
