"""What a missing field could look like: a fix should be something to type."""

from bot.formats.document import Path

_BY_FIELD = {
    "id": "id: a-short-name (letters, digits, - and _)",
    "name": "name: the name as people know it",
    "title": "title: the title as people see it",
    "dates": "dates: with first: 2025-04-28 in the line below, indented",
    "first": "first: 2025-04-28, and tentative: true while the date is not certain",
    "zone": "zone: America/Vancouver (the venue's IANA zone)",
    "kinds": "kinds: [oral] (opening, invited_talk, oral, poster, panel, tutorial, discussion, break, lunch, social, "
    "awards, closing or other)",
    "start": "start: 09:10",
    "end": "end: 09:50",
    "status": "status: confirmed or status: invited",
    "kind": "kind: submission (or bidding, review, notification, camera_ready, registration, other)",
    "day": "day: 2025-04-28",
    "due": "due: 2025-02-01 23:59",
    "visibility": "visibility: attendees (or public, authors, speakers, reviewers, chairs, organizers)",
    "label": "label: Website (the words that are clicked)",
    "url": "url: https://example.org/page",
    "question": "question: How do I join from afar?",
    "answer": "answer: and the answer in a sentence or two",
    "where": "where: ICLR 2024, Vienna",
    "authors": "the authors, separated by semicolons,",
}


def example(file: str, path: Path) -> str:
    """An example of the field at ``path``, ready to follow the word "Write"."""
    field = str(path[-1]) if path and isinstance(path[-1], str) else "value"
    if file.endswith(".csv"):
        return {"id": "an id", "title": "the title"}.get(
            field, _BY_FIELD.get(field, "a value")
        ) + f" in the column {field}"
    if field == "name" and file == "event.yaml" and len(path) == 1:
        return "name: the full name of the event"
    return _BY_FIELD.get(field, f"{field}: and its value")
