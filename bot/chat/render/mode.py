"""The preview of a change of how people attend, and what is said when it was done. For organizers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.actions.programme.change_mode import Told
from bot.actions.programme.reach import Reach
from bot.actions.programme.tell_change import place_of_news
from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.live import edited_messages, named_channel, notified
from bot.chat.render.text import count, line, link, listing, only_for, stamp, venue_time
from bot.domain.changes.mode import ModeRequest
from bot.domain.checks.passwords import tells_password
from bot.domain.event import JoinLink
from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.reminders.repeats import Repeat
from bot.domain.sessions import Session

#: The lookup of its buttons; its first argument is the draft's id.
MODE = "m"
_WORDS = {
    Repeat.NOW: "now",
    Repeat.SOON: "30 minutes later",
    Repeat.HOUR: "60 minutes before",
    Repeat.QUARTER: "15 minutes before",
    Repeat.START: "at the start",
}


def preview(
    draft: int,
    request: ModeRequest,
    reach: Reach,
    sessions: Sequence[Session],
    said: Told,
    every: Mapping[datetime, Repeat],
    *,
    copies: int,
    phone: str,
    stale: bool = False,
) -> Card:
    """What changes, who is told and when, and what their phones show. ``every`` time there could be, also switched off.

    ``copies`` is how many people at most get a direct message each time; ``phone`` the first line of what is posted.
    """
    head = "## The programme was changed meanwhile" if stale else "## Nothing is changed yet"
    first = "Look again: this is what would happen now." if stale else "This is what would happen."
    texts = [f"{head}\n{first}", "\n".join(_what(reach, request, sessions))]
    texts.append("\n".join(_telling(reach, said, copies)))
    if said.times:
        texts.append(f"**Phones show**\n{phone}")
    zone = reach.program.event.tz
    options = tuple(
        Option(
            f"{'Off' if at in said.times else 'On'}: {_WORDS[repeat]}",
            Lookup(MODE, (str(draft), repeat.value)),
            f"{venue_time(at, zone)} venue time",
        )
        for at, repeat in every.items()
    )
    buttons = (
        Button("Apply", Lookup(MODE, (str(draft),)), Does.APPLY, main=True),
        Button("Cancel", Lookup(MODE, (str(draft),)), Does.DROP),
    )
    menu = Menu("Switch a time off or on", options, Does.REPEAT)
    return Card(tuple(texts), menu=menu, buttons=buttons, shareable=False)


def done(reach: Reach, request: ModeRequest, sessions: Sequence[Session], said: Told) -> Card:
    """What was done: all of it is recorded, and is being told."""
    told = f"Told in {_channel(reach.program)}: {_times(said)}." if said.times else "Nobody is told."
    if edited := edited_messages(reach):
        told += f" Being edited: {edited}."
    rows = ["## Done", *_what(reach, request, sessions)]
    return Card(("\n".join(rows), f"{told}\n-# /mode undo takes it back."), shareable=False)


def _what(reach: Reach, request: ModeRequest, sessions: Sequence[Session]) -> list[str]:
    rows = [_change(reach, sessions)] if sessions else []
    rows.append(_named(reach.program, sessions))
    if request.link is not None:
        rows += _link(request.link)
    return [*rows, *([f"Why: {line(request.why)}"] if request.why else [])]


def _change(reach: Reach, sessions: Sequence[Session]) -> str:
    """~~in person and online~~ → **online**; all ways there were, where they differ."""
    was = {reach.before.mode_of(reach.before.session_by_id.get(one.id, one)) for one in sessions}
    now = {reach.program.mode_of(one) for one in sessions}
    old, new = (listing(sorted(lines.MODES[mode] for mode in modes)) for modes in (was, now))
    return f"**{new.capitalize()}**" if was == now else f"~~{old}~~ → **{new}**"


def _named(program: Program, sessions: Sequence[Session]) -> str:
    if not sessions:
        return "No session is left that it concerns."
    zone = program.event.tz
    named = [f"**{line(one.title, 80)}** ({venue_time(one.start, zone)})" for one in (sessions[0], sessions[-1])]
    if len(sessions) == 1:
        return named[0]
    return f"{count(len(sessions), 'session')}, from {named[0]} to {named[1]}"


def _link(item: JoinLink) -> list[str]:
    circle = only_for(item.visibility) or "for everybody, also in channels"
    rows = [f"{link(item.label, item.url)} {circle}"]
    if item.visibility is not Group.PUBLIC:
        rows.append("-# It never stands in a channel: there it says to use /join.")
    if tells_password(item):
        rows.append("⚠️ The link holds a password, and everybody would see it.")
    return rows


def _telling(reach: Reach, said: Told, copies: int) -> list[str]:
    if not said.times:
        rows = ["Nobody is told: all times are switched off."]
    else:
        rows = [f"Told in {_channel(reach.program)}: {_times(said)}.", notified(reach.program)]
        rows.append(f"Each also goes to at most {count(copies, 'person', 'people')} by direct message.")
    edited = edited_messages(reach)
    return [*rows, f"Edited: {edited}." if edited else "Nothing that was posted has to be edited."]


def _times(said: Told) -> str:
    return listing([_WORDS[repeat] if repeat is Repeat.NOW else stamp(at) for at, repeat in said.times.items()])


def _channel(program: Program) -> str:
    return named_channel(program, place_of_news(program.server))
