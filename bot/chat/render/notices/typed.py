"""What somebody is told below a message of theirs in a poster's thread that was not taken up."""

from bot.actions.posters.hint import About
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Button
from bot.chat.render.notices.message import Context, Notification
from bot.chat.render.text import line
from bot.domain.posters.limits import KEPT_MOST, LATELY

#: The names of the commands in a message's menu.
COLLECT, MARK = "Collect as question", "Mark as answer"
_UNREAD = "I cannot read what is typed here."
_MENU = "press and hold your message (on a computer: right-click it), then **Apps**,"


def hint(context: Context) -> Notification | None:
    """A reply to what was typed; None where that stands in a thread that is no more."""
    if context.direct:
        return _stopped(context)
    poster_id, message_id = context.facts.ids
    if not context.besides.typed_there(int(message_id)):
        return None
    key = (short(poster_id),)
    match context.facts.why:
        case About.KEPT:
            content = (
                "This was not taken up as a question yet. It is kept for you: edit it under My questions and ask it "
                "again."
            )
            buttons = (Button("My questions", Lookup("mine")),)
        case About.FULL:
            content = (
                f"This was not taken up as a question, and it is not kept: {KEPT_MOST} of yours are kept already. Edit "
                f"those under My questions, and ask this one in {LATELY.seconds // 60} min."
            )
            buttons = (Button("My questions", Lookup("mine")),)
        case About.EARLY:
            content = (
                "This does not count as an answer yet: the question above is not asked. Whoever typed it has to change "
                f"it first. Once it has a number, reply again, or {_MENU} **{MARK}**."
            )
            buttons = (Button("Questions", Lookup("questions", key)),)
        case About.AUTHOR:
            content = f"{_UNREAD}\nIs it an answer? Press **Answer** below the question. Or {_MENU} **{MARK}**."
            buttons = (Button("Questions", Lookup("questions", key)),)
        case _:
            content = f"{_UNREAD}\nIs it a question? Press **Ask a question**. Or {_MENU} **{COLLECT}**."
            buttons = (Button("Ask a question", Lookup("ask", key)),)
    return Notification(content, buttons, replies_to=int(message_id))


def _stopped(context: Context) -> Notification | None:
    """To whoever was stopped alone; None where they may ask again."""
    why = context.besides.stopped
    if why is None:
        return None
    poster = context.program.poster_by_id.get(context.facts.ids[0])
    about = f" about {line(poster.title, 80)}" if poster else ""
    return Notification(
        f"**What you typed{about} was not taken up**\n{why}\n"
        "-# Your message stands in the thread as it is. Only you are told this.",
        (Button("My questions", Lookup("mine")),),
    )
