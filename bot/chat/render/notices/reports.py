"""What could not be delivered, for the organizers."""

from collections import Counter
from collections.abc import Callable

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.text import count, line, stamp
from bot.domain.program import Program
from bot.domain.reminders.notice import CASES, Facts, NoticeKind
from bot.storage.delivery.outbox import PERSONAL, Op, Row
from bot.storage.delivery.reports import NAMED_MOST
from bot.storage.threads import is_subject

_KINDS = {
    NoticeKind.DEADLINE: "Deadline reminder",
    NoticeKind.EXTENDED: "News of an extension",
    NoticeKind.SESSIONS: "Session reminder",
    NoticeKind.TALKS: "Start of a talk",
    NoticeKind.DIGEST: "Morning digest",
    NoticeKind.OVERVIEW: "Overview of the day before",
    NoticeKind.CHANGED: "News of a change",
    NoticeKind.PERSONAL: "Personal reminder",
    NoticeKind.REPORT: "Report",
    NoticeKind.CARD: "Shared answer",
    NoticeKind.CONFLICT: "Report of a conflict",
    NoticeKind.ANNOUNCEMENT: "Announcement",
    NoticeKind.AUDIT: "Line of the audit trail",
    NoticeKind.SETUP: "Report of what the server lacks",
    NoticeKind.MODE: "How people attend",
    NoticeKind.POSTER: "Thread of the poster",
    NoticeKind.QUESTION: "Question about a poster",
    NoticeKind.ANSWER: "Answer to a question",
    NoticeKind.FLAG: "Report of a question",
    NoticeKind.HINT: "Hint for who types",
    NoticeKind.AUTHOR_ASKED: "Question to an author",
    NoticeKind.AUTHOR_DIGEST: "List of unanswered questions",
    NoticeKind.AUTHOR_BOARD: "Whether an author is at the board",
    NoticeKind.AUTHOR_NAMED: "Word to a new author",
    NoticeKind.AUTHOR_ROLE: "Role of an author",
    NoticeKind.AUTHOR_PLAN: "Plan of what authors are told",
    **dict.fromkeys(CASES, "A case"),
}
#: Whose ids name nothing of the programme.
_OF_PEOPLE = frozenset(
    {NoticeKind.QUESTION, NoticeKind.ANSWER, NoticeKind.FLAG, NoticeKind.HINT, NoticeKind.AUTHOR_ASKED}
)
_UNKNOWN = "no reason is known"
#: Records looked at for a headline, which shows two of them.
_NAMED = 5


def report(context: Context) -> Notification | None:
    """Each row with its reason. Direct messages are only counted: what they say is their readers' own business."""
    failed = context.besides.failed
    if not failed:
        return None
    least = "at least " if len(failed) == NAMED_MOST else ""
    first = f"⚠️ {least}**{count(len(failed), 'message')}** could not be delivered. /deliveries has them all."
    rows = [failure(context.program, row) for row in failed if row.op not in PERSONAL]
    reasons = Counter(row.last_error or _UNKNOWN for row in failed if row.op in PERSONAL)
    counted = [f"- {count(number, 'direct message')} · {line(why, 200)}" for why, number in reasons.most_common()]
    content = lines_within(first, [*counted, *rows], more="/deliveries")
    return Notification(content, (Button("Deliveries", Lookup("deliveries"), Does.OPEN),))


def failure(program: Program, row: Row) -> str:
    """One row: what it was, where, when, and why it was not delivered."""
    why = line(row.last_error or _UNKNOWN, 200)
    return f"- {headline(program, row.facts)} · {where(program, row)} · {stamp(row.due_at, 'f')} · {why}"


def where(program: Program, row: Row) -> str:
    """The channel that a row is for. The person whom a direct message is for is nobody else's business."""
    match row.op:
        case Op.EDIT if row.facts.kind in CASES:
            return "change of a message in a thread"
        case Op.EDIT:
            return f"change of a message in <#{row.channel_id}>" if row.channel_id else "change of a message"
        case Op.DM | Op.DM_EDIT:
            return "direct message"
        case Op.PUBLISH:
            return "handing it on to the channels that follow"
        case Op.SPREAD:
            return "to everybody it is for"
        case Op.THREAD:
            return "a thread of its own"
        case Op.MEMBER:
            return "who is in its thread"
        case Op.ROLE:
            return "for one person"
        case Op.RENAME:
            return "its name"
        case Op.PLAN:
            return "after a change"
        case Op.MESSAGE if is_subject(row.place):
            return "a thread"
        case Op.MESSAGE:
            return f"#{line(program.server.channels.get(row.place, row.place), 60)}"


def headline(program: Program, facts: Facts, written: Callable[[str, int], str] = line) -> str:
    """What a message is about, in a few words; ``written`` makes a title fit where it is shown."""
    if facts.kind is NoticeKind.ANNOUNCEMENT:
        return f"{_KINDS[facts.kind]} “{written(facts.why or '', 60)}”"
    if facts.kind in _OF_PEOPLE | CASES:
        return _KINDS[facts.kind]
    names = facts.ids or tuple(dict.fromkeys(change.id for change in facts.changes))
    about = [written(title, 60) for name in names[:_NAMED] if (title := _title(program, name))][:2]
    return _KINDS[facts.kind] + (f" “{', '.join(about)}”" if about else "")


def _title(program: Program, name: str) -> str | None:
    if (session := program.session_by_id.get(name)) is not None:
        return session.title
    if (found := program.talk_by_id.get(name)) is not None:
        return found[1].title or found[0].title
    if (poster := program.poster_by_id.get(name)) is not None:
        return poster.title
    return next((item.title for item in program.deadlines if item.id == name), None)
