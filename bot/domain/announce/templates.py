"""Announcements that every event makes, to begin from. They are filled in as far as the programme knows."""

from enum import StrEnum

from msgspec import Struct

from bot.domain.people import Group
from bot.domain.program import Program
from bot.domain.sessions import Kind, Session


class Template(StrEnum):
    ROOM = "room"
    DELAY = "delay"
    LIVESTREAM = "livestream"
    LUNCH = "lunch"
    FEEDBACK = "feedback"
    THANKS = "thanks"


#: What templates leave for organizers to fill in.
PLACEHOLDERS = ("[session]", "[room]", "[how to get there]", "[10]", "[place]")
NAMES = {
    Template.ROOM: "Another room",
    Template.DELAY: "A delay",
    Template.LIVESTREAM: "The livestream's link",
    Template.LUNCH: "Lunch",
    Template.FEEDBACK: "Asking for feedback",
    Template.THANKS: "Thanks at the end",
}


class Begun(Struct, frozen=True):
    """What the form shows before anybody types. What is to be filled in stands in square brackets."""

    title: str = ""
    body: str = ""
    link: str = ""


def begin(template: Template | None, program: Program, about: Session | None) -> Begun:
    """``about`` is the session that is meant, if any."""
    name, what = program.event.short_name, about.title if about else "[session]"
    match template:
        case None:
            return Begun()
        case Template.ROOM:
            return Begun(f"{what} is in another room", "It takes place in [room]. It is [how to get there].")
        case Template.DELAY:
            return Begun(f"{what} starts later", "It starts about [10] minutes later. Thank you for waiting.")
        case Template.LIVESTREAM:
            return Begun(
                "How to follow online", "The livestream is open. /join shows all ways to take part.", _open(program)
            )
        case Template.LUNCH:
            lunch = next((session for session in program.held if Kind.LUNCH in session.kinds), None)
            until = f" until {lunch.end.astimezone(program.event.tz):%H:%M}" if lunch else ""
            return Begun(f"Lunch{until}", "Lunch is served in [place]. Please tell the staff about allergies.")
        case Template.FEEDBACK:
            return Begun(
                f"How was {name}?", "Your feedback helps the next one. The form takes two minutes.", "https://"
            )
        case Template.THANKS:
            return Begun(
                f"Thank you for being at {name}",
                "Thanks to all speakers, authors, reviewers and volunteers. /materials has slides and papers.",
                program.event.website or "",
            )


def _open(program: Program) -> str:
    """A link that everybody may see: a private one is behind /join."""
    found = (
        one.url for one in program.event.joining if one.visibility is Group.PUBLIC and one.url != program.event.website
    )
    return next(found, "")
