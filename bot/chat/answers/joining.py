"""How to attend, and the joining links a reader may see."""

from bot.chat.ask import Ask
from bot.chat.render.text import esc, line, link
from bot.domain.event import JoinLink, Mode
from bot.domain.people import Group, meant_for

_MODES = {
    Mode.IN_PERSON: "In person",
    Mode.HYBRID: "In person and online (hybrid)",
    Mode.ONLINE: "Online",
}

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
    allowed = [link for link in ask.program.event.joining if meant_for(ask.actor, link.visibility)]
    return [link for link in allowed if link.visibility is Group.PUBLIC] if ask.public else allowed


def join_lines(ask: Ask, *, only_running: bool = False) -> str:
    """One line a link; short form for /now, with notes otherwise."""
    rows = []
    for item in visible_links(ask)[: 3 if only_running else 12]:
        private = f" · {_MEANT_FOR[item.visibility]}" if item.visibility is not Group.PUBLIC else ""
        note = f"\n{esc(item.note)}" if item.note and not only_running else ""
        rows.append(f"{link(item.label, item.url)}{private}{note}")
    if only_running and rows:
        return "Join: " + " · ".join(rows)
    return "\n".join(rows)


def hidden_line(ask: Ask) -> str:
    """Says that there are links the reader cannot see, without naming them."""
    hidden = len(ask.program.event.joining) - len(visible_links(ask))
    if not hidden:
        return ""
    if ask.public:
        return "More links are private. Use /join to see those meant for you."
    return line("Some links are for speakers or organizers. If you are one of them, ask an organizer for the role.")
