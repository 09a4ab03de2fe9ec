"""How people attend by now, told at once and again: each text fits how its reader attends."""

from collections.abc import Sequence

from bot.chat.lookup import Lookup
from bot.chat.render import lines
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import CONTENT_MOST, Context, Notification, Reader, lines_within
from bot.chat.render.text import day_name, line, link, stamp, venue_time
from bot.domain.attendance import Attends
from bot.domain.changes.change import Change, Field
from bot.domain.changes.in_words import links_in_words, new_link
from bot.domain.changes.mode import Scope, affected
from bot.domain.event import JoinLink, Mode, each_address_once
from bot.domain.people import Group, meant_for
from bot.domain.program import Program
from bot.domain.sessions import Session

_PINGS = "remind"
_BUTTONS = (Button("How to join", Lookup("join"), Does.OPEN), Button("Programme", Lookup("schedule"), Does.OPEN))
#: Below what goes to one person.
_SETTINGS = Button("My settings", Lookup("settings"), Does.OPEN)
_WAY_OUT = "-# /settings ends such messages."
#: Links and rows of the schedule in one message.
_LINKS_MOST, _ROWS_MOST = 4, 12
_UNKNOWN_ROOM = "the room"


def mode(context: Context) -> Notification | None:
    """What changed, how to join or where to go, why, and the latest schedule. None once all of it is over."""
    change = context.facts.changes[0]
    sessions = affected(context.program, Scope(change.record), change.id, context.facts.day, context.now)
    if not sessions:
        return None
    now = _mode_in_force(context.program, sessions, change)
    concerned = [session for session in sessions if context.program.mode_of(session) is now]
    first, *how = _words(context, change, concerned, now)
    why = [f"Why: {line(context.facts.why, 300)}"] if context.facts.why else []
    rows = [*how, *why, *_schedule(context, sessions, now)]
    if not context.direct:
        return Notification(lines_within(first, rows), _BUTTONS, _PINGS)
    # The way out stands last, however much is left out before it.
    said = Notification(lines_within(first, rows, CONTENT_MOST - len(_WAY_OUT) - 1), (*_BUTTONS, _SETTINGS))
    return said.with_line(_WAY_OUT)


def _mode_in_force(program: Program, sessions: Sequence[Session], change: Change) -> Mode:
    """The one that was announced, as long as any of the sessions is attended so: single ones may differ since."""
    modes = [program.mode_of(session) for session in sessions]
    return Mode(change.new) if change.new in modes else modes[0]


def _words(context: Context, change: Change, sessions: Sequence[Session], mode: Mode) -> list[str]:
    """The first line, which stands alone, and what it means for this reader."""
    subject, when, room = _subject(context, change), _when(context, change, sessions), _room(context, sessions)
    became = f"~~{lines.MODES[Mode(change.old)]}~~ → **{lines.MODES[mode]}**" if change.old else ""
    if change.old == mode:
        became = f"**{lines.MODES[mode]}**"
        became += links_in_words(_link_change(context)) if mode is not Mode.IN_PERSON else ""
    attends = context.besides.reader.attends if context.besides.reader else None
    shown, more = _links(context, sessions[0])
    links = " · ".join(shown)
    match attends, mode:
        case Attends.ONLINE, Mode.HYBRID | Mode.ONLINE:
            head = f"💻 **{subject}: join online** · {shown[0] if shown else '/join in the server has the link'}{when}"
            others = [f"More links: {' · '.join(shown[1:])}"] if shown[1:] else []
            return [head, f"How to attend: {became}", *others, *(more if shown else [])]
        case Attends.IN_PERSON, Mode.ONLINE:
            head = f"🏠 **{subject}: the room is closed, join online**{when}"
        case Attends.IN_PERSON, Mode.HYBRID:
            head = f"🏠 **{subject}: come to {room}, or join online**{when}"
        case Attends.IN_PERSON, Mode.IN_PERSON:
            return [f"🏠 **{subject}: come to {room}**{when}", f"How to attend: {became}"]
        case _:
            return [f"📣 **{subject}**: {became}{when}", *_meaning(mode, room, links, more)]
    return [head, f"How to attend: {became}", *([f"Join: {links}"] if links else []), *more]


