"""A case for the record, to read and for programs. Neither says who reported, unless they said so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.conduct.case import Case, Entry, Step, for_committee
from bot.domain.event import Event

_DID = {
    Step.READ: "acknowledged the case",
    Step.ASSIGNED: "assigned the case",
    Step.WRITTEN: "wrote to the reporter",
    Step.ANSWERED: "wrote",
    Step.CLOSED: "closed the case",
    Step.CLOSED_DMS: "could not reach the reporter by direct message",
    Step.DIRECT: "brought the case to each member directly",
}
_REPORTER, _ANONYMOUS = "the reporter", "somebody who stays anonymous"


def as_markdown(case: Case, entries: Sequence[Entry], event: Event, now: datetime) -> str:
    """Times are the venue's, with UTC beside them."""
    zone = event.tz
    rows = [
        f"# Case {case.number}, {event.name}",
        f"Reported {_at(case.reported_at, zone)} by {case.name or _ANONYMOUS}. State: {case.stage}"
        f"{f', with {case.assigned.name}' if case.assigned else ''}. "
        f"Exported {_at(now, zone)}.",
        f"## What happened\n\n{case.what or '(nothing was written)'}",
    ]
    rows += [f"## Where and when\n\n{case.where}"] if case.where else []
    people = [f"- {person.name} (Discord id {person.id})" for person in case.involved]
    rows += ["\n\n".join(["## Who is involved", *(["\n".join(people)] if people else []), case.who]).rstrip()] * bool(
        people or case.who
    )
    if case.message is not None:
        message = case.message
        files = "".join(
            f"\n- File: {name}, {'kept' if place in case.kept else address}"
            for place, (name, address) in enumerate(message.files)
        )
        rows.append(
            f"## The message that was reported\n\nBy {message.author.name}, {_at(message.at, zone)}"
            f"{f', {message.url}' if message.url else ''}\n\n"
            f"{_quoted(message.text) or '(no text)'}{files}"
        )
    rows.append("## What was done")
    rows += [
        f"**{_at(entry.at, zone)}:** {_who(entry)} {_DID[entry.step]}"
        + (f":\n\n{_quoted(entry.text)}" if entry.text else ".")
        for entry in for_committee(entries)
    ] or ["Nothing yet."]
    return "\n\n".join(rows) + "\n"


def as_data(case: Case, entries: Sequence[Entry], now: datetime) -> dict[str, Any]:
    """Times are UTC."""
    message = case.message
    return {
        "case": case.number,
        "state": case.stage,
        "exported_at": now.isoformat(),
        "reported_at": case.reported_at.isoformat(),
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "reporter": case.name,
        "what": case.what,
        "where_and_when": case.where,
        "who": case.who,
        "involved": [{"id": str(person.id), "name": person.name} for person in case.involved],
        "assigned_to": case.assigned.name if case.assigned else None,
        "message": {
            "author": {"id": str(message.author.id), "name": message.author.name},
            "text": message.text,
            "link": message.url,
            "at": message.at.isoformat(),
            "files": [
                {"name": name, "link": address, "kept": place in case.kept}
                for place, (name, address) in enumerate(message.files)
            ],
        }
        if message
        else None,
        "steps": [
            {"at": entry.at.isoformat(), "step": entry.step, "by": _who(entry), "text": entry.text}
            for entry in for_committee(entries)
        ],
    }


def _who(entry: Entry) -> str:
    if entry.by is not None:
        return entry.by.name
    return _REPORTER if entry.step is Step.ANSWERED else "the bot"


def _at(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M} ({instant:%Y-%m-%d %H:%M} UTC)"


def _quoted(text: str) -> str:
    return "\n".join(f"> {row}" for row in text.splitlines())
