"""A Program written as an organizer's folder of YAML and CSV: the opposite of reading one."""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.call import Deadline
from bot.domain.event import Link, Texts
from bot.domain.privacy.retention import Term
from bot.domain.program import Poster, Program
from bot.domain.reminders.policy import Policy
from bot.domain.sessions import Session, Talk
from bot.domain.times import AOE

_PLAIN = re.compile(r"[A-Za-z0-9][\w ()/.–'?+-]*", re.ASCII)
_COLUMNS = (
    *("id", "title", "authors", "topics", "topics_status", "decision", "format", "board", "session", "award"),
    *("page_url", "pdf_url", "slides_url", "poster_url", "video_url", "abstract"),
)


def folder_of(program: Program) -> Mapping[str, bytes]:
    """``program`` as files: name -> UTF-8 content."""
    files = {
        "event.yaml": _event(program),
        "sessions.yaml": {"sessions": [_session(session, program.event.tz) for session in program.sessions]},
        "speakers.yaml": {
            "speakers": [
                {
                    "id": one.id,
                    "name": one.name,
                    "sort_name": one.sort_name,
                    "status": "confirmed" if one.confirmed else "invited",
                    "position": one.position,
                    "affiliation": one.affiliation,
                    "areas": one.areas,
                    "bio": one.bio,
                    "website": one.website,
                    "aliases": one.aliases,
                }
                for one in program.speakers
            ]
        },
        "organizers.yaml": {"organizers": [_fields(one) for one in program.organizers]},
        "deadlines.yaml": {"deadlines": [_deadline(deadline) for deadline in program.deadlines]},
        "topics.yaml": {"topics": [_fields(topic) for topic in program.topics]},
        "submission.yaml": {
            "portal": program.submission.portal,
            "formats": [_fields(each) for each in program.submission.formats],
            "rules": program.submission.rules,
        },
        "texts.yaml": _texts(program.texts),
        "server.yaml": {"channels": program.server.channels, "roles": program.server.roles},
        "reminders.yaml": _reminders(program.reminders),
        "privacy.yaml": {term.value: f"{program.privacy.of(term).days}d" for term in Term},
    }
    content = {name: ("\n".join(_block(value)) + "\n").encode() for name, value in files.items()}
    return {**content, "posters.csv": _posters(program.posters)}


def _event(program: Program) -> dict[str, Any]:
    event = program.event
    return {
        **{
            name: getattr(event, name)
            for name in (
                "id", "name", "short_name", "aliases", "parent", "tagline", "description", "website", "contact", "zone",
                "audience", "expected_attendees", "mode", "how_to_attend",
            )
        },
        "dates": {
            "first": event.first_day,
            "last": event.last_day,
            "tentative": "true" if event.dates_tentative else "false",
            "source": event.dates_source,
        },
        "venue": _fields(event.venue),
        "rooms": [_fields(room) for room in event.rooms],
        "joining": [_fields(link) for link in event.joining],
        "materials": _links(event.materials),
    }  # fmt: skip


def _session(session: Session, zone: ZoneInfo) -> dict[str, Any]:
    start, end = session.start.astimezone(zone), session.end.astimezone(zone)
    return {
        "id": session.id,
        "title": session.title,
        "kinds": session.kinds,
        "day": start.date(),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
        "ends_next_day": "true" if end.date() > start.date() else None,
        "cancelled": "true" if session.cancelled else None,
        "mode": session.mode,
        "joining": [_fields(link) for link in session.joining],
        "room": session.room,
        "track": session.track,
        "chairs": session.chairs,
        "description": session.description,
        "links": _links(session.links),
        "materials": _links(session.materials),
        "talks": [_talk(talk, zone) for talk in session.talks],
    }


def _talk(talk: Talk, zone: ZoneInfo) -> dict[str, Any]:
    fields = _fields(talk)
    fields["start"] = talk.start and f"{talk.start.astimezone(zone):%H:%M}"
    fields["end"] = talk.end and f"{talk.end.astimezone(zone):%H:%M}"
    fields["materials"] = _links(talk.materials)
    return fields


def _deadline(deadline: Deadline) -> dict[str, Any]:
    zone = AOE if deadline.zone == "AoE" else ZoneInfo(deadline.zone)

    def stated(instant: datetime | None) -> str | None:
        return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else None

    return {
        "id": deadline.id,
        "title": deadline.title,
        "kind": deadline.kind,
        "due": stated(deadline.due),
        "opens": stated(deadline.opens),
        "extended_from": [stated(due) for due in deadline.earlier],
        "audience": deadline.audience,
        "note": deadline.note,
        "url": deadline.url,
        "zone": deadline.zone,
    }


def _texts(texts: Texts) -> dict[str, Any]:
    return {
        "conduct": {"text": texts.conduct, "contact": texts.conduct_contact},
        "diversity": texts.diversity,
        "materials_policy": texts.materials_policy,
        "faq": [_fields(entry) for entry in texts.faq],
        "related": [_fields(workshop) for workshop in texts.related],
    }


def _reminders(policy: Policy) -> dict[str, Any]:
    quiet = policy.quiet_from != policy.quiet_until
    return {
        "deadlines": [_minutes(lead) for lead in policy.deadlines] or "no",
        "sessions": [_minutes(lead) for lead in policy.sessions] or "no",
        "talks": "yes" if policy.talks else "no",
        "digest": f"{policy.digest:%H:%M}" if policy.digest else "no",
        "overview": f"{policy.overview:%H:%M}" if policy.overview else "no",
        "quiet_hours": f"{policy.quiet_from:%H:%M}-{policy.quiet_until:%H:%M}" if quiet else "no",
    }


def _minutes(lead: timedelta) -> str:
    return f"{lead // timedelta(minutes=1)}m"


def _posters(posters: Iterable[Poster]) -> bytes:
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for poster in posters:
        links = {link.label: link.url for link in poster.links}
        table.writerow(
            [
                poster.id,
                poster.title,
                "; ".join(poster.authors),
                "; ".join(poster.topics),
                "provisional" if poster.topics_provisional else "",
                *(poster.decision, poster.format, poster.board, poster.session, poster.award),
                *(links.get(label) for label in ("Paper page", "PDF", "Slides", "Poster", "Video")),
                poster.abstract,
            ]
        )
    return out.getvalue().encode()


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__struct_fields__}


def _links(links: Iterable[Link]) -> list[dict[str, Any]]:
    return [_fields(link) for link in links]


def _block(value: Any, indent: str = "") -> Iterable[str]:
    """``value`` as block YAML, line by line; what is None or empty is left out."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if _is_nested(item):
                yield f"{indent}{key}:"
                yield from _block(item, indent + "  ")
            elif item not in (None, (), []):
                yield f"{indent}{key}: {_scalar(item)}"
    else:
        for item in value:
            if _is_nested(item):
                first, *rest = _block(item, indent + "  ")
                yield f"{indent}- {first[len(indent) + 2 :]}"
                yield from rest
            else:
                yield f"{indent}- {_scalar(item)}"


def _is_nested(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and len(value) > 0


def _scalar(value: Any) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) and not text.endswith(" ") else json.dumps(text, ensure_ascii=False)
