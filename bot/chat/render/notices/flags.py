"""What people report about questions, for the organizers."""

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification
from bot.chat.render.notices.posters import quoted
from bot.chat.render.text import clip, line

#: What the buttons of a report do, each with the question's id.
OPEN_FLAGGED, HIDE_FLAGGED = "qa-open", "qa-hide"
_TEXT_MOST = 500


def flag(context: Context) -> Notification | None:
    """Which question, why, and what it says. Who reported it is named only where they want it."""
    question, found = context.besides.question, context.besides.flag
    if question is None or found is None:
        return None
    who = f" by <@{found.by}>" if found.by is not None else ""
    poster = context.program.poster_by_id.get(question.poster_id)
    rows = [f"🚩 **Question {question.number} was reported**{who}: {line(found.why, 300)}"]
    if poster is not None:
        rows.append(f"About **{line(poster.title, 150)}**")
    key = (str(question.id),)
    if not question.is_shown:
        return Notification(
            "\n".join([*rows, "It is not shown any more."]), (Button("Open", Lookup(OPEN_FLAGGED, key)),)
        )
    rows.append(quoted(clip(" ".join(question.text.split()), _TEXT_MOST)))
    return Notification(
        clip("\n".join(rows), CONTENT_MOST),
        (Button("Open", Lookup(OPEN_FLAGGED, key)), Button("Hide", Lookup(HIDE_FLAGGED, key))),
    )
