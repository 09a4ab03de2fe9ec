"""Questions and answers about posters as Markdown, as a CSV table, and as JSON; docs/qa-export.md describes them."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.domain.posters.export import Export, ExportedPoster, ExportedQuestion
from bot.domain.posters.question import State

#: Grows when a reader of the JSON would have to be changed.
VERSION = 1
COLUMNS = (
    *("poster_id", "poster", "board", "question", "votes", "state", "asked_by", "asked_at", "text"),
    *("answered_by", "answered_at", "answer", "link"),
)

#: What a spreadsheet takes for a formula's beginning, behind spaces, too, and in wide forms (OWASP: CSV Injection).
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_MARKUP = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>()#+-!|~&"})
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")
_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>.,;:!?)\]'\"…])")
_SHORT = 200


class Format(StrEnum):
    """The value is also how the file's name ends."""

    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"


def written(export: Export, wanted: Format) -> bytes:
    """The file, in UTF-8."""
    return _WRITERS[wanted](export)


def parts(export: Export, wanted: Format, most: int) -> list[bytes]:
    """The same in files of at most ``most`` bytes, each whole in itself; no poster is torn apart."""
    content = written(export, wanted)
    if len(content) <= most or len(export.posters) < 2:
        return [content]
    half = len(export.posters) // 2
    pieces = (replace(export, posters=posters) for posters in (export.posters[:half], export.posters[half:]))
    return [content for piece in pieces for content in parts(piece, wanted, most)]


def markdown(export: Export) -> bytes:
    """For people: what waits for an answer, then each poster with its questions, the most upvoted first."""
    return ("\n".join(_markdown(export)).rstrip() + "\n").encode()


def table(export: Export) -> bytes:
    """A row for each answer, and one for each question without. With a mark for spreadsheets that it is UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for poster in export.posters:
        for one in poster.questions:
            head = (*(poster.id, poster.title, poster.board or "", one.number, one.votes, _state(one)),)
            asked = (one.asked_by, _iso(one.asked_at), one.text)
            given = [(answer.by, _iso(answer.given_at), answer.text) for answer in one.answers] or [("", "", "")]
            for answer in given:
                rows.writerow([_cell(value) for value in (*head, *asked, *answer, one.link or "")])
    return out.getvalue().encode("utf-8-sig")


def to_json(export: Export) -> bytes:
    """For programs."""
    found = {
        "format": "usher-qa",
        "version": VERSION,
        "event": {"id": export.event_id, "name": export.event},
        "made_at": _iso(export.made_at),
        "posters": [_poster_json(poster) for poster in export.posters],
        "unanswered": [one.number for _, one in export.unanswered],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


_WRITERS: Mapping[Format, Callable[[Export], bytes]] = MappingProxyType(
    {Format.MARKDOWN: markdown, Format.CSV: table, Format.JSON: to_json}
)


def _markdown(export: Export) -> Iterator[str]:
    yield f"# Questions and answers: {_line(export.event)}\n"
    waiting = export.unanswered
    yield (
        f"{_count(export.questions, 'question')} about {_count(len(export.posters), 'poster')}, {len(waiting)} without "
        f"an answer. As of {_when(export.made_at, export.zone)}. Times are the venue's ({export.zone.key}).\n"
    )
    yield (
        "Who asked without a name stays unnamed. Who did not want to be in exports is left out, and so is what was "
        "withdrawn or hidden.\n"
    )
    if waiting:
        yield "## Without an answer\n"
        yield from (
            f"- Question {one.number} ({_votes(one)}) about {_line(poster.title)}: {_line(one.text, _SHORT)}"
            for poster, one in waiting
        )
        yield ""
    for poster in export.posters:
        yield from _poster_markdown(poster, export.zone)


def _poster_markdown(poster: ExportedPoster, zone: ZoneInfo) -> Iterator[str]:
    yield f"## {_line(poster.title)}\n"
    facts = [_line(", ".join(poster.authors))] if poster.authors else [f"Id {_line(poster.id)}"]
    if poster.board:
        facts.append(f"Board {_line(poster.board)}")
    facts += [f"{label}: <{url}>" for label, url in (("Paper", poster.page), ("Thread", poster.thread)) if url]
    yield " · ".join(facts) + "\n"
    for one in poster.questions:
        yield f"### Question {one.number} · {_votes(one)}\n"
        yield _quoted(one.text)
        link = f" · <{one.link}>" if one.link else ""
        yield f"\nAsked by {_line(one.asked_by)}, {_when(one.asked_at, zone)}{link}\n"
        for answer in one.answers:
            yield f"**Answer** by {_line(answer.by)}, {_when(answer.given_at, zone)}:\n"
            yield f"{_quoted(answer.text)}\n"
        if not one.answers:
            yield "*Answered by somebody who is left out.*\n" if one.answered else "*No answer yet.*\n"


def _poster_json(poster: ExportedPoster) -> dict[str, object]:
    return {
        "id": poster.id,
        "title": poster.title,
        "authors": list(poster.authors),
        "board": poster.board,
        "page": poster.page,
        "thread": poster.thread,
        "questions": [
            {
                "number": one.number,
                "votes": one.votes,
                "state": _state(one),
                "asked_by": one.asked_by,
                "asked_at": _iso(one.asked_at),
                "text": one.text,
                "link": one.link,
                "answers": [
                    {"by": answer.by, "given_at": _iso(answer.given_at), "text": answer.text} for answer in one.answers
                ],
            }
            for one in poster.questions
        ],
    }


def _state(one: ExportedQuestion) -> str:
    return State.ANSWERED if one.answered else State.OPEN


def _votes(one: ExportedQuestion) -> str:
    return _count(one.votes, "upvote")


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _when(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _cell(value: object) -> object:
    """A text that no spreadsheet takes for a formula: an apostrophe before it shows that it is none."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _line(text: str, most: int | None = None) -> str:
    """One line of Markdown that shows the text letter by letter (CommonMark, Backslash escapes)."""
    folded = " ".join(text.split())
    if most is not None and len(folded) > most:
        folded = f"{folded[: most - 1].rstrip()}…"
    if "://" not in folded:
        return _escaped(folded)
    parts = _ADDRESS.split(folded)
    return "".join(f"<{part}>" if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", text.translate(_MARKUP))


def _quoted(text: str) -> str:
    """Line by line; two spaces keep a line's end."""
    return "  \n".join(f"> {_line(row)}" for row in text.splitlines() if row.strip())
