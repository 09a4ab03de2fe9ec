"""Where each circle is told: the purpose of a channel. What is not public never goes where everybody reads."""

from bot.domain.event import Server
from bot.domain.people import Group


def place_of(server: Server, audience: Group) -> str:
    """The circle's own channel where the event names one, else the organizers', who can pass it on.

    A purpose may come back that the event names no channel for: that is reported, and nothing goes elsewhere instead.
    """
    if audience is Group.PUBLIC or (audience is Group.ATTENDEES and _attendees_are_everyone(server)):
        return "announcements"
    return audience.value if audience.value in server.channels else "organizers"


def programme_place(server: Server) -> str:
    """Where sessions and days are told."""
    return "schedule" if "schedule" in server.channels else "announcements"


def _attendees_are_everyone(server: Server) -> bool:
    return Group.ATTENDEES.value not in server.roles
