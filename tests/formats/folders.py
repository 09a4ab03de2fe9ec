"""A small event folder without any problem, and the tools to put mistakes into it."""

from collections.abc import Mapping

from bot.formats.document import Located
from bot.formats.folder import Reading, read_folder

_EVENT = """\
id: ocean-2025
name: Workshop on Ocean Models
short_name: Ocean
website: https://example.org/ocean
dates:
  first: Mon 2025-04-28
  last: 2025-04-29
zone: America/Vancouver
venue:
  name: Harbour Hall
  city: Vancouver
rooms:
  - id: hall
    name: Great Hall
  - id: annex
    name: Annex
mode: hybrid
joining:
  - label: Stream
    url: https://example.org/stream
    visibility: attendees
"""

_SESSIONS = """\
sessions:
  - id: opening
    title: Opening
    kinds: [opening]
    day: 2025-04-28
    start: 09:00
    end: 09:30
    room: hall
  - id: invited
    title: Invited Talk
    kinds: [invited_talk]
    day: 2025-04-28
    start: 09:30
    end: 10:30
    room: hall
    chairs: [Ines Aldana]
    talks:
      - id: tides
        title: Tides and Tokens
        speakers: [maya]
        start: 09:30
        end: 10:15
  - id: posters-1
    title: Posters
    kinds: [poster, break]
    day: 2025-04-28
    start: 10:30
    end: 11:30
    room: hall
  - id: tutorial
    title: Tutorial
    kinds: tutorial
    day: 2025-04-28
    start: 10:30
    end: 11:30
    room: annex
  - id: posters-2
    title: Posters
    kinds: [poster]
    day: 2025-04-29
    start: 09:00
    end: 10:00
    room: annex
"""

_SPEAKERS = """\
speakers:
  - id: maya
    name: Maya Lindqvist
    status: confirmed
    affiliation: Coast University
    bio: She models tides.
    website: https://example.org/maya
  - id: tomas
    name: Tomas Ferreira
    status: invited
"""

_ORGANIZERS = """\
organizers:
  - id: ines
    name: Ines Aldana
    duty: Programme
"""

_DEADLINES = """\
zone: AoE
deadlines:
  - id: papers
    title: Papers due
    kind: submission
    due: 2025-02-01 23:59
    extended_from: [2025-01-25 23:59]
  - id: reviews
    title: Reviews due
    kind: review
    opens: 2025-02-03
    due: 2025-02-20
    audience: reviewers
  - id: decisions
    title: Decisions
    kind: notification
    due: 2025-03-01
"""

_TOPICS = """\
topics:
  - id: currents
    name: Currents
    group: Theory
  - id: diffusion
    name: Diffusion of Heat and Salt
    short: Diffusion
    group: Methods
"""

_SUBMISSION = """\
portal: https://example.org/submit
formats:
  - id: short
    name: Short paper
    pages: 4
rules:
  - One file.
"""

_POSTERS = """\
id,title,authors,topics,topics_status,format,board,session,page_url
p1,Salt Fingers at Depth,Maya Lindqvist; Jonas Berg,currents; diffusion,provisional,short,A1,posters-1,https://example.org/p1
p2,"Drift, Slowly",Aiko Tanabe,diffusion,,short,TBA,,
p3,Learning the Gulf Stream,Pedro Salgado,currents,,,,posters-2,
"""

_TEXTS = """\
conduct:
  text: Be kind.
  contact: https://example.org/conduct
faq:
  - question: Is there coffee?
    answer: Yes, in the annex.
related:
  - name: Workshop on Rivers
    where: Lisbon 2024
"""

_SERVER = """\
channels:
  announcements: announcements
roles:
  organizers: Organizer
"""

_REMINDERS = """\
deadlines: [7d, 1d, 6h]
sessions:
  - 15m
  - 2h
talks: yes
digest: "08:30"
overview: no
quiet_hours: 21:00-07:00
"""

_PRIVACY = """\
personal: 14d
messages: 30d
audit: 365d
drafts: 2d
"""


def small_folder() -> dict[str, str]:
    """The files of a valid event of two days, without a single warning."""
    return {
        "event.yaml": _EVENT,
        "sessions.yaml": _SESSIONS,
        "speakers.yaml": _SPEAKERS,
        "organizers.yaml": _ORGANIZERS,
        "deadlines.yaml": _DEADLINES,
        "topics.yaml": _TOPICS,
        "submission.yaml": _SUBMISSION,
        "posters.csv": _POSTERS,
        "texts.yaml": _TEXTS,
        "server.yaml": _SERVER,
        "reminders.yaml": _REMINDERS,
        "privacy.yaml": _PRIVACY,
    }


def edited(files: Mapping[str, str], file: str, old: str, new: str) -> dict[str, str]:
    """``files`` with one text replaced in one file; an empty ``old`` adds ``new`` at its end."""
    text = files.get(file, "")
    assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    return {**files, file: text.replace(old, new) if old else text + new}


def read(files: Mapping[str, str]) -> Reading:
    return read_folder({name: text.encode() for name, text in files.items()})


def problems(files: Mapping[str, str]) -> tuple[Located, ...]:
    return read(files).problems
