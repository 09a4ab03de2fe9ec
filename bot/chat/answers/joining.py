"""How to attend, and the joining links a reader may see."""

from bot.chat.ask import Ask
from bot.chat.render.lines import is_online
from bot.chat.render.text import and_more, line, link, listing
from bot.domain.event import JoinLink, Mode, each_address_once
from bot.domain.people import Group
from bot.domain.sessions import Session

_MODES = {
    Mode.IN_PERSON: "In person",
    Mode.HYBRID: "In person and online (hybrid)",
    Mode.ONLINE: "Online",
}

_LINKS_MOST = 12
_RUNNING_MOST = 3
#: Ways to attend that differ from the event's, and sessions named for each.
_GROUPS_MOST, _NAMES_MOST = 5, 3

_MEANT_FOR = {
    Group.ATTENDEES: "people in this server only",
    Group.SPEAKERS: "speakers only",
    Group.ORGANIZERS: "organizers only",
    Group.AUTHORS: "authors only",
    Group.REVIEWERS: "reviewers only",
    Group.CHAIRS: "chairs only",
}


def mode_name(mode: Mode) -> str:
    return _MODES[mode]


def visible_links(ask: Ask, *sessions: Session) -> list[JoinLink]:
    """The links this reader may see, those of ``sessions`` first; in a channel only those for everybody."""
    return each_address_once(link for link in ask.program.joining_of(*sessions) if ask.may_show(link.visibility))


def join_lines(ask: Ask) -> str:
    """Every link of the event that the reader may see, with its note."""
    shown = visible_links(ask)
    rows = [f"{_linked(item)}\n{line(item.note)}" if item.note else _linked(item) for item in shown[:_LINKS_MOST]]
    return "\n".join([*rows, *and_more(len(shown), len(rows))])


def join_line(ask: Ask, *sessions: Session) -> str:
    """How to join some sessions, in one line; "" where they are in a room alone, or nothing is known."""
    if all(ask.program.mode_of(session) is Mode.IN_PERSON for session in sessions):
        return ""
    shown = visible_links(ask, *sessions)
    rows = [_linked(item) for item in shown[:_RUNNING_MOST]]
    if rows:
        more = ["/join has more"] if len(shown) > len(rows) else []
        return "Join: " + " · ".join([*rows, *more])
    return "Join: use /join." if any(is_online(ask.program, session) for session in sessions) else ""


def mode_to_come(ask: Ask) -> Mode:
    """How people attend what is left, where that is all the same; else the event's mode."""
    modes = {ask.program.mode_of(one) for one in ask.program.held if one.end > ask.now and not one.is_pause}
    return modes.pop() if len(modes) == 1 else ask.program.event.mode


def differing_lines(ask: Ask) -> list[str]:
    """The sessions to come that people attend in another way than the event, or by links of their own, with these."""
    program, groups = ask.program, dict[tuple[Mode, tuple[JoinLink, ...]], list[Session]]()
    for session in program.held:
        mode = program.mode_of(session)
        if session.end > ask.now and not session.is_pause and (mode is not program.event.mode or session.joining):
            groups.setdefault((mode, session.joining), []).append(session)
    rows = []
    for (mode, joining), sessions in list(groups.items())[:_GROUPS_MOST]:
        names = [line(session.title, 60) for session in sessions[:_NAMES_MOST]]
        more = [f"{len(sessions) - len(names)} more"] if len(sessions) > len(names) else []
        links = [_linked(item) for item in joining if ask.may_show(item.visibility)][:_RUNNING_MOST]
        rows.append(" · ".join([f"**{mode_name(mode)}:** {listing([*names, *more])}", *links]))
    return rows


def _linked(item: JoinLink) -> str:
    private = f" · {_MEANT_FOR[item.visibility]}" if item.visibility is not Group.PUBLIC else ""
    return f"{link(item.label, item.url)}{private}"


def hidden_line(ask: Ask) -> str:
    """Says that there are links the reader cannot see, without naming them: the widest circle that sees more."""
    coming = [session for session in ask.program.held if session.end > ask.now]
    hidden = {link.visibility for link in ask.program.joining_of(*coming) if not ask.may_show(link.visibility)}
    if not hidden:
        return ""
    if ask.public:
        return "More links are private. Use /join to see those meant for you."
    if not ask.in_server:
        return "Use /join in the server for the link."
    widest = min(hidden, key=list(Group).index)
    if widest is Group.ATTENDEES:
        role = line(ask.program.server.roles.get(Group.ATTENDEES, "attendee"), 100)
        return f"Some links need the role {role}. If you take part, ask an organizer for it."
    return f"Some links are for {widest}. If you are one of them, ask an organizer for the role."
