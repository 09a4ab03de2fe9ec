"""What whoever reported is shown of their cases: to them alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.notices.conduct import (
    REPORT,
    STAGES,
    name,
    quoted,
    verb,
)
from bot.chat.render.text import count, stamp
from bot.domain.conduct.case import KNOWN_FOR, Case, Entry, Person, Stage, Step, for_committee
from bot.domain.event import Texts

MINE = "mine"
FOOTER = "Only you see this."
_CONTACT = "/conduct says whom else you can turn to."
_TURN = f"Please turn to somebody you trust, too. {_CONTACT}"
_NOBODY = f"**Nobody reads it yet.** {_TURN}"
#: Of what was written without a name it is never said whether anybody is left who reads it.
_UNSIGNED = (
    "**It goes to the committee, without whoever wrote what you report.** I cannot say whom that leaves. You hear from "
    f"me when one of them has read it. {_TURN}"
)
_NEXT = "The report is kept: who comes to the committee next can read it."
_FROM_COMMITTEE = {
    Step.READ: "**The conduct committee has read your report**",
    Step.WRITTEN: "**The conduct committee wrote**",
    Step.CLOSED: "**The conduct committee closed the case**",
    Step.UNHEARD: "**I could not reach anybody of the committee**",
    Step.DIRECT: "**The case could not be in a thread.** It went to each member of the committee directly",
}


def reported(
    case: Case,
    texts: Texts,
    left_out: Sequence[Person],
    reached: int,
    why_direct: str,
    *,
    yourself: bool,
    without_message: bool,
) -> Card:
    """What is said at once to whoever reported. ``why_direct`` where the case goes to each member directly.

    ``yourself``: they named themselves, or reported what they wrote. ``without_message``: the form was open
    for so long that the message is no longer kept.
    """
    reads = next_step(case, texts)
    where = "The committee reads it in a private thread. Administrators of the server can open any thread."
    if case.is_unsigned:
        where = f"{why_direct}: the case goes by direct message to the committee."
    elif not reached:
        reads = _NOBODY
        where = (
            "I know nobody else of the committee yet. The report is kept: the first of them whom I get to know is told "
            "of it."
        )
    elif why_direct:
        whom = count(reached, "other member")
        where = f"{why_direct}: the case goes by direct message to {whom} of the committee."
    rows = [where]
    if left_out:
        names = ", ".join(name(one.name) for one in left_out)
        rows.append(f"{names}: on the committee, and left out of this case.")
    if without_message:
        rows.append("The message was not attached: the form was open for too long. Report the message once more.")
    if yourself:
        rows.append("You are not listed as involved: the committee could guess from it who reported.")
    rows.append(f"The committee {'sees' if case.name else 'never sees'} your name. They write to you through me.")
    rows.append("If my direct messages do not reach you, /report shows what they write.")
    contact = "" if _CONTACT in reads else f" {_CONTACT}"
    rows.append(f"If somebody is in danger, call the emergency services first.{contact}")
    buttons = (button("Add something", verb("answer", case, REPORT)), button("My reports", mine_of(case.guild_id)))
    head = f"## Case {case.number} is recorded\n{reads}"
    return Card((head, "\n".join(rows)), buttons=buttons, footer=FOOTER, shareable=False)


def next_step(case: Case, texts: Texts) -> str:
    """What happens next, and how fast."""
    match case.stage:
        case Stage.OPEN if _is_unsure(case):
            return _UNSIGNED
        case Stage.OPEN:
            within = count(texts.conduct_response_hours, "hour")
            by = stamp(_promised(case, texts), "f")
            return f"Someone from the committee reads it within {within} (by {by}). You hear from me when they have."
        case Stage.READ:
            return "The committee is looking into it. You hear from me when they write, and when the case is closed."
        case Stage.CLOSED:
            until = stamp((case.closed_at or case.reported_at) + KNOWN_FOR, "f")
            return f"You can read this, and add to it, until {until}. Then I forget who reported it."


def own(case: Case, entries: Sequence[Entry], texts: Texts, now: datetime, *, heard: bool) -> Card:
    """A report as whoever made it reads it at ``now`` (UTC). Of the committee nobody is named. ``heard``: one of it
    reads the case; that nobody could be reached before is over then.
    """
    unheard = any(entry.step is Step.UNHEARD for entry in entries)
    head = next_step(case, texts)
    if not heard and case.stage is not Stage.CLOSED:
        head = _unheard(case)
    elif case.stage is Stage.OPEN and not _is_unsure(case) and _promised(case, texts) <= now:
        again = "" if unheard else " I called the committee once more."
        head = f"**Nobody has read it in time** (by {stamp(_promised(case, texts), 'f')}).{again} {_TURN}"
    if heard:
        entries = for_committee(entries)
    rows = [f"## Case {case.number}: {STAGES[case.stage]}\n{head}"]
    rows.append(f"**You reported** · {stamp(case.reported_at, 'f')}\n{quoted(case.what) or '> (a message)'}")
    log = [_told(entry) for entry in entries if entry.step in _FROM_COMMITTEE or entry.step is Step.ANSWERED]
    buttons = (
        button("Answer", verb("answer", case, REPORT), main=True),
        button("My reports", mine_of(case.guild_id)),
        button("Refresh", verb("read", case, REPORT)),
    )
    return Card(with_log(rows, log), buttons=buttons, footer=FOOTER, shareable=False)


def added(case: Case, *, heard: bool) -> str:
    """What is said once whoever reported has added something. ``heard``: one of the committee reads the case."""
    reads = "The committee reads it." if heard else _unheard(case)
    return f"Recorded in case {case.number}. {_UNSIGNED if heard and _is_unsure(case) else reads}"


def _promised(case: Case, texts: Texts) -> datetime:
    """When the committee is to have read it at the latest."""
    return case.reported_at + timedelta(hours=texts.conduct_response_hours)


def _unheard(case: Case) -> str:
    now = _NOBODY if case.stage is Stage.OPEN else f"**Nobody reads it any more.** {_TURN}"
    return f"{now} {_NEXT}"


def _is_unsure(case: Case) -> bool:
    """Whether it must not be said that one of the committee reads it, or that none does."""
    return case.is_unsigned and case.stage is Stage.OPEN


def mine(guild_id: int, found: Sequence[Case]) -> Card:
    """Somebody's own reports, the newest first."""
    new = button("Report something", Lookup(REPORT, ("begin", "", str(guild_id))), main=not found)
    if not found:
        text = "## My reports\nYou have no open report. What was closed some days ago is no longer tied to you."
        return Card((text,), buttons=(new,), footer=FOOTER, shareable=False)
    rows = [
        f"**Case {one.number}** · {STAGES[one.stage]} · reported {stamp(one.reported_at, 'R')}" for one in found[:25]
    ]
    options = tuple(Option(f"Case {one.number}", verb("read", one, REPORT), STAGES[one.stage]) for one in found[:25])
    head = "## My reports\nWhat the committee wrote stands in each."
    return Card(("\n".join([head, *rows]),), Menu("Read a report", options, Does.CASE), (new,), FOOTER, shareable=False)


def mine_of(guild_id: int) -> Lookup:
    return Lookup(REPORT, (MINE, "", str(guild_id)))


def _told(entry: Entry) -> str:
    who = "**You added**" if entry.step is Step.ANSWERED else _FROM_COMMITTEE[entry.step]
    return "\n".join(row for row in (f"{who} · {stamp(entry.at, 'f')}", quoted(entry.text)) if row)


def with_log(rows: list[str], log: list[str]) -> tuple[str, ...]:
    """The report, and what was done since as a block of its own, the newest first: of a long one the end is cut."""
    newest = ["-# The newest first"] if log[1:] else []
    report = "\n\n".join(rows)
    return (report, "\n\n".join(["\n".join([*newest, log[-1]]), *reversed(log[:-1])])) if log else (report,)


def button(label: str, lookup: Lookup, *, main: bool = False, enabled: bool = True) -> Button:
    return Button(label, lookup, Does.CASE, main=main, enabled=enabled)
