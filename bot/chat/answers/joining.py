"""How to attend, and the joining links a reader may see."""

from bot.chat.ask import Ask
from bot.chat.render.text import and_more, line, link
from bot.domain.event import JoinLink, Mode
from bot.domain.people import Group

_MODES = {
    Mode.IN_PERSON: "In person",
    Mode.HYBRID: "In person and online (hybrid)",
    Mode.ONLINE: "Online",
}

_LINKS_MOST = 12
_RUNNING_MOST = 3

_MEANT_FOR = {
    Group.ATTENDEES: "people in this server only",
    Group.SPEAKERS: "speakers only",
    Group.ORGANIZERS: "organizers only",
    Group.AUTHORS: "authors only",
    Group.REVIEWERS: "reviewers only",
}


def mode_name(mode: Mode) -> str:
    return _MODES[mode]


def visible_links(ask: Ask) -> list[JoinLink]:
    """The links this reader may see; in a channel only those for everybody."""
    return [link for link in ask.program.event.joining if ask.may_show(link.visibility)]


def join_lines(ask: Ask, *, only_running: bool = False) -> str:
    """One line a link; short form for /now, with notes otherwise."""
    rows = []
    shown = visible_links(ask)
    for item in shown[: _RUNNING_MOST if only_running else _LINKS_MOST]:
        private = f" · {_MEANT_FOR[item.visibility]}" if item.visibility is not Group.PUBLIC else ""
        note = f"\n{line(item.note)}" if item.note and not only_running else ""
        rows.append(f"{link(item.label, item.url)}{private}{note}")
    if only_running and rows:
        more = ["/join has more"] if len(shown) > len(rows) else []
        return "Join: " + " · ".join([*rows, *more])
    return "\n".join([*rows, *and_more(len(shown), len(rows))])


def hidden_line(ask: Ask) -> str:
    """Says that there are links the reader cannot see, without naming them: the widest circle that sees more."""
    hidden = {link.visibility for link in ask.program.event.joining if not ask.may_show(link.visibility)}
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
