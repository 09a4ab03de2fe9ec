"""A date to keep comes nearer."""

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification, lines_within
from bot.chat.render.text import count, line, link, only_for, stamp
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.changes.change import Change
from bot.domain.changes.written import read_instant
from bot.domain.people import Group

_ALL = Button("All deadlines", Lookup("deadlines"), Does.OPEN)


def deadline(context: Context, most: int = CONTENT_MOST) -> Notification | None:
    """How long is left, in the reader's time and as it was stated. A notification is news, not a deadline."""
    found = next((item for item in context.program.deadlines if item.id in context.facts.ids), None)
    if found is None:
        return None
    first = f"{_meant_for(context)}**{line(found.title, 120)}**{_when(found, context)}"
    aoe = " (anywhere on Earth)" if found.zone == "AoE" else ""
    rows = [f"{stamp(found.due, 'F')} your time · {line(found.stated)}{aoe}"]
    if found.earlier:
        rows.append(f"Extended: ~~{stamp(found.earlier[-1], 'D')}~~ → {stamp(found.due, 'D')}")
    if found.note:
        rows.append(line(found.note, 300))
    if found.url:
        rows.append(link("More", found.url))
    return Notification(lines_within(first, rows, most, more="/deadlines"), (_ALL,), _pings(context))


def moved(context: Context) -> Notification | None:
    """Dates that are due at another time: old -> new, for one circle."""
    known = {item.id: item for item in context.program.deadlines}
    rows = [_moved(known[change.id], change) for change in context.facts.changes if change.id in known]
    if not rows:
        return None
    meant = _meant_for(context)
    first, rest = f"📅 {meant}{rows[0]}", []
    if len(rows) > 1:
        first, rest = f"📅 {meant}**{count(len(rows), 'date')}** moved", [f"- {row}" for row in rows]
    why = [f"Why: {line(context.facts.why, 300)}"] if context.facts.why else []
    meaning = ["Reminders moved with it." if len(rows) == 1 else "Reminders moved with them."]
    return Notification(lines_within(first, [*why, *rest, *meaning], more="/deadlines"), (_ALL,), _pings(context))


def _meant_for(context: Context) -> str:
    words = only_for(context.audience)
    return f"{words.capitalize()}: " if words else ""


def _moved(found: Deadline, change: Change) -> str:
    """The stated time stands beside the reader's own."""
    old = read_instant(change.old or "")
    word = "is extended" if found.due > old else "is earlier now"
    if found.kind is DeadlineKind.NOTIFICATION:
        word = "is expected later" if found.due > old else "is expected earlier"
    aoe = " (anywhere on Earth)" if found.zone == "AoE" else ""
    times = f"~~{stamp(old, 'f')}~~ → **{stamp(found.due, 'f')}** your time"
    return f"**{line(found.title, 120)}** {word}: {times} · {line(found.stated)}{aoe}"


def _pings(context: Context) -> str | None:
    """Without a channel of their own, a circle's dates go to the organizers: the circle does not see them there."""
    if context.audience is Group.PUBLIC:
        return "remind"
    return context.audience.value if context.audience == context.place else None


def _when(found: Deadline, context: Context) -> str:
    """In words that stay true: Discord counts on, and people read it later."""
    left = stamp(found.due, "R")
    if context.facts.at is not None and context.facts.at < found.due:
        return f" has been extended: now due {left}"
    return f" · {'expected' if found.kind is DeadlineKind.NOTIFICATION else 'due'} {left}"
