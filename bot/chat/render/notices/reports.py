"""What could not be delivered, for the organizers."""

from collections.abc import Callable

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.text import count, line, stamp
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.outbox import Op, Row

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
}


def report(context: Context) -> Notification | None:
    """Each row with its reason."""
    if not context.failed:
        return None
    first = f"⚠️ **{count(len(context.failed), 'message')}** could not be delivered. /deliveries has them all."
    rows = [failure(context.program, row) for row in context.failed]
    return Notification(lines_within(first, rows), (Button("Deliveries", Lookup("deliveries"), Does.OPEN),))


def failure(program: Program, row: Row) -> str:
    """One row: what it was, where, when, and why it was not delivered."""
    why = line(row.last_error or "no reason is known", 200)
    return f"- {headline(program, row.facts)} · {where(program, row)} · {stamp(row.due_at, 'f')} · {why}"


def where(program: Program, row: Row) -> str:
    """The channel that a row is for. The person whom a direct message is for is nobody else's business."""
    match row.op:
        case Op.EDIT:
            return f"change of a message in <#{row.channel_id}>" if row.channel_id else "change of a message"
        case Op.DM:
            return "direct message"
        case Op.MESSAGE:
            return f"#{line(program.server.channels.get(row.place, row.place), 60)}"


def headline(program: Program, facts: Facts, written: Callable[[str, int], str] = line) -> str:
    """What a message is about, in a few words; ``written`` makes a title fit where it is shown."""
    titles = {item.id: item.title for item in program.deadlines}
    titles |= {talk.id: talk.title or session.title for session in program.sessions for talk in session.talks}
    titles |= {session.id: session.title for session in program.sessions}
    names = facts.ids or tuple(dict.fromkeys(change.id for change in facts.changes))
    about = [written(titles[name], 60) for name in names if name in titles][:2]
    return _KINDS[facts.kind] + (f" “{', '.join(about)}”" if about else "")
