"""/deliveries: what the bot will say, what it said, and what it could not say. For organizers alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.chat.answers.paging import Page
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does, Menu, Option
from bot.chat.render.notices.reports import headline, where
from bot.chat.render.text import count, line, plain, stamp, venue_time
from bot.domain.program import Program
from bot.storage.delivery.deliveries import Listed, Retried
from bot.storage.delivery.outbox import Row

OVERVIEW = Lookup("deliveries")
#: In place of a row's id: all that failed.
ALL = "all"

_TITLES = {
    Listed.COMING: "Coming",
    Listed.SENT: "Sent today",
    Listed.LATE: "Sent late",
    Listed.FAILED: "Failed",
    Listed.EXPIRED: "Expired",
}
_EMPTY = {
    Listed.COMING: "Nothing is coming. What is planned stands in reminders.yaml of the event.",
    Listed.SENT: "Nothing was sent today. /deliveries shows what is coming.",
    Listed.LATE: "Nothing was sent late.",
    Listed.FAILED: "There is nothing to try again.",
    Listed.EXPIRED: "Nothing came too late to be sent.",
}
_REASON_MOST = 200


class Totals(Struct, frozen=True):
    """How many each list holds, and the same of direct messages, with the reasons of those that failed."""

    channels: Mapping[Listed, int]
    personal: Mapping[Listed, int]
    reasons: Sequence[tuple[str, int]] = ()


def overview(program: Program, totals: Totals, coming: Sequence[Row], failed: Sequence[Row]) -> Card:
    """The numbers, what comes next, and what failed last."""
    texts = ["\n".join([f"## {_in_all(totals)}", _numbers(totals.channels)])]
    texts.append("\n".join(["**Coming next**", *(_row(program, Listed.COMING, row) for row in coming)]))
    if not coming:
        texts[-1] = _EMPTY[Listed.COMING]
    if failed:
        texts.append("\n".join(["**Failed last**", *(_row(program, Listed.FAILED, row) for row in failed)]))
    if any(totals.personal.values()):
        texts.append(_personally(totals))
    return Card(
        tuple(texts),
        menu=_lists(totals.channels),
        buttons=(
            *(
                (Button("See what failed", list_of(Listed.FAILED), Does.DELIVERIES, main=True),)
                if totals.channels[Listed.FAILED]
                else ()
            ),
            Button("Refresh", OVERVIEW, Does.DELIVERIES),
        ),
        shareable=False,
    )


def listing(
    program: Program, listed: Listed, numbers: Mapping[Listed, int], page: Page, rows: Sequence[Row], now: datetime
) -> Card:
    """One page of one list. What failed and is still of use at ``now`` (UTC) can be tried again."""
    head = f"## {_TITLES[listed]}: {count(numbers[listed], 'message')}"
    texts = ["\n".join([head, *(_row(program, listed, row) for row in rows)] if rows else [head, _EMPTY[listed]])]
    useful = [row for row in rows if row.expires_at > now] if listed is Listed.FAILED else []
    if len(useful) < len(rows) and listed is Listed.FAILED:
        texts.append("What tells of something that has passed is not tried again.")
    options = tuple(
        Option(headline(program, row.facts, plain), again(str(row.id)), row.last_error or "") for row in useful
    )
    buttons = [Button("Try all again", again(ALL), Does.RETRY, main=True)] if useful else []
    turning = (
        Button(button.label, button.lookup, Does.DELIVERIES, enabled=button.enabled) for button in page.buttons()
    )
    buttons += [
        *turning,
        Button("Overview", OVERVIEW, Does.DELIVERIES),
        Button("Refresh", page.lookup.at(page.number), Does.DELIVERIES),
    ]
    menu = Menu("Try one again", options, Does.RETRY) if options else _lists(numbers)
    return Card(tuple(texts), menu=menu, buttons=tuple(buttons), footer=page.footer, shareable=False)


def retried(card: Card, done: Retried) -> Card:
    """``card``, after something was queued again."""
    said = []
    if done.queued:
        being = count(done.queued, "message is", "messages are")
        said.append(f"**{being} being tried again.** Refresh shows what came of it.")
    if done.held:
        waits = count(done.held, "message waits", "messages wait")
        said.append(f"**{waits} until the announcement goes on:** /announcements resumes it.")
    if done.too_late:
        said.append(f"{count(done.too_late, 'message is', 'messages are')} too late, and left as it was.")
    if done.called_off:
        belongs = count(done.called_off, "message belongs", "messages belong")
        said.append(f"{belongs} to an announcement that was cancelled, and stays as it was.")
    return Card((" ".join(said), *card.texts), card.menu, card.buttons, card.footer, card.shareable)


def list_of(listed: Listed) -> Lookup:
    return Lookup(OVERVIEW.name, (listed.value,))


def again(which: str) -> Lookup:
    """To try again the row with this id, or ALL."""
    return Lookup(OVERVIEW.name, (Listed.FAILED.value, which))


def _in_all(totals: Totals) -> str:
    """What the organizers' channel was told of: in channels and directly, what failed and what came too late."""
    failed, late = (totals.channels[each] + totals.personal[each] for each in (Listed.FAILED, Listed.EXPIRED))
    said = f"{count(failed, 'message')} could not be delivered" if failed else "No message has failed"
    return f"{said}, {late:,} came too late to be sent" if late else said


def _lists(numbers: Mapping[Listed, int]) -> Menu:
    options = (Option(f"{title} ({numbers[listed]:,})", list_of(listed)) for listed, title in _TITLES.items())
    return Menu("Show a list", tuple(options), Does.DELIVERIES)


def _numbers(numbers: Mapping[Listed, int]) -> str:
    return " · ".join(f"{title}: {numbers[listed]:,}" for listed, title in _TITLES.items())


def _personally(totals: Totals) -> str:
    rows = ["**Direct messages**", _numbers(totals.personal)]
    rows += [f"- {line(why or 'no reason is known', _REASON_MOST)}: {number:,}" for why, number in totals.reasons]
    return "\n".join([*rows, "-# Who gets them is not shown."])


def _row(program: Program, listed: Listed, row: Row) -> str:
    """What, when, where, and why not."""
    # Of what came too late, when it was to come: after an outage all of it ended at one time.
    at = row.due_at if listed in (Listed.COMING, Listed.EXPIRED) or row.done_at is None else row.done_at
    parts = [headline(program, row.facts), _when(program, at), where(program, row)]
    if listed is Listed.LATE and row.done_at is not None:
        parts.append(f"was due {stamp(row.due_at, 't')}, {_lasting(row.done_at - row.due_at)} late")
    if listed in (Listed.FAILED, Listed.EXPIRED) or (listed is Listed.COMING and row.last_error):
        why = line(row.last_error or "no reason is known", _REASON_MOST)
        parts.append(f"not sent yet: {why}" if listed is Listed.COMING else why)
    return f"- {' · '.join(parts)}"


def _when(program: Program, instant: datetime) -> str:
    """The reader's own date and time, and weekday and clock at the venue."""
    zone = program.event.tz
    return f"{stamp(instant, 'f')} (venue {instant.astimezone(zone):%a} {venue_time(instant, zone)})"


def _lasting(duration: timedelta) -> str:
    minutes = duration // timedelta(minutes=1)
    return count(minutes, "minute") if minutes < 120 else count(minutes // 60, "hour")
