"""An event folder's files -> a Program, all or nothing, with everything that is wrong told at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.call import Submission
from bot.domain.checks import Problem, Severity, check
from bot.domain.program import Program
from bot.domain.unread_file import UnreadFile
from bot.formats import assemble
from bot.formats.agenda import Agenda
from bot.formats.decoding import decode
from bot.formats.document import Document, Located, at_file
from bot.formats.empty_files import without_records
from bot.formats.event_records import NO_DATE, EventFile, ServerFile, TextsFile
from bot.formats.hygiene import cleaned
from bot.formats.other_files import not_read
from bot.formats.privacy import PrivacyFile, retention
from bot.formats.program_records import (
    DeadlinesFile,
    OrganizersFile,
    PostersFile,
    SessionsFile,
    SpeakersFile,
    SubmissionFile,
    TopicsFile,
)
from bot.formats.raw_text import plain_text, unmerged
from bot.formats.record import Record
from bot.formats.records import FILES
from bot.formats.references import Register
from bot.formats.reminders import RemindersFile, doubled_leads, policy
from bot.formats.tables import parse_posters
from bot.formats.validate import validated
from bot.formats.yaml_nodes import parse_yaml
from bot.formats.zones import zone_fix, zone_named

_REQUIRED = ("event.yaml", "sessions.yaml")
_ORDER = {name: position for position, name in enumerate(FILES)}

R = TypeVar("R", bound=Record)


class Reading(Struct, frozen=True):
    """What came of reading a folder.

    ``program`` is None when there is any error. ``problems`` are in the order of files and lines. ``counts`` says how
    many records of each kind are written. ``unreadable``: there is no event here at all.
    """

    program: Program | None
    problems: tuple[Located, ...]
    counts: Mapping[str, int]
    unreadable: bool = False

    @property
    def errors(self) -> tuple[Located, ...]:
        return tuple(problem for problem in self.problems if problem.is_error)


def read_folder(files: Mapping[str, bytes], *, now: datetime | None = None) -> Reading:
    """Read and check an event folder's files, given by name; the name of a folder in it ends in /.

    ``now`` (aware) is only used to notice an event that is over. Nothing is raised for what the files hold.
    """
    reader = _Reader(files)
    program = reader.draft()
    problems = sorted(reader.located(program, now), key=_position)
    broken = any(problem.is_error for problem in problems)
    unreadable = "event.yaml" not in files or not reader.documents
    return Reading(None if broken else program, tuple(problems), reader.register.counts(), unreadable)


class _Reader:
    """One reading: the documents, the register of ids and the problems found so far."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.problems = not_read(files)
        self.documents: dict[str, Document] = {}
        for name in FILES:
            if name in files:
                self._parse(name, files[name])
            elif name in _REQUIRED:
                message, fix = f"there is no {name} in this folder.", f"Add a file {name}."
                self.problems.append(at_file(name, Severity.ERROR, "missing-file", None, name, message, fix))
        self.register = Register(self.documents, [name for name in (*files, *_REQUIRED) if name not in self.documents])
        self.problems += without_records(self.documents, self.problems)
        self.problems += self.register.duplicates + self.register.dangling()
        self._year: int | None = None
        self._dated = self._ends_known = False

    def draft(self) -> Program:
        """The programme as far as it can be read: the whole of it when there was no error."""
        record = self._records("event.yaml", EventFile)
        known = self._dated = record is not None and record.dates.first != NO_DATE
        record = record or EventFile.model_validate(EventFile.stand_ins({}))
        zone = self._zone(record)
        event = assemble.event(record, zone)
        agenda = Agenda(zone, (event.first_day, event.last_day) if known else None, self._assumed_day())
        sessions_file = self._records("sessions.yaml", SessionsFile)
        sessions = agenda.sessions(self.documents["sessions.yaml"], sessions_file) if sessions_file else ()
        deadlines_file = self._records("deadlines.yaml", DeadlinesFile)
        deadlines = agenda.deadlines(self.documents["deadlines.yaml"], deadlines_file) if deadlines_file else ()
        self.problems += agenda.problems
        self._ends_known = agenda.certain
        if not known and sessions:
            days = [session.start.astimezone(zone).date() for session in sessions]
            event = replace(event, first_day=min(days), last_day=max(days))
        speakers = self._records("speakers.yaml", SpeakersFile)
        organizers = self._records("organizers.yaml", OrganizersFile)
        topics = self._records("topics.yaml", TopicsFile)
        submission = self._records("submission.yaml", SubmissionFile)
        posters = self._records("posters.csv", PostersFile)
        texts = self._records("texts.yaml", TextsFile)
        server = self._records("server.yaml", ServerFile)
        reminders = self._records("reminders.yaml", RemindersFile)
        privacy = self._records("privacy.yaml", PrivacyFile)
        if reminders:
            self.problems += doubled_leads(self.documents["reminders.yaml"])
        empty = Program(event)
        placed = {session.id for session in sessions}
        return Program(
            event=event,
            sessions=sessions,
            speakers=assemble.in_order(assemble.speaker(item) for item in speakers.speakers) if speakers else (),
            organizers=tuple(assemble.organizer(item) for item in organizers.organizers) if organizers else (),
            deadlines=deadlines,
            topics=tuple(assemble.topic(item) for item in topics.topics) if topics else (),
            submission=assemble.submission(submission) if submission else Submission(),
            posters=tuple(assemble.poster(item, placed) for item in posters.posters) if posters else (),
            texts=assemble.texts(texts) if texts else empty.texts,
            server=assemble.server(server) if server else empty.server,
            reminders=policy(reminders) if reminders else empty.reminders,
            privacy=retention(privacy) if privacy else empty.privacy,
        )

    def located(self, program: Program, now: datetime | None) -> list[Located]:
        """Everything that is wrong, the rules over the whole programme included."""
        # Where a session or a speaker had to be left out, what is missing means nothing.
        counts = self.register.counts()
        placed = len(program.sessions) == counts["sessions"] and not self.register.is_unread("session")
        placed = placed and self._ends_known
        invited = len(program.speakers) == counts["speakers"] and not self.register.is_unread("speaker")
        invited = invited and not self.register.is_unread("session") and not self._lacks_invited_talks(program)
        # The date that stands in for an unreadable one is long over.
        now = now if self._dated else None
        found = check(program, now=now, all_placed=placed, all_invited=invited)
        return self.problems + [self._locate(problem) for problem in found if not self._follows(problem)]

    def _lacks_invited_talks(self, program: Program) -> bool:
        """Whether a session may be one with invited talks, and is left out or of a kind that cannot be read."""
        read = {session.id for session in program.sessions} - {
            told.problem.record for told in self.problems if told.is_error and told.problem.field == "kinds"
        }
        left = (record for record in self.register.written("session") if str(record.get("id")) not in read)
        return any("invited" in str(record.get("kinds", "invited")).lower() for record in left)

    def _follows(self, problem: Problem) -> bool:
        """Whether a session is no poster session only because one of its kinds is misspelled, which has been told."""
        unread = (told.problem for told in self.problems if told.is_error and told.problem.field == "kinds")
        return problem.rule == "not-a-poster-session" and any(told.record == problem.value for told in unread)

    def _parse(self, name: str, data: bytes) -> None:
        if isinstance(data, UnreadFile):
            message = f"this file cannot be read: {data.why}."
            self.problems.append(at_file(name, Severity.ERROR, "unreadable-file", None, name, message, data.fix))
            return
        text, problems = decode(name, data)
        parse = parse_posters if name.endswith(".csv") else parse_yaml
        merged = unmerged(name, text)
        if merged is not None:
            self.problems += [*problems, merged]
            return
        text, raw = plain_text(name, text, guessed=bool(problems))
        document, found = parse(name, text)
        found = raw + found
        # A file in another encoding may well not parse: that is the same mistake.
        self.problems += problems if problems and document is None else problems + found
        if document is not None:
            clean, marked = cleaned(document)
            self.problems += marked
            self.documents[name] = replace(document, data=clean)

    def _records(self, name: str, model: type[R]) -> R | None:
        document = self.documents.get(name)
        if document is None:
            return None
        found, problems = validated(model, document, document.data, self._year)
        self.problems += problems
        if isinstance(found, EventFile) and found.dates.first != NO_DATE:
            self._year = found.dates.first.year
        return found

    def _assumed_day(self) -> date | None:
        """While the event's date is not known: the day of its sessions that name none, unless there are several."""
        event = self.documents.get("event.yaml")
        return NO_DATE if event is None or event.value(("dates", "last")) is None else None

    def _zone(self, record: EventFile) -> ZoneInfo:
        zone = zone_named(record.zone)
        if zone is None:
            message = f'"{record.zone}" is not the name of a zone.'
            fix = zone_fix(record.zone, record.venue.city if record.venue else None)
            document = self.documents["event.yaml"]
            self.problems.append(document.error("unknown-zone", ("zone",), record.zone, message, fix))
        return zone or ZoneInfo("UTC")

    def _locate(self, problem: Problem) -> Located:
        place = self.register.place(problem.kind, problem.record)
        if place is None:
            file = f"{problem.kind}.yaml" if f"{problem.kind}.yaml" in FILES else "event.yaml"
            document = self.documents.get(file)
            if document is None:
                return Located(problem, file)
            place = document, ()
        document, path = place
        return Located(problem, document.file, document.line_of(document.find(path, problem.field, problem.value)))


def _position(located: Located) -> tuple[int, str, int, bool]:
    return _ORDER.get(located.file, len(_ORDER)), located.file, located.line or 0, not located.is_error
