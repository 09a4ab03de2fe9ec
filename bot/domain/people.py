"""Who is asking, and what they may see or do. The one place that decides it."""

from enum import StrEnum

from msgspec import Struct


class Group(StrEnum):
    """A circle of readers, from widest to narrowest. Links and deadlines are meant for one of them."""

    PUBLIC = "public"
    ATTENDEES = "attendees"
    AUTHORS = "authors"
    SPEAKERS = "speakers"
    REVIEWERS = "reviewers"
    CHAIRS = "chairs"
    ORGANIZERS = "organizers"


class Action(StrEnum):
    """What needs a right beyond being in the server."""

    SEE_EVERYTHING = "see links and dates that are meant for another circle"
    CHANGE_PROGRAMME = "change the programme on the day"
    ANNOUNCE = "announce something to everybody"
    CHANGE_MODE = "change how people attend on the day"
    SEE_DELIVERIES = "see what was and what could not be delivered, and try again"
    SEE_AUDIT = "see who did what"
    SET_UP = "see what the server lacks, and mend it"
    COLLECT = "say that what somebody else typed is a question, or an answer"
    OPEN_POSTERS = "have the threads of posters opened"
    MODERATE = "hide questions and answers, and stop people from asking"
    EXPORT_QUESTIONS = "take questions and answers along"
    MANAGE_AUTHORS = "say who the authors of posters are"
    LOOK_AFTER_POSTERS = "see which authors are missing, and which questions wait for an answer"
    HANDLE_CASES = "read what was reported to the conduct committee, and take care of it"
    CHOOSE_COMMITTEE = "say who is on the conduct committee"


class Actor(Struct, frozen=True):
    """A person in one server, as far as rights go.

    ``groups`` are the circles they belong to; everyone is in PUBLIC. An organizer is whoever holds
    the organizer role named by the event, or Discord's Manage Server permission. ``on_committee``: they are on the
    conduct committee.
    """

    user_id: int
    groups: frozenset[Group] = frozenset({Group.PUBLIC})
    on_committee: bool = False

    @property
    def is_organizer(self) -> bool:
        return Group.ORGANIZERS in self.groups


#: Somebody about whom nothing is known. What is posted in a channel is rendered for this reader.
ANYBODY = Actor(0)


def may(actor: Actor, action: Action) -> bool:
    """Whether ``actor`` may do ``action``."""
    match action:
        case (
            Action.SEE_EVERYTHING
            | Action.CHANGE_PROGRAMME
            | Action.CHANGE_MODE
            | Action.ANNOUNCE
            | Action.SEE_DELIVERIES
            | Action.SEE_AUDIT
            | Action.SET_UP
            | Action.COLLECT
            | Action.OPEN_POSTERS
            | Action.MODERATE
            | Action.EXPORT_QUESTIONS
            | Action.MANAGE_AUTHORS
            | Action.CHOOSE_COMMITTEE
        ):
            return actor.is_organizer
        case Action.LOOK_AFTER_POSTERS:
            return actor.is_organizer or Group.CHAIRS in actor.groups
        case Action.HANDLE_CASES:
            return actor.on_committee


def meant_for(actor: Actor, audience: Group) -> bool:
    """Whether something addressed to ``audience`` may be shown to ``actor``. Organizers see everything."""
    return audience in actor.groups or may(actor, Action.SEE_EVERYTHING)
