"""What one author of posters is told: a question, what is unanswered, and whether they are at their board."""

from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification, lines_within
from bot.chat.render.notices.posters import quoted, who_asked
from bot.chat.render.text import clip, count, line, stamp, venue_time
from bot.domain.posters.question import Question, State
from bot.domain.program import Poster
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.posters.said import poster_of

_MINE = Button("All my questions", Lookup("waiting"))
_ANSWERS_MOST, _SHORT = 4, 200
#: What is said to one author. It hangs on whether they are one, not on the programme.
OF_AUTHORS = frozenset(
    {NoticeKind.AUTHOR_ASKED, NoticeKind.AUTHOR_DIGEST, NoticeKind.AUTHOR_BOARD, NoticeKind.AUTHOR_NAMED}
)
#: Beside the title of the poster, and who asked.
_TEXT_MOST = CONTENT_MOST - 350


def asked(context: Context) -> Notification | None:
    """A question about a poster of theirs. None where it needs no answer any more before it was told."""
    found, view = context.besides.question, context.besides.author
    if found is None or view is None or (found.state is not State.OPEN and not view.told):
        return None
    if not found.is_shown:
        gone = "withdrawn by whoever asked it" if found.state is State.WITHDRAWN else "hidden by the organizers"
        return Notification(f"~~Question {found.number} about {_title(context, found, 80)}~~ was {gone}.", (_MINE,))
    mark, more = ("✅", " It has an answer.") if found.state is State.ANSWERED else ("❓", "")
    text = clip(quoted(found.text), _TEXT_MOST)
    return Notification(
        f"{mark} **Question {found.number} about {_title(context, found, 80)}**\n{text}\n"
        f"-# Asked by {who_asked(found)}.{more} Press Answer: what you type here is not read. Everybody can read your "
        "answer.",
        (Button("Answer", Lookup("answer", (str(found.id),)), main=True), _MINE),
    )


def digest(context: Context) -> Notification | None:
    """What nobody has answered yet. None where there is nothing."""
    view = context.besides.author
    if view is None or not view.waiting:
        return None
    number = len(view.waiting)
    verb = "has" if number == 1 else "have"
    rows = [
        f"**{found.number}** · {count(found.votes, 'upvote')} · {_title(context, found, 80)}\n{quoted(_clipped(found))}"
        for found in view.waiting
    ]
    first = f"❓ **{count(number, 'question')} about your posters {verb} no answer yet**"
    answering = (
        Button(f"Answer {found.number}", Lookup("answer", (str(found.id),))) for found in view.waiting[:_ANSWERS_MOST]
    )
    return _to(context, lines_within(first, rows, more="/author questions"), (*answering, _MINE))


def board(context: Context) -> Notification | None:
    """Whether they are at their board. None where they said so already, or there is no session to come to."""
    view, session = context.besides.author, context.program.session_by_id.get(context.facts.ids[0])
    if view is None or view.is_there or session is None or session.cancelled or session.end <= context.now:
        return None
    posters = [
        context.program.poster_by_id[name]
        for name in view.posters
        if name in context.program.poster_by_id
        and session in context.program.sessions_of(context.program.poster_by_id[name])
    ]
    if not posters:
        return None
    room = lines.room_name(context.program, session)
    where = f" · {room}" if room else ""
    verb = "starts" if context.now < session.start else "started"
    clock = venue_time(session.start, context.program.event.tz)
    rows = [
        f"✋ **Are you at your board?** {line(session.title, 120)} {verb} {stamp(session.start, 'R')}{where} · "
        f"{stamp(session.start)} (venue {clock})",
        *(f"- {_board(poster)}{line(poster.title, 120)}" for poster in posters[:3]),
        "Press the button when you are, and attendees see it.",
    ]
    here = Button("I am at my board", Lookup("here", (short(session.id),)))
    return _to(context, "\n".join(rows), (here, _MINE))


def named(context: Context) -> Notification | None:
    """An organizer named them an author. None where that was taken back."""
    found = context.program.poster_by_id.get(context.facts.ids[0])
    if found is None or context.besides.author is None:
        return None
    waiting = context.besides.author.unanswered
    rows = [
        f"📌 **You are an author of {line(found.title, 150)}** at {line(context.program.event.short_name, 60)}, "
        "an organizer says.",
        *([wait_for_you(waiting, _MINE.label)] if waiting else []),
        "Questions about it come here, and you answer them with a button. /author settings changes when and where. "
        "If this is a mistake, tell an organizer.",
    ]
    return Notification("\n".join(rows), (_MINE,))


def wait_for_you(number: int, button: str) -> str:
    """So many questions were asked before somebody became an author; the ``button`` of this label shows them."""
    them = "it" if number == 1 else "them"
    return f"❓ **{count(number, 'question waits', 'questions wait')} for your answer.** Press {button} to see {them}."


def taken_back(context: Context) -> Notification:
    """What stands in place of a message to somebody who is no author any more, such as one who deleted their data."""
    to = _MINE if context.direct else Button("All questions", Lookup("questions", (short(poster_of(context.place)),)))
    return Notification("~~A message to one of the authors~~ was taken back.", (to,))


def author_meant(place: str, facts: Facts) -> int:
    """The id of the one author whom a message is for: in a direct one its place is theirs, in a thread it is named."""
    return int(place) if place.isdecimal() else int(facts.ids[-1])


def _to(context: Context, content: str, buttons: tuple[Button, ...]) -> Notification:
    """Directly, or in a thread with a mention of the author."""
    if context.direct:
        return Notification(content, buttons)
    author = author_meant(context.place, context.facts)
    return Notification(f"{content}\n-# For <@{author}>", buttons, people=(author,))


def _title(context: Context, found: Question, most: int) -> str:
    poster = context.program.poster_by_id.get(found.poster_id)
    return line(poster.title, most) if poster else "a poster that is no longer in the programme"


def _clipped(found: Question) -> str:
    return clip(" ".join(found.text.split()), _SHORT)


def _board(poster: Poster) -> str:
    return f"Board {line(poster.board, 40)} · " if poster.board else ""
