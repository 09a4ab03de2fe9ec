"""An organizer's bad day: twenty different mistakes in one folder, all told in one go."""

from tests.formats.folders import edited, read, small_folder

#: file, what stood there, the mistake, and the rule that tells it with its line
MISTAKES = (
    ("event.yaml", "zone: America/Vancouver", "zone: GMT-7", "unknown-zone", 8),
    ("event.yaml", "visibility: attendees", "visibility: everyone", "unknown-value", 21),
    ("event.yaml", "website: https://example.org/ocean", "website: example.org/ocean", "malformed-link", 4),
    ("sessions.yaml", "day: 2025-04-28\n    start: 09:00", "day: 28 April\n    start: 09:00", "date-without-year", 5),
    ("sessions.yaml", "title: Tides and Tokens", "titel: Tides and Tokens", "unknown-key", 19),
    ("sessions.yaml", "kinds: [poster, break]", "kinds: [postr, break]", "unknown-value", 25),
    ("sessions.yaml", "start: 10:30\n    end: 11:30\n    room: annex", "start: 10:30\n    end: 10:00\n    room: annex",
     "end-before-start", 35),
    ("sessions.yaml", "day: 2025-04-29", "day: Fri 2025-04-29", "weekday", 40),
    ("speakers.yaml", "id: tomas", "id: maya", "duplicate-id", 8),
    ("speakers.yaml", "affiliation: Coast University", "email: maya", "private-field", 5),
    ("organizers.yaml", "    name: Ines Aldana\n", "", "missing-field", 2),
    ("deadlines.yaml", "[2025-01-25 23:59]", "[2025-02-05 23:59]", "extension-order", 7),
    ("deadlines.yaml", "due: 2025-02-20", "due: 2025-02-31", "unreadable-date", 12),
    ("topics.yaml", "short: Diffusion", "short: Diffusion of everything", "tag-too-long", 7),
    ("submission.yaml", "pages: 4", "pages: four", "not-a-number", 5),
    ("posters.csv", "currents; diffusion", "currents; difusion", "dangling-reference", 2),
    ("posters.csv", "Learning the Gulf Stream", "Learning the <b>Gulf</b> Stream", "markup", 4),
    ("texts.yaml", "Be kind.", "Write to chair@example.org.", "private-field", 2),
    ("texts.yaml", "    where: Lisbon 2024", "    where: Lisbon 2024\n    where: Porto", "duplicate-key", 10),
    ("server.yaml", "announcements: announcements", "announcements: Our News", "malformed-channel", 2),
)  # fmt: skip


def test_twenty_mistakes_are_twenty_messages() -> None:
    files = small_folder()
    for file, old, new, _, _ in MISTAKES:
        files = edited(files, file, old, new)
    reading = read(files)
    told = sorted((item.file, item.line or 0, item.problem.rule) for item in reading.problems)
    assert told == sorted((file, line, rule) for file, _, _, rule, line in MISTAKES)
    assert reading.program is None


def test_twenty_mistakes_each_alone_are_one_message() -> None:
    for file, old, new, rule, line in MISTAKES:
        found = read(edited(small_folder(), file, old, new)).problems
        assert [(item.file, item.line, item.problem.rule) for item in found] == [(file, line, rule)]
