"""A date to keep comes nearer."""

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import Context, Notification, lines_within
from bot.chat.render.text import line, link, stamp
from bot.domain.call import Deadline, DeadlineKind
from bot.domain.people import Group

_MEANT_FOR = {
    Group.REVIEWERS: "For reviewers: ",
    Group.ORGANIZERS: "For organizers: ",
    Group.AUTHORS: "For authors: ",
    Group.SPEAKERS: "For speakers: ",
}


def deadline(context: Context) -> Notification | None:
    """How long is left, in the reader's time and as it was stated. A notification is news, not a deadline."""
    found = next((item for item in context.program.deadlines if item.id in context.facts.ids), None)
    if found is None:
        return None
    first = f"{_MEANT_FOR.get(context.audience, '')}**{line(found.title, 120)}** {_when(found, context)}"
    aoe = " (anywhere on Earth)" if found.zone == "AoE" else ""
    rows = [f"{stamp(found.due, 'F')} your time · {line(found.stated)}{aoe}"]
    if found.earlier:
        rows.append(f"Extended: ~~{stamp(found.earlier[-1], 'D')}~~ → {stamp(found.due, 'D')}")
    if found.note:
        rows.append(line(found.note, 300))
    if found.url:
        rows.append(link("More", found.url))
    pings: str | None = "remind" if context.audience is Group.PUBLIC else context.audience.value
    if context.audience not in (Group.PUBLIC, context.place):
        # Without a channel of their own, a circle's dates go to the organizers: the circle does not see it there.
        pings = None
    button = Button("All deadlines", Lookup("deadlines"), Does.OPEN)
    return Notification(lines_within(first, rows), (button,), pings)


def _when(found: Deadline, context: Context) -> str:
    left = stamp(found.due, "R")
    if context.facts.at is not None and context.facts.at < found.due:
        return f"has been extended: it now closes {left}"
    match found.kind:
        case DeadlineKind.NOTIFICATION:
            return f"is expected {left}"
        case _:
            return f"closes {left}" if context.now < found.due else f"closed {left}"
