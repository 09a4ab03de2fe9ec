"""Every file of an event folder and what may stand in it. Whatever is not named in these records is refused."""

from typing import Any

from bot.formats.event_records import EventFile, ServerFile, TextsFile
from bot.formats.privacy import PrivacyFile
from bot.formats.program_records import (
    DeadlinesFile,
    OrganizersFile,
    PostersFile,
    SessionsFile,
    SpeakersFile,
    SubmissionFile,
    TopicsFile,
)
from bot.formats.record import Record
from bot.formats.reminders import RemindersFile

#: Every file an event folder may hold, in the order in which problems are told.
FILES: dict[str, type[Record]] = {
    "event.yaml": EventFile,
    "sessions.yaml": SessionsFile,
    "speakers.yaml": SpeakersFile,
    "organizers.yaml": OrganizersFile,
    "deadlines.yaml": DeadlinesFile,
    "topics.yaml": TopicsFile,
    "submission.yaml": SubmissionFile,
    "posters.csv": PostersFile,
    "texts.yaml": TextsFile,
    "server.yaml": ServerFile,
    "reminders.yaml": RemindersFile,
    "privacy.yaml": PrivacyFile,
}


def known_names() -> frozenset[str]:
    """Every key that may stand anywhere in a file."""
    found: set[str] = set()
    waiting: list[Any] = list(FILES.values())
    while waiting:
        here = waiting.pop()
        if isinstance(here, type) and issubclass(here, Record):
            found.update(name for name in here.model_fields if name != "at")
            waiting += [field.annotation for field in here.model_fields.values()]
        else:
            waiting += getattr(here, "__args__", ())
    return frozenset(found)