def _link_change(context: Context) -> Change | None:
    return next((change for change in context.facts.changes if change.field is Field.JOINING), None)


def _meaning(mode: Mode, room: str, links: str, more: Sequence[str]) -> list[str]:
    """For a reader who has not said how they attend, and for all who read a channel."""
    joining = [*([f"Join: {links}"] if links else []), *more]
    match mode:
        case Mode.IN_PERSON:
            return [f"It takes place in {room} only. There is no way to join online."]
        case Mode.HYBRID:
            return [f"Come to {room}, or join online.", *joining]
        case Mode.ONLINE:
            return ["Nobody meets in the room: join online.", *joining]


def _subject(context: Context, change: Change) -> str:
    program, day = context.program, context.facts.day
    match Scope(change.record):
        case Scope.SESSION:
            return line(program.session_by_id[change.id].title, 100)
        case Scope.EVENT:
            return line(program.event.short_name, 80)
        case Scope.DAY:
            today = context.now.astimezone(program.event.tz).date()
            return "The rest of today" if day == today or day is None else f"{day:%a} {day.day} {day:%b}"


def _when(context: Context, change: Change, sessions: Sequence[Session]) -> str:
    """What is on, else when the first of them starts."""
    first, zone = sessions[0], context.program.event.tz
    if first.start <= context.now:
        return " · on now" if change.record == Scope.SESSION else f" · on now: {line(first.title, 80)}"
    if change.record == Scope.SESSION:
        return f" · {stamp(first.start, 'R')}, {stamp(first.start)} (venue {venue_time(first.start, zone)})"
    return f" · next: {line(first.title, 80)} {stamp(first.start, 'R')}"


def _room(context: Context, sessions: Sequence[Session]) -> str:
    known = context.program.room_by_id
    names = {known[one.room].name for one in sessions if one.room is not None and one.room in known}
    return line(next(iter(names)), 80) if len(names) == 1 else _UNKNOWN_ROOM


def _links(context: Context, session: Session) -> tuple[list[str], list[str]]:
    """The links into what comes first that this reader may see, and where the others are.

    In a channel only what is for everybody.
    """
    known = context.program.joining_of(session)
    shown = [item for item in known if _may_see(context.besides.reader, item)]
    more = []
    # Whoever is shown a private link needs no other way to it.
    if len(shown) < len(known) and all(item.visibility is Group.PUBLIC for item in shown):
        where = "Use /join in the server" if context.besides.reader is not None else "Use /join"
        change = _link_change(context)
        new = f"There is {new_link(change)}. " if change is not None and change.new else ""
        more = [f"{new}{where}: it has the links meant for you."]
    return [link(item.label, item.url) for item in each_address_once(shown)[:_LINKS_MOST]], more


def _may_see(reader: Reader | None, item: JoinLink) -> bool:
    return item.visibility is Group.PUBLIC if reader is None else meant_for(reader.actor, item.visibility)


def _schedule(context: Context, sessions: Sequence[Session], mode: Mode) -> list[str]:
    """What is left of the days concerned; what is attended in another way than the headline says is marked."""
    program, zone = context.program, context.program.event.tz
    days = {program.day_of(session) for session in sessions}
    left = [one for one in program.held if one.end > context.now and program.day_of(one) in days]
    rows = []
    for session in left[:_ROWS_MOST]:
        when = f"{stamp(session.start)} ({venue_time(session.start, zone)})"
        day = f"{day_name(session.start, zone)}, " if len(days) > 1 else ""
        own = program.mode_of(session)
        other = f" · {lines.MODES[own]}" if own is not mode and not session.is_pause else ""
        rows.append(f"{day}{when} {lines.mark(session)} {line(session.title, 80)}{other}")
    more = [f"-# and {len(left) - len(rows)} more: /schedule"] if len(left) > len(rows) else []
    return ["Latest schedule:", *rows, *more]
