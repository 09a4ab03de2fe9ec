"""Sessions, talks and deadlines: the records whose wall-clock times become instants.

A record that cannot be placed in time is left out of what the later rules see, and the reason is told.
"""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.call import Deadline
from bot.domain.people import Group
from bot.domain.sessions import Session, Talk
from bot.domain.times import AOE, UnreadableTimeError, aoe, localize
from bot.formats.assemble import join_links, links
from bot.formats.document import Document, Located, Path
from bot.formats.examples import example
from bot.formats.fields import UNREAD_DAY
from bot.formats.program_records import DeadlineRecord, DeadlinesFile, SessionRecord, SessionsFile, TalkRecord
from bot.formats.zones import zone_fix, zone_named

_DAY = timedelta(days=1)
_AOE_NAMES = frozenset({"aoe", "anywhere on earth", "utc-12", "etc/gmt+12"})


class Agenda:
    """Reads one event's times in its ``zone``. ``certain`` is False once the end of a session had to be left open.

    ``days`` are the event's first and last, None while unknown: then
    ``assumed`` is the day of sessions that name none, so that they can be compared with each other.
    """

    def __init__(self, zone: ZoneInfo, days: tuple[date, date] | None, assumed: date | None = None) -> None:
        self._zone = zone
        self._days = days
        self._assumed = assumed
        self.problems: list[Located] = []
        self.certain = True

    def sessions(self, document: Document, file: SessionsFile) -> tuple[Session, ...]:
        """In order of start."""
        found = [self._session(document, record) for record in file.sessions]
        return tuple(sorted((item for item in found if item), key=lambda session: session.start))

    def deadlines(self, document: Document, file: DeadlinesFile) -> tuple[Deadline, ...]:
        """In order of due."""
        common = self._stated_zone(document, ("zone",), file.zone)
        found = [self._deadline(document, record, common) for record in file.deadlines]
        return tuple(sorted((item for item in found if item), key=lambda deadline: deadline.due))

    def _session(self, document: Document, record: SessionRecord) -> Session | None:
        day = record.day or self._only_day()
        late = next((name for name in ("day", "start", "end") if _announced_later(record, name)), None)
        if late is not None and (late != "day" or day is None):
            self._no_date_yet(document, (*record.at, late), "session")
            return None
        start, end = record.start, record.end
        if start and end and end <= start and not record.ends_next_day:
            self._ends_early(document, (*record.at, "end"), start, end)
            # Its start is still compared with others, as if it took no time.
            end, self.certain = start, False
        if day is None and self._days is not None:
            fix = f"Write day: {self._days[0]}, or another day of the event."
            message = '"day" is missing, and the event has more than one day.'
            self._error(document, "missing-field", (*record.at, "day"), None, message, fix)
        if day is None or day == UNREAD_DAY or start is None or end is None:
            return None
        return self._placed(document, record, day, start, end)

    def _placed(self, document: Document, record: SessionRecord, day: date, start: time, end: time) -> Session | None:
        last = day + _DAY if record.ends_next_day else day
        starts = self._instant(document, (*record.at, "start"), day, start)
        ends = starts if (last, end) == (day, start) else self._instant(document, (*record.at, "end"), last, end)
        if starts is None or ends is None:
            return None
        talks = [self._talk(document, talk, record, day) for talk in record.talks]
        if starts == ends:
            talks = [replace(talk, start=None, end=None) for talk in talks]
        return Session(
            id=record.id,
            title=record.title,
            kinds=record.kinds,
            start=starts,
            end=ends,
            room=record.room,
            track=record.track,
            chairs=record.chairs,
            talks=tuple(talks),
            description=record.description,
            links=links(record.links),
            materials=links(record.materials),
            cancelled=bool(record.cancelled),
            mode=record.mode,
            joining=join_links(record.joining),
        )

    def _talk(self, document: Document, record: TalkRecord, session: SessionRecord, day: date) -> Talk:
        # After midnight a talk's clock shows less than its session's start.
        def placed(field: str, wall: time | None) -> datetime | None:
            if wall is None or session.start is None:
                return None
            late = bool(session.ends_next_day) and wall < session.start
            return self._instant(document, (*record.at, field), day + _DAY if late else day, wall)

        start, end = placed("start", record.start), placed("end", record.end)
        if start and end and end <= start and record.start and record.end:
            self._ends_early(document, (*record.at, "end"), record.start, record.end)
            start = end = None
        return Talk(
            id=record.id,
            title=record.title,
            speakers=record.speakers,
            presenters=record.presenters,
            abstract=record.abstract,
            poster=record.poster,
            start=start,
            end=end,
            materials=links(record.materials),
        )

    def _deadline(
        self, document: Document, record: DeadlineRecord, common: ZoneInfo | timezone | None
    ) -> Deadline | None:
        if record.due is None:
            self._no_date_yet(document, (*record.at, "due"), "deadline")
            return None
        zone = self._stated_zone(document, (*record.at, "zone"), record.zone) if record.zone else common
        due = self._due(document, (*record.at, "due"), record.due, zone)
        opens = self._due(document, (*record.at, "opens"), record.opens, zone) if record.opens else None
        earlier = [
            self._due(document, (*record.at, "extended_from", at), moment, zone)
            for at, moment in enumerate(record.extended_from)
        ]
        if due is None:
            return None
        return Deadline(
            id=record.id,
            title=record.title,
            kind=record.kind,
            due=due,
            audience=record.audience or Group.PUBLIC,
            opens=opens,
            earlier=tuple(instant for instant in earlier if instant),
            zone=zone.key if isinstance(zone, ZoneInfo) else "AoE",
            note=record.note,
            url=record.url,
        )

    def _only_day(self) -> date | None:
        if self._days is None:
            return self._assumed
        return self._days[0] if self._days[0] == self._days[1] else None

    def _stated_zone(self, document: Document, path: Path, name: str | None) -> ZoneInfo | timezone | None:
        if name is None or name.lower() in _AOE_NAMES:
            return AOE
        zone = zone_named(name)
        if zone is None:
            fix = zone_fix(name, None).replace("Write ", "Write AoE, or ", 1)
            self._error(document, "unknown-zone", path, name, f'"{name}" is neither AoE nor an IANA zone.', fix)
        return zone

    def _due(
        self, document: Document, path: Path, moment: tuple[date, time], zone: ZoneInfo | timezone | None
    ) -> datetime | None:
        if isinstance(zone, ZoneInfo):
            return self._instant(document, path, *moment, zone)
        return aoe(*moment) if zone else None

    def _instant(
        self, document: Document, path: Path, day: date, wall: time, zone: ZoneInfo | None = None
    ) -> datetime | None:
        """The UTC instant, or None (and an error) for a time that the zone skips or repeats."""
        zone = zone or self._zone
        try:
            return localize(day, wall, zone)
        except UnreadableTimeError as fault:
            fix = (
                f"Write {_next_plain_time(day, wall, zone):%H:%M}, or another time that the clock shows once that day."
            )
            self._error(document, "clock-change", path, f"{wall:%H:%M}", f"{fault}.", fix)
        return None

    def _no_date_yet(self, document: Document, path: Path, kind: str) -> None:
        message = f"there is no date yet, so this {kind} is not shown."
        fix = f"Write {example(document.file, path)} when it is known."
        self.problems.append(document.warning("no-date-yet", path, None, message, fix))

    def _ends_early(self, document: Document, path: Path, start: time, end: time) -> None:
        message = f"it ends at {end:%H:%M}, which is not after its start at {start:%H:%M}."
        fix = f"Write an end after {start:%H:%M}; if it runs past midnight, add ends_next_day: true to the session."
        self._error(document, "end-before-start", path, f"{end:%H:%M}", message, fix)

    def _error(self, document: Document, rule: str, path: Path, value: str | None, message: str, fix: str) -> None:
        self.problems.append(document.error(rule, path, value, message, fix))


def _announced_later(record: SessionRecord, field: str) -> bool:
    """Written, but as TBA."""
    return field in record.model_fields_set and getattr(record, field) is None


def _next_plain_time(day: date, wall: time, zone: ZoneInfo) -> time:
    """The next quarter of an hour that the zone has exactly once on or after ``day``."""
    quarter = datetime.combine(day, wall.replace(minute=wall.minute // 15 * 15))
    for _ in range(200):
        quarter += timedelta(minutes=15)
        try:
            localize(quarter.date(), quarter.time(), zone)
        except UnreadableTimeError:
            continue
        break
    return quarter.time()
