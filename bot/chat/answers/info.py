"""/conduct, /about, the FAQ and /help."""

from datetime import date

from bot.chat.answers.paging import paged
from bot.chat.ask import Ask
from bot.chat.lookup import Lookup, same
from bot.chat.render.card import Button, Card, Does, LinkButton
from bot.chat.render.lines import TO_BE_ANNOUNCED, heading, tentative, website
from bot.chat.render.text import and_more, esc, line, link, listing, paragraphs
from bot.domain.event import Event
from bot.domain.people import Action, may

#: Questions with their answers on one page, and related workshops on one card.
_FAQ_PAGE = 6
_RELATED_MOST = 8


def conduct(ask: Ask) -> Card:
    """The code of conduct, and where to turn."""
    texts = ask.program.texts
    if not texts.conduct:
        return Card((f"## Code of conduct\nThe text is {TO_BE_ANNOUNCED}. If something is wrong, tell an organizer.",))
    card = [f"## Code of conduct\n{paragraphs(texts.conduct, 2800)}"]
    if texts.conduct_contact:
        card.append(f"**If something is wrong**\n{paragraphs(texts.conduct_contact, 600)}")
    report = Button("Report something", Lookup("report", ("begin",)), Does.CASE)
    return Card(tuple(card), buttons=(report, Button("Organizers", Lookup("organizers"))))


def about(ask: Ask) -> Card:
    """The event in a few lines: what, when, where, for whom."""
    event, texts = ask.program.event, ask.program.texts
    rows = [heading(event.name), *([line(event.tagline)] if event.tagline else [])]
    rows.append(
        " · ".join(part for part in (line(event.short_name, 60), line(event.parent or "", 60), _dates(event)) if part)
    )
    if event.venue:
        rows.append(", ".join(line(part, 120) for part in (event.venue.name, event.venue.city) if part))
    address, buttons = website(event.website)
    if address:
        rows.append(address)
    if event.dates_tentative and event.dates_source:
        rows.append(f"-# About the date: {line(event.dates_source)}")
    blocks = ["\n".join(rows)]
    if event.description:
        blocks.append(paragraphs(event.description, 1200))
    if event.audience:
        size = f" About {line(event.expected_attendees, 40)} people are expected." if event.expected_attendees else ""
        blocks.append(f"**For whom**\n{paragraphs(event.audience, 400)}{size}")
    if texts.diversity:
        blocks.append(f"**Diversity**\n{paragraphs(texts.diversity, 600)}")
    if texts.related:
        names = [link(item.name, item.url) if item.url else line(item.name, 80) for item in texts.related]
        rows = [" · ".join(names[:_RELATED_MOST]), *and_more(len(names), _RELATED_MOST)]
        blocks.append("\n".join(["**Related workshops**", *rows]))
    faq_button = (Button("Questions and answers", Lookup("faq")),) if texts.faq else ()
    shown: tuple[Button | LinkButton, ...] = (*buttons, *faq_button)
    return Card(tuple(blocks), buttons=shown)


def _dates(event: Event) -> str:
    if event.first_day == event.last_day:
        return f"{_day(event.first_day)} {event.first_day.year}{tentative(event)}"
    return f"{_day(event.first_day)} to {_day(event.last_day)} {event.last_day.year}{tentative(event)}"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def faq(ask: Ask) -> Card:
    """Questions people ask, answered by the organizers."""
    entries = ask.program.texts.faq
    if not entries:
        return Card(("## Questions and answers\nNone are written yet. Ask an organizer.",))
    # By its words: organizers may have added a question since, and those after it then have other numbers.
    wanted = (number for number, entry in enumerate(entries) if ask.arg(0) and same(entry.question, ask.arg(0)))
    page, shown = paged(ask.lookup, entries, _FAQ_PAGE, first=next(wanted, 0))
    rows = [f"**{line(entry.question, 200)}**\n{paragraphs(entry.answer, 500)}" for entry in shown]
    return Card(("## Questions and answers", "\n\n".join(rows)), buttons=page.buttons(), footer=page.footer)


def help_card(ask: Ask) -> Card:
    """Every command that the reader may use, from the command tree itself."""
    rows = [f"**/{command.name}** · {esc(command.description)}" for command in ask.commands if command.for_all]
    texts = ["\n".join(rows)]
    theirs = [f"/{command.name}" for command in ask.commands if command.for_organizers]
    if theirs and ask.actor.is_organizer:
        # By name alone: with what they do, all of them are more than one message holds. Discord shows that, too.
        texts.append(f"**For organizers:** {', '.join(theirs)}")
    elif may(ask.actor, Action.LOOK_AFTER_POSTERS):
        theirs = [f"/{command.name}" for command in ask.commands if command.for_chairs]
        texts += [f"**For chairs:** {', '.join(theirs)}"] if theirs else []
    theirs = [f"/{command.name}" for command in ask.commands if command.for_committee]
    if theirs and may(ask.actor, Action.HANDLE_CASES):
        texts.append(f"**For the conduct committee:** {', '.join(theirs)}")
    event = ask.program.event
    what = listing(["the programme", "speakers", "posters", "deadlines"])
    head = (
        f"{heading('What I can do')}\nI answer questions about {line(event.short_name, 60)}: {what}."
        "\nOnly you see my answers."
    )
    buttons = (
        Button("Now", Lookup("now"), main=True),
        Button("Schedule", Lookup("schedule")),
        Button("Posters", Lookup("posters")),
    )
    return Card((head, *texts), buttons=buttons)
