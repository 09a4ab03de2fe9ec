"""What stands in a poster's thread: the poster itself, the questions about it, and their answers."""

from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification
from bot.chat.render.text import clip, esc, line, listing, plain, stamp
from bot.domain.agenda import StarKind
from bot.domain.posters.question import Question, State
from bot.domain.program import Poster

#: Discord: characters of a thread's name.
_NAME_MOST = 100
_ABSTRACT_MOST = 700
#: What the lines around a question leave of a message: twice the longest text, all of it escaped.
_TEXT_MOST = CONTENT_MOST - 170
_NAMED_MOST = 3
_LINKS_MOST = 4


def poster(context: Context) -> Notification | None:
    """What the post of a poster begins with: who, what, where and when, and what can be done."""
    found = context.program.poster_by_id.get(context.facts.ids[0])
    if found is None:
        return None
    rows = [f"📌 **{line(found.title, 250)}**", lines.authors(found, most=12), *_where(context, found)]
    if found.award:
        rows.append(f"🏆 {line(found.award, 80)}")
    if found.links:
        rows.append(lines.links(found.links, _LINKS_MOST))
    if found.abstract:
        rows.append(f"\n{esc(clip(' '.join(found.abstract.split()), _ABSTRACT_MOST))}")
    rows.append("\nAsk the authors here. They are told, and so are you when they answer.")
    topics = [context.program.topic_by_id[topic] for topic in found.topics if topic in context.program.topic_by_id]
    key = (short(found.id),)
    return Notification(
        clip("\n".join(rows), CONTENT_MOST),
        (
            Button("Ask a question", Lookup("ask", key)),
            Button("Questions", Lookup("questions", key)),
            Button("Add to my agenda", Lookup("star", (StarKind.POSTER, *key))),
            Button("I was here", Lookup("visit", key)),
        ),
        title=plain(found.title, _NAME_MOST),
        tags=tuple(plain(topic.short, 20) for topic in topics[:5]),
    )


def _where(context: Context, found: Poster) -> list[str]:
    board = f"Board {line(found.board, 40)}" if found.board else f"Board {lines.TO_BE_ANNOUNCED}"
    sessions = context.program.sessions_of(found)[:3]
    zone = context.program.event.tz
    times = [f"{stamp(item.start, 'D')} {lines.span(item.start, item.end, zone)}" for item in sessions]
    return [" · ".join([board, *times])]


def question(context: Context) -> Notification | None:
    """One question: what is asked, by whom as far as everybody may know, and whether it was answered."""
    found = context.besides.question
    if found is None:
        return None
    number, more = f"Question {found.number}", Button("All questions", Lookup("questions", (short(found.poster_id),)))
    if found.state is State.WITHDRAWN:
        return Notification(f"~~{number}~~ was withdrawn by whoever asked it.", (more,))
    if found.state is State.HIDDEN:
        return Notification(f"~~{number}~~ was hidden by the organizers.", (more,))
    text = _text(found)
    mark = "✅" if found.state is State.ANSWERED else "❓"
    small = [f"Asked by {who_asked(found)}"]
    if context.besides.answers:
        small.append(f"answered by {listing(_authors(context))}")
    return Notification(
        f"{mark} **{number}:** {text}\n-# {' · '.join(small)}",
        (
            Button(f"Upvote · {found.votes}", Lookup("vote", (str(found.id),))),
            Button("Answer", Lookup("answer", (str(found.id),))),
            more,
            Button("Report", Lookup("flag", (str(found.id),))),
        ),
    )


def answer(context: Context) -> Notification | None:
    """An answer, below its question. Whoever asked with their name is notified by it."""
    asked = context.besides.question
    given = next((one for one in context.besides.answers if str(one.id) == context.facts.ids[1]), None)
    if asked is not None and int(context.facts.ids[1]) in context.besides.hidden:
        more = Button("All questions", Lookup("questions", (short(asked.poster_id),)))
        return Notification(f"~~An answer to question {asked.number}~~ was hidden by the organizers.", (more,))
    if asked is None or given is None:
        return None
    who = f"<@{given.author}>" if given.author is not None else "an author"
    told = asked.public_asker
    rows = [f"💬 **Answer to question {asked.number}** by {who}:", quoted(given.text)]
    if told is not None and told != given.author:
        rows.append(f"-# For <@{told}>")
    key = (str(asked.id),)
    return Notification(
        clip("\n".join(rows), CONTENT_MOST),
        (Button("Answer, too", Lookup("answer", key)),),
        people=(told,) if told is not None and told != given.author else (),
        answers=context.besides.asked_by_row,
    )


def who_asked(found: Question) -> str:
    """As everybody may know it."""
    return f"<@{found.public_asker}>" if found.public_asker is not None else "somebody"


def quoted(text: str) -> str:
    """Escaped, line by line, as Discord shows what somebody else said."""
    return "\n".join(f"> {esc(row)}" for row in text.splitlines() if row.strip())


def _text(found: Question) -> str:
    rows = [esc(row) for row in found.text.splitlines() if row.strip()]
    return clip("\n".join(rows), _TEXT_MOST)


def _authors(context: Context) -> list[str]:
    named = dict.fromkeys(one.author for one in context.besides.answers)
    shown = [f"<@{author}>" if author is not None else "an author" for author in named]
    return shown if len(shown) <= _NAMED_MOST else [*shown[:_NAMED_MOST], "others"]
