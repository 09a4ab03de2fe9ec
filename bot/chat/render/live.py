"""The preview of a live change, and what is said when it was done."""

from collections.abc import Sequence

from bot.actions.programme.reach import Reach
from bot.actions.programme.tell_change import Hearers, place_of_news
from bot.chat.lookup import Lookup, short
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.notices.changes import rows
from bot.chat.render.text import count, line, listing, venue_time
from bot.domain.audit import Entry
from bot.domain.changes.doubts import Doubt, DoubtKind
from bot.domain.program import Program

NOTHING_CHANGED = "Nothing was changed."


def preview(
    reach: Reach, told: Hearers, doubts: Sequence[Doubt], why: str | None, apply: Lookup, *, stale: bool = False
) -> Card:
    """Old -> new, what to look at twice, and who will hear of it. ``stale``: it had changed since it was shown."""
    head = "## The session was changed meanwhile" if stale else "## Nothing is changed yet"
    first = "Look again: this is what would happen now." if stale else "This is what would happen."
    texts = [f"{head}\n{first}", "\n".join(_what(reach, why))]
    if doubts:
        texts.append("\n".join(_doubt(reach.program, doubt) for doubt in doubts))
    texts.append("\n".join(consequences(reach, told)))
    buttons = (Button("Apply", apply, Does.APPLY, main=True), Button("Cancel", Lookup(apply.name), Does.DROP))
    return Card(tuple(texts), buttons=buttons, shareable=False)


def done(reach: Reach, why: str | None) -> Card:
    """What was done: all of it is recorded, and is being told."""
    told = f"It is being told in {_place(reach.program)}. Reminders follow."
    if edited := edited_messages(reach):
        told += f" Being edited: {edited}."
    names = [change.id for change in reach.changes if change.id in reach.program.session_by_id]
    buttons = [Button("Session", Lookup("session", (short(name),)), Does.OPEN) for name in names[:1]]
    return Card(("\n".join(["## Done", *_what(reach, why)]), told), buttons=tuple(buttons), shareable=False)


def done_before(program: Program, entry: Entry) -> Card:
    """The same in the words of the audit trail, for whoever presses again what is done."""
    what = f"**{line(entry.about, 100)}** {line(entry.detail, 500)}"
    return Card((f"## Done\n{what}", f"It is being told in {_place(program)}. Reminders follow."), shareable=False)


def dropped() -> Card:
    return Card((f"## Cancelled\n{NOTHING_CHANGED}",), shareable=False)


def _what(reach: Reach, why: str | None) -> list[str]:
    return [*rows(reach.program, reach.changes), *([f"Why: {line(why)}"] if why else [])]


def consequences(reach: Reach, told: Hearers) -> list[str]:
    """Who will hear of it, and what is edited."""
    rows = []
    if told.places:
        rows += [
            f"Told in {listing([named_channel(reach.program, place) for place in told.places])}.",
            notified(reach.program),
        ]
    if told.people:
        verb = "gets" if told.people == 1 else "get"
        rows.append(f"{count(told.people, 'person', 'people')} with it in their agenda {verb} a direct message.")
    edited = edited_messages(reach)
    return [*rows, f"Edited: {edited}." if edited else "Nothing that was posted has to be edited."]


def _place(program: Program) -> str:
    return named_channel(program, place_of_news(program.server))


def named_channel(program: Program, purpose: str) -> str:
    return f"#{line(program.server.channels.get(purpose, purpose), 80)}"


def notified(program: Program) -> str:
    role = program.server.roles.get("remind")
    if role is None:
        return "Nobody is notified: server.yaml names no role for reminders."
    return f"Notified: whoever has the role {line(role, 80)}."


def edited_messages(reach: Reach) -> str:
    """What was posted and reads otherwise now; "" where nothing does."""
    posted, shared = len(reach.messages), len(reach.cards)
    found = [count(posted, "posted message")] if posted else []
    found += [count(shared, "shared answer")] if shared else []
    return listing(found)


def _doubt(program: Program, doubt: Doubt) -> str:
    other = program.session_by_id.get(doubt.other or "")
    zone = program.event.tz
    when = f" ({venue_time(other.start, zone)}–{venue_time(other.end, zone)})" if other else ""
    title = f"**{line(other.title, 100)}**{when}" if other else ""
    match doubt.kind:
        case DoubtKind.ROOM:
            room = program.room_by_id.get(doubt.name or "")
            return f"⚠️ The room {line(room.name if room else '', 80)} is taken then: {title}"
        case DoubtKind.PERSON:
            return f"⚠️ {line(doubt.name or '', 80)} is needed elsewhere then: {title}"
        case DoubtKind.NIGHT:
            return "⚠️ It ends on another day at the venue."
