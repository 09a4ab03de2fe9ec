"""What stands in a poster's thread: the poster itself, the questions about it, and their answers."""

from bot.chat.lookup import Lookup, short
from bot.chat.render import lines
from bot.chat.render.card import Button
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification
from bot.chat.render.text import clip, esc, line, listing, plain, stamp
from bot.domain.agenda import StarKind
from bot.domain.call import Topic
from bot.domain.posters.question import Answer, Question, State
from bot.domain.program import Poster
from bot.domain.reminders.notice import PINGED

#: Discord: characters of a thread's name.
_NAME_MOST = 100
#: Discord: tags of a post, and characters of a tag's name.
_TAGS_MOST, _TAG_MOST = 5, 20
_ABSTRACT_MOST = 700
_NAMED_MOST = 3
#: Characters around a question's text: its mark and number.
_AROUND = 40
_LINKS_MOST = 4
#: Characters of a typed question: enough to know it by.
_GIST_MOST = 100


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
        tags=tuple(map(tag_of, topics[:_TAGS_MOST])),
    )


def tag_of(topic: Topic) -> str:
    """What a topic is called as a tag of the forum."""
    return plain(topic.short, _TAG_MOST)


def _where(context: Context, found: Poster) -> list[str]:
    board = f"Board {line(found.board, 40)}" if found.board else f"Board {lines.TO_BE_ANNOUNCED}"
    sessions = context.program.sessions_of(found)[:3]
    zone = context.program.event.tz
    return [board, *(f"{stamp(item.start, 'D')} {lines.span(item.start, item.end, zone)}" for item in sessions)]


def question(context: Context) -> Notification | None:
    """One question: what is asked, by whom as far as everybody may know, and whether it was answered."""
    found = context.besides.question
    if found is None:
        return None
    number, more = f"Question {found.number}", _more(found)
    if found.state is State.WITHDRAWN:
        # A typed one is withdrawn with its message, which others may delete, too.
        who = " by whoever asked it" if found.message_id is None else ""
        return Notification(f"~~{number}~~ was withdrawn{who}.", (more,))
    if found.state is State.HIDDEN:
        return Notification(f"~~{number}~~ was hidden by the organizers.", (more,))
    # What was typed stands in full just above: this is a reply to it.
    typed = context.besides.typed_there(found.message_id)
    mark = "✅" if found.state is State.ANSWERED else "❓"
    small = [f"Asked by {who_asked(found)}"]
    if context.besides.answers:
        small.append(f"answered by {listing(_authors(context))}")
    if context.besides.mentioned:
        small.append(f"for {listing(_mentions(context.besides.mentioned))}")
    last = f"-# {' · '.join(small)}"
    text = line(found.text, _GIST_MOST) if typed else _text(found, CONTENT_MOST - len(last) - _AROUND)
    return Notification(
        f"{mark} **{number}:** {text}\n{last}",
        (
            Button(f"Upvote · {found.votes}", Lookup("vote", (str(found.id),))),
            Button("Answer", Lookup("answer", (str(found.id),))),
            Button("Report", Lookup("flag", (str(found.id),))),
        ),
        people=context.besides.mentioned,
        replies_to=found.message_id if typed else None,
    )


def answer(context: Context) -> Notification | None:
    """An answer, below its question. Whoever asked with their name is notified by it; without it, directly."""
    asked = context.besides.question
    given = next((one for one in context.besides.answers if str(one.id) == context.facts.ids[1]), None)
    if asked is None:
        return None
    if context.direct:
        return _answered(context, asked, given) if asked.is_shown else None
    if int(context.facts.ids[1]) in context.besides.hidden:
        return Notification(f"~~An answer to question {asked.number}~~ was hidden by the organizers.", (_more(asked),))
    if given is None:
        return Notification(f"~~Answer to question {asked.number}~~ was taken back.", (_more(asked),))
    who = f"<@{given.author}>" if given.author is not None else "an author"
    told = None if asked.public_asker == given.author or PINGED in context.facts.ids else asked.public_asker
    # What was typed stands in full just above: this is a reply to it.
    typed = context.besides.typed_there(given.message_id)
    rows = (
        [f"💬 **Question {asked.number}** was answered by {who}."]
        if typed
        else [f"💬 **Answer to question {asked.number}** by {who}:", quoted(given.text)]
    )
    if told is not None:
        rows.append(f"-# For <@{told}>")
    return Notification(
        clip("\n".join(rows), CONTENT_MOST),
        (Button("Answer, too", Lookup("answer", (str(asked.id),))) if asked.is_shown else _more(asked),),
        people=(told,) if told is not None else (),
        answers=context.besides.asked_by_row,
        replies_to=given.message_id if typed else None,
    )


def _more(found: Question) -> Button:
    return Button("All questions", Lookup("questions", (short(found.poster_id),)))


def _answered(context: Context, asked: Question, given: Answer | None) -> Notification | None:
    """To whoever asked without their name, in a direct message. None where it was gone before they were told of it."""
    poster = context.program.poster_by_id.get(asked.poster_id)
    about = f" about {line(poster.title, 80)}" if poster else ""
    to = Button("Open the question", Lookup("open", (str(asked.id),)))
    if given is None:
        by = "hidden by the organizers" if int(context.facts.ids[1]) in context.besides.hidden else "taken back"
        gone = Notification(f"~~An answer to your question {asked.number}{about}~~ was {by}.", (to,))
        return gone if context.besides.told else None
    return Notification(
        clip(
            f"💬 **Your question {asked.number}{about} has an answer**\n{quoted(given.text)}\n"
            f"-# You asked: {esc(clip(' '.join(asked.text.split()), 200))}",
            CONTENT_MOST,
        ),
        (to,),
    )


def _mentions(people: tuple[int, ...]) -> list[str]:
    return [f"<@{user_id}>" for user_id in people]


def who_asked(found: Question) -> str:
    """As everybody may know it."""
    return f"<@{found.public_asker}>" if found.public_asker is not None else "somebody"


def quoted(text: str) -> str:
    """Escaped, line by line, as Discord shows what somebody else said."""
    return "\n".join(f"> {esc(row)}" for row in text.splitlines() if row.strip())


def _text(found: Question, most: int) -> str:
    rows = [esc(row) for row in found.text.splitlines() if row.strip()]
    return clip("\n".join(rows), most)


def _authors(context: Context) -> list[str]:
    named = dict.fromkeys(one.author for one in context.besides.answers)
    shown = [f"<@{author}>" if author is not None else "an author" for author in named]
    return shown if len(shown) <= _NAMED_MOST else [*shown[:_NAMED_MOST], "others"]
