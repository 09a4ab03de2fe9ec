"""What the committee is shown of cases, each of them alone; and who is on it, for organizers."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.answers.paging import Page
from bot.chat.conduct.cards import FOOTER, button, with_log
from bot.chat.render.card import Button, Card, Does, LinkButton, Menu, Option
from bot.chat.render.notices.conduct import (
    CASE,
    STAGES,
    every,
    message_rows,
    report_lines,
    reporter,
    state,
    step_text,
    verb,
)
from bot.chat.render.text import count, line, plain, stamp
from bot.domain.conduct.case import Case, Entry, Member, Stage, for_committee


def case_card(case: Case, entries: Sequence[Entry], link: str | None, now: datetime) -> Card:
    """All of a case, for the committee, at ``now`` (UTC)."""
    head = f"## Case {case.number}: {state(case)}\nReported {stamp(case.reported_at, 'f')} by {reporter(case)}"
    rows = ["\n".join([head, *report_lines(case)])]
    rows += message_rows(case)
    told = not case.reporter_left(now)
    log = [f"{step_text(entry, told=told)}\n-# {stamp(entry.at, 'f')}" for entry in for_committee(entries)]
    ways: list[Button | LinkButton] = []
    if case.stage is Stage.OPEN:
        ways.append(button("Acknowledge", verb("read", case), main=True))
    ways += [button("Assign", verb("assign", case)), button("Write to the reporter", verb("write", case))]
    if case.stage is not Stage.CLOSED:
        ways.append(button("Close", verb("close", case)))
    ways += [button("Export", verb("export", case)), button("All cases", every(case.guild_id))]
    if link:
        ways.append(LinkButton("Thread", link))
    return Card(with_log(rows, log), buttons=tuple(ways), footer=FOOTER, shareable=False)


def case_list(found: Sequence[Case], number: int, page: Page, *, member: bool) -> Card:
    """Those that are not closed first. ``member``: they are read by one of the committee, not by one who was on it."""
    if not found:
        text = "## Cases\nNothing was reported. People report with /report, or with a message's menu, Apps."
        return Card((text,), footer=FOOTER, shareable=False)
    rows = [f"**Case {one.number}** · {_state(one)} · reported {stamp(one.reported_at, 'R')}" for one in found]
    options = tuple(Option(f"Case {one.number}", verb("open", one), STAGES[one.stage]) for one in found)
    turning = (button(item.label, item.lookup, enabled=item.enabled) for item in page.buttons())
    footer = " · ".join(part for part in (count(number, "case"), page.footer) if part)
    head = "## Cases" if member else "## Cases\nYou are off the committee. These cases stay with you."
    return Card(
        ("\n".join([head, *rows]),), Menu("Open a case", options, Does.CASE), tuple(turning), footer, shareable=False
    )


def choosing(case: Case, members: Sequence[Member]) -> Card:
    """Who takes care of it: one of those whom it does not concern."""
    options = tuple(
        Option(
            plain(one.name, 100),
            verb("take", case, CASE, str(one.id)),
            "has it now" if case.assigned and one.id == case.assigned.id else "",
        )
        for one in members[:25]
    )
    why = "Whoever is involved is not in the list."
    if case.is_unsigned:
        why = "You alone are in the list: nobody is shown who wrote what was reported, or who else gets this case."
    text = f"## Who takes care of case {case.number}?\n{why}"
    return Card(
        (text,),
        Menu("Choose a member of the committee", options, Does.CASE),
        (button("Back", verb("open", case)),),
        FOOTER,
        shareable=False,
    )


def committee(members: Sequence[Member], role: str | None) -> Card:
    """Who is on it, for organizers."""
    rows = [
        f"- {line(one.name, 80)} · {'named by an organizer' if one.given_by else 'holds the role'}" for one in members
    ]
    whose = f"Who holds the role {line(role, 80)} is on it" if role else "Organizers are on it"
    head = f"## Conduct committee\n{whose}: I know them once they have used the bot. /cases committee add names others."
    return Card(("\n".join([head, *(rows or ["I know nobody yet."])]),), footer=FOOTER, shareable=False)


def _state(case: Case) -> str:
    return state(case) if case.assigned is not None or case.stage is Stage.CLOSED else f"{state(case)} · nobody has it"
