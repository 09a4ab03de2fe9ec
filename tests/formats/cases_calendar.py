"""One mistake per rule: dates at the ends of the calendar, and sessions that are too long."""

from tests.formats.case import Case, Told

_RIGHT_YEAR = "Write the date with the right year."

CASES = (
    Case(
        "deadline after the calendar",
        "deadlines.yaml",
        "due: 2025-03-01",
        "due: 9999-12-31",
        Told("error", "unreadable-date", "deadlines.yaml", 17, "decisions", "due"),
        _RIGHT_YEAR,
    ),
    Case(
        "extension after the calendar",
        "deadlines.yaml",
        "[2025-01-25 23:59]",
        "[9999-12-31]",
        Told("error", "unreadable-date", "deadlines.yaml", 7, "papers", "extended_from"),
        _RIGHT_YEAR,
    ),
    Case(
        "deadline of a zone after the calendar",
        "deadlines.yaml",
        "due: 2025-03-01",
        "due: 9999-12-31 23:59\n    zone: America/Vancouver",
        Told("error", "unreadable-date", "deadlines.yaml", 17, "decisions", "due"),
        _RIGHT_YEAR,
    ),
    Case(
        "deadline before the calendar",
        "deadlines.yaml",
        "due: 2025-03-01",
        "due: 0001-03-01",
        Told("error", "unreadable-date", "deadlines.yaml", 17, "decisions", "due"),
        _RIGHT_YEAR,
    ),
    Case(
        "event before the calendar",
        "event.yaml",
        "first: Mon 2025-04-28",
        "first: 0001-04-28",
        Told("error", "unreadable-date", "event.yaml", 6, "ocean-2025", "dates.first"),
        _RIGHT_YEAR,
    ),
    Case(
        "event after the calendar",
        "event.yaml",
        "last: 2025-04-29",
        "last: 9999-12-31",
        Told("error", "unreadable-date", "event.yaml", 7, "ocean-2025", "dates.last"),
        _RIGHT_YEAR,
    ),
    Case(
        "session after the calendar",
        "sessions.yaml",
        "day: 2025-04-29",
        "day: 9999-12-31\n    ends_next_day: true",
        Told("error", "unreadable-date", "sessions.yaml", 40, "posters-2", "day"),
        _RIGHT_YEAR,
    ),
    Case(
        "session of a whole day before others in its room",
        "sessions.yaml",
        "start: 09:30\n    end: 10:30",
        "ends_next_day: true\n    start: 09:30\n    end: 10:30",
        Told("warning", "longer-than-a-day", "sessions.yaml", 13, "invited", "ends_next_day"),
        "Remove ends_next_day, unless the session goes on through the night and the next day.",
    ),
    Case(
        "session of a whole day",
        "sessions.yaml",
        "day: 2025-04-29\n    start: 09:00\n    end: 10:00",
        "day: 2025-04-29\n    start: 09:00\n    end: 09:10\n    ends_next_day: true",
        Told("warning", "longer-than-a-day", "sessions.yaml", 43, "posters-2", "ends_next_day"),
        "Remove ends_next_day, unless the session goes on through the night and the next day.",
    ),
)
