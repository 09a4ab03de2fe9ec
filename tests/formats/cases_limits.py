"""One mistake per rule: more than Discord or an answer has room for."""

from tests.formats.case import Case, Told

_LONG = "https://example.org/" + "a" * 1_000
_SHORTER = "Write a shorter address of the same page; until then only the words of the link are shown."


def _cut(most: str) -> str:
    return f"Shorten it to {most} characters; until then the rest is cut off."


def _address(name: str, file: str, old: str, new: str, line: int, record: str | None, field: str | None) -> Case:
    return Case(
        f"long address, {name}", file, old, new, Told("warning", "long-address", file, line, record, field), _SHORTER
    )


CASES = (
    Case(
        "long rule",
        "submission.yaml",
        "  - One file.",
        f"  - One file.\n  - {'Two files. ' * 40}",
        Told("warning", "too-long", "submission.yaml", 8, None, "rules"),
        _cut("300"),
    ),
    Case(
        "long note of a format",
        "submission.yaml",
        "    pages: 4",
        f"    pages: 4\n    note: {'Short. ' * 60}",
        Told("warning", "too-long", "submission.yaml", 6, "short", "note"),
        _cut("300"),
    ),
    Case(
        "long note of a deadline",
        "deadlines.yaml",
        "    kind: notification",
        f"    kind: notification\n    note: {'By mail. ' * 30}",
        Told("warning", "too-long", "deadlines.yaml", 17, "decisions", "note"),
        _cut("200"),
    ),
    Case(
        "long affiliation of an organizer",
        "organizers.yaml",
        "    duty: Programme",
        f"    affiliation: {'Institute of Tides ' * 6}",
        Told("warning", "too-long", "organizers.yaml", 4, "ines", "affiliation"),
        _cut("100"),
    ),
    Case(
        "long affiliation of a speaker",
        "speakers.yaml",
        "affiliation: Coast University",
        f"affiliation: {'Coast University ' * 7}",
        Told("warning", "too-long", "speakers.yaml", 5, "maya", "affiliation"),
        _cut("100"),
    ),
    Case(
        "long audience",
        "event.yaml",
        "mode: hybrid",
        f"mode: hybrid\naudience: {'Everybody. ' * 40}",
        Told("warning", "too-long", "event.yaml", 18, "ocean-2025", "audience"),
        _cut("400"),
    ),
    Case(
        "many authors",
        "posters.csv",
        "Aiko Tanabe",
        "; ".join(f"Author {chr(65 + number)}" for number in range(21)),
        Told("warning", "too-many-authors", "posters.csv", 3, "p2", "authors"),
        "Nothing if this is meant; else put the 20 that should be shown first.",
    ),
    _address("event", "event.yaml", "https://example.org/ocean", _LONG, 4, "ocean-2025", "website"),
    _address("joining", "event.yaml", "https://example.org/stream", _LONG, 20, "ocean-2025", "joining.url"),
    _address(
        "map",
        "event.yaml",
        "  city: Vancouver",
        f"  city: Vancouver\n  map_url: {_LONG}",
        12,
        "ocean-2025",
        "venue.map_url",
    ),
    _address(
        "session",
        "sessions.yaml",
        "    end: 09:30\n",
        f"    end: 09:30\n    links: [{{label: Notes, url: '{_LONG}'}}]\n",
        8,
        "opening",
        "links.url",
    ),
    _address(
        "talk",
        "sessions.yaml",
        "        end: 10:15\n",
        f"        end: 10:15\n        materials: [{{label: Slides, url: '{_LONG}'}}]\n",
        23,
        "tides",
        "materials.url",
    ),
    _address("speaker", "speakers.yaml", "https://example.org/maya", _LONG, 7, "maya", "website"),
    _address("organizer", "organizers.yaml", "    duty: Programme", f"    website: {_LONG}", 4, "ines", "website"),
    _address(
        "deadline",
        "deadlines.yaml",
        "    kind: notification",
        f"    kind: notification\n    url: {_LONG}",
        17,
        "decisions",
        "url",
    ),
    _address("portal", "submission.yaml", "https://example.org/submit", _LONG, 1, None, "portal"),
    _address(
        "related",
        "texts.yaml",
        "    where: Lisbon 2024",
        f"    where: Lisbon 2024\n    url: {_LONG}",
        10,
        None,
        "related.url",
    ),
    _address("poster", "posters.csv", "https://example.org/p1", _LONG, 2, "p1", None),
)
