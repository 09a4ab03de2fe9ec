"""What organizers did with an announcement goes into the trail of acts, in the transaction of the act itself."""

from datetime import datetime

from bot.actions.audit.record_act import record_act
from bot.domain.announce.announcement import Announcement, Content, Mention, When, Whom
from bot.domain.announce.turns import first
from bot.domain.audit import ActKind, By, Entry
from bot.domain.event import Server
from bot.domain.program import Program
from bot.storage.database import Tables

#: Whom an announcement is for, in plain words.
AUDIENCES = {
    Whom.EVERYONE: "everyone",
    Whom.IN_PERSON: "those who are there in person",
    Whom.ONLINE: "those who follow online",
    Whom.SPEAKERS: "speakers",
    Whom.AUTHORS: "authors",
    Whom.ROLE: "a role",
    Whom.STARRED: "those who have it in their agenda",
}


def record(tables: Tables, announcement: Announcement, server: Server, act: ActKind, by: By, detail: str = "") -> None:
    entry = Entry(by.at, by.user, act, announcement.content.title, detail=detail)
    record_act(tables, announcement.guild_id, server, entry, mark=str(by.act))


def in_words(content: Content, program: Program, now: datetime) -> str:
    """For whom, where and when, in a few plain words; times are the venue's."""
    name = program.server.channels.get(content.place or "")
    places = [f"in #{name}"] if name else []
    places += ["by direct message"] if content.copies else []
    mention = {Mention.NOBODY: "", Mention.ROLE: ", mentioning a role", Mention.EVERYONE: ", mentioning everyone"}
    due = first(content.when, program, now).astimezone(program.event.tz)
    when = "now" if content.when == When() else f"at {due:%H:%M} on {due:%a} {due.day} {due:%b}"
    often = f", {content.repeat.times} times" if content.repeat.times > 1 else ""
    return f"to {AUDIENCES[content.audience.whom]}, {' and '.join(places)}{mention[content.mention]}, {when}{often}"
