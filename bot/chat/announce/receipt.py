"""What became of an announcement, and what can be done about it; and the list of all of them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.chat.announce.preview import NAME, audience_name, verb, when_name
from bot.chat.answers.paging import Page
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, Menu, Option, Sample
from bot.chat.render.notices.announcements import channel_text
from bot.chat.render.text import count, line, plain, stamp
from bot.domain.announce.announcement import Announcement, Stage, When
from bot.domain.program import Program
from bot.storage.announce.posted import Receipt
from bot.storage.delivery.outbox import State

ALL = Lookup(NAME, ("list",))
_NO_REASON = "no reason is known"


class Status(StrEnum):
    """What an organizer calls the state of an announcement."""

    DRAFT = "Draft"
    SCHEDULED = "Scheduled"
    SENDING = "Sending"
    PAUSED = "Paused"
    SENT = "Sent"
    CALLED_OFF = "Called off"
    CANCELLED = "Cancelled"


def status(announcement: Announcement, receipt: Receipt) -> Status:
    match announcement.stage:
        case Stage.DRAFT:
            return Status.DRAFT
        case Stage.PAUSED:
            return Status.PAUSED
        case Stage.CANCELLED | Stage.DROPPED:
            return Status.CANCELLED
        case Stage.CONFIRMED:
            # What is to go out now has no messages yet in its first moment.
            begins = receipt.to_come and not receipt.made and announcement.content.when == When()
            if receipt.under_way or begins:
                return Status.SENDING
            if receipt.to_come:
                return Status.SCHEDULED
            return Status.CALLED_OFF if receipt.called_off and not receipt.made else Status.SENT


def card(announcement: Announcement, receipt: Receipt, program: Program, now: datetime, *, note: str = "") -> Card:
    """The receipt. ``note`` is said first: what happened just now."""
    content, state = announcement.content, status(announcement, receipt)
    rows = [
        f"## {state}: {line(content.title, 100)}",
        *_reached(receipt),
        f"**For:** {audience_name(content, program)}",
    ]
    if state in (Status.SCHEDULED, Status.PAUSED) and receipt.to_come:
        rows.append(f"**When:** {when_name(content, program, now)}")
    other = announcement.changed_by != announcement.author
    changed = f", last changed by {_somebody(announcement.changed_by)}" if other else ""
    rows.append(f"-# Written by {_somebody(announcement.author)}{changed}.")
    return Card(
        (*([note] if note else []), "\n".join(rows)),
        sample=Sample(channel_text(content)),
        buttons=_buttons(announcement, receipt, state),
        shareable=False,
    )


def _reached(receipt: Receipt) -> list[str]:
    """Who was reached, who is still to be, and who was not and why."""
    rows = []
    if posted := receipt.here[State.SENT]:
        rows.append(f"✅ Posted in the channel{f' {posted} times' if posted > 1 else ''}.")
    if total := receipt.direct.total():
        rows.append(f"✅ {receipt.direct[State.SENT]:,} of {count(total, 'direct message')} arrived.")
    if receipt.under_way:
        rows.append(f"⏳ {count(receipt.under_way, 'message')} on the way.")
    if held := receipt.here[State.PAUSED] + receipt.direct[State.PAUSED]:
        rows.append(f"⏸️ {count(held, 'message')} held back.")
    if receipt.being_corrected:
        rows.append(f"⏳ {count(receipt.being_corrected, 'message')} being corrected.")
    if not (receipt.made or receipt.to_come or receipt.called_off):
        rows.append("Nobody was reached: nobody of those it is for had asked for direct messages.")
    if unsent := receipt.here[State.CANCELLED] + receipt.direct[State.CANCELLED]:
        rows.append(f"✖️ {count(unsent, 'message')} not sent.")
    rows += [
        f"⚠️ {number:,} not delivered: {line(why or _NO_REASON, 200)}" for why, number in receipt.reasons.most_common()
    ]
    return rows


def _buttons(announcement: Announcement, receipt: Receipt, state: Status) -> tuple[Button, ...]:
    """At most five, the likeliest first."""

    def press(label: str, name: str, *, main: bool = False) -> Button:
        return Button(label, verb(announcement, name), Does.ANNOUNCE, main=main)

    refresh, correct, copy = press("Refresh", "show"), press("Correct", "correct"), press("Duplicate", "copy")
    match state:
        case Status.SCHEDULED | Status.SENDING:
            return (press("Pause", "pause"), press("Cancel it", "cancel"), correct, copy, refresh)
        case Status.PAUSED:
            return (press("Go on", "resume", main=True), press("Cancel it", "cancel"), correct, copy, refresh)
        case Status.CANCELLED if receipt.made:
            return (correct, copy, refresh)
        case Status.SENT:
            again = (press("Send again where it failed", "again", main=True),) if receipt.failed else ()
            return (*again, correct, copy, refresh)
        case _:
            return (copy, refresh)


def listing(found: Sequence[tuple[Announcement, Receipt]], page: Page) -> Card:
    """All of them, the one that was changed last first, each to be opened from the menu."""
    if not found:
        return Card(("## No announcements yet\nWrite the first with /announce.",), shareable=False)
    rows = [_row(announcement, receipt) for announcement, receipt in found]
    options = tuple(
        Option(plain(f"{status(one, receipt)}: {one.content.title or 'without a title'}", 100), verb(one, "open"))
        for one, receipt in found
    )
    turning = (Button(one.label, one.lookup, Does.ANNOUNCE, enabled=one.enabled) for one in page.buttons())
    return Card(
        ("\n".join(["## Announcements", *rows]),),
        menu=Menu("Open one", options, Does.ANNOUNCE),
        buttons=(*turning, Button("Refresh", page.lookup.at(page.number), Does.ANNOUNCE)),
        footer=page.footer,
        shareable=False,
    )


def _row(announcement: Announcement, receipt: Receipt) -> str:
    parts = [
        f"**{status(announcement, receipt)}** {line(announcement.content.title, 80)}",
        _somebody(announcement.changed_by),
    ]
    if total := receipt.direct.total():
        parts.append(f"{receipt.direct[State.SENT]:,} of {count(total, 'direct message')}")
    if receipt.failed:
        parts.append(f"⚠️ {receipt.failed:,} failed")
    return f"- {' · '.join([*parts, stamp(announcement.changed_at, 'R')])}"


def _somebody(user_id: int) -> str:
    """0 stands for whoever did it so long ago that it is not known any more."""
    return f"<@{user_id}>" if user_id else "an organizer"
