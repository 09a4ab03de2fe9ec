"""What the buttons, menus and forms of an announcement do."""

import logging

from msgspec import Struct
from msgspec.structs import replace

from bot.actions.announce import correct, drafts, hold
from bot.actions.announce.confirm import confirm
from bot.actions.announce.drafts import ChangedSinceError
from bot.chat.announce import choices, forms
from bot.chat.announce.pictures import PictureError, fetched
from bot.chat.announce.showing import Place, Showing
from bot.chat.desk import Desk
from bot.chat.forms import Filled
from bot.chat.lookup import Lookup, same
from bot.chat.render.card import Card
from bot.chat.render.live import dropped
from bot.chat.render.notices.announcements import too_long
from bot.chat.render.text import count
from bot.domain.announce.announcement import Announcement, Content, Mention, Repeat, Stage, When, Whom
from bot.domain.announce.turns import first
from bot.domain.announce.typed_when import repeat_of, when_of
from bot.domain.audit import By
from bot.domain.errors import UsherError
from bot.domain.search import Category
from bot.domain.sessions import Session
from bot.storage.database import Database

log = logging.getLogger(__name__)


class Done(Struct, frozen=True):
    """The announcement as it is then, and what to say of it. ``card`` in place of the usual one; ``speaks``: there may
    be something to send now.
    """

    announcement: Announcement
    note: str = ""
    card: Card | None = None
    speaks: bool = False


class Acts:
    """All raise ChangedSinceError where somebody else was quicker, and UsherError for what cannot be done."""

    def __init__(self, desk: Desk, database: Database, showing: Showing) -> None:
        self._desk = desk
        self._db = database
        self._showing = showing

    async def write(self, place: Place, lookup: Lookup, filled: Filled, by: By) -> Done:
        """A new draft, for everyone, in the channel for announcements."""
        title, body, link = forms.written(filled.texts)
        records = [*place.program.session_by_id, *place.program.poster_by_id]
        record = next((one for one in records if lookup.arg(1) and same(one, lookup.arg(1))), None)
        content = Content(title, body, link, audience=choices.about(record, place.program))
        content = choices.with_audience(content, Whom.EVERYONE, place.guild, place.program)
        content, picture, note = await _pictured(content, filled)
        made = await drafts.draft(self._db, place.guild.id, content, picture, by=by)
        return Done(made, note)

    async def fill(self, place: Place, seen: Announcement, name: str, filled: Filled, by: By) -> Done:
        """What was typed into one of the forms. A text is never lost: it comes into a draft of its own at worst."""
        if name == "when":
            return await self._time(place, seen, filled, by)
        title, body, link = forms.written(filled.texts)
        content, picture = replace(seen.content, title=title, body=body, link=link), None
        if name == "correct":
            try:
                return await self._correct(place, seen, content, by)
            except ChangedSinceError as error:
                raise UsherError(f"{error} Press Refresh, then Correct again.") from error
        try:
            content, picture, note = await _pictured(content, filled)
            return Done(await drafts.redraft(self._db, seen, content, by=by, picture=picture), note)
        except UsherError as error:
            kept = await drafts.duplicate(self._db, seen, content, by=by, picture=picture)
            why = "somebody changed it meanwhile" if isinstance(error, ChangedSinceError) else str(error).rstrip(".")
            return Done(kept, f"**Your text was not taken: {why}.** It is kept here, as a draft of its own.")

    async def press(self, place: Place, seen: Announcement, lookup: Lookup, by: By) -> Done:
        """A button or a menu."""
        match lookup.arg(0):
            case "to" | "where" | "mention" | "bare":
                wanted = _chosen(place, seen.content, lookup)
                return Done(await drafts.redraft(self._db, seen, wanted, by=by))
            case "send" | "sure":
                return await self._confirm(place, seen, by)
            case "drop":
                await drafts.drop(self._db, seen, by=by)
                return Done(seen, card=dropped())
            case "pause":
                held = await hold.pause(self._db, seen, place.program.server, by=by)
                return Done(held, "**Paused.** What was not sent yet is held back.")
            case "resume":
                going = await hold.resume(self._db, seen, place.program.server, by=by)
                return Done(going, "**It goes on.** What is due goes out now.", speaks=True)
            case "cancel":
                ended = await hold.cancel(self._db, seen, place.program.server, by=by)
                return Done(ended, "**Cancelled.** What was not sent yet will not be. What was sent stays.")
            case "again":
                again, number = await correct.resend(self._db, seen, place.program.server, by=by)
                return Done(again, f"**{count(number, 'message is', 'messages are')} sent again.**", speaks=True)
            case "copy":
                content = replace(seen.content, when=When(), repeat=Repeat())
                copy = await drafts.duplicate(self._db, seen, content, by=by)
                return Done(copy, "**This is a copy, as a new draft.**")
            case _:
                return Done(self._showing.announcement(place.guild.id, lookup))

    async def notifies_many(self, place: Place, announcement: Announcement) -> bool:
        """Whether an organizer is to be asked twice before it goes out."""
        if announcement.content.mention is Mention.NOBODY or announcement.stage is not Stage.DRAFT:
            return False
        if self._showing.wrong(place, announcement.content):
            return False
        return (await self._showing.expected(place, announcement.content)).notifies_many

    async def _confirm(self, place: Place, seen: Announcement, by: By) -> Done:
        if wrong := self._showing.wrong(place, seen.content):
            raise UsherError(" ".join(["It cannot go out yet.", *wrong]))
        confirmed = await confirm(self._db, seen, place.program, by=by)
        log.info("server %d: announcement %d was confirmed", place.guild.id, confirmed.id)
        later = confirmed.content.when != When()
        note = (
            "**Scheduled.** It goes out by itself." if later else "**It is going out.** Refresh shows who was reached."
        )
        return Done(confirmed, note, speaks=True)

    async def _correct(self, place: Place, seen: Announcement, content: Content, by: By) -> Done:
        if excess := too_long(content, place.program):
            raise UsherError(f"with its markup, the message would be {count(excess, 'character')} too long")
        changed, number = await correct.correct(self._db, seen, content, place.program, by=by)
        edited = f"{count(number, 'message is', 'messages are')} being edited" if number else "Nothing was sent yet"
        return Done(changed, f"**Corrected.** {edited}.", speaks=True)

    async def _time(self, place: Place, seen: Announcement, filled: Filled, by: By) -> Done:
        zone = place.program.event.tz

        def find(words: str) -> Session | None:
            index = self._desk.programmes.for_guild(place.guild.id).index
            only = index.find(Category.SESSIONS, words).only
            return place.program.session_by_id.get(only.id if only else words)

        when = when_of(filled.texts.get("when", ""), zone, find, by.at)
        begins = first(when, place.program, by.at)
        repeat = repeat_of(filled.texts.get("repeat", ""), zone, begins, by.at)
        content = replace(seen.content, when=when, repeat=repeat)
        return Done(await drafts.redraft(self._db, seen, content, by=by))


def _chosen(place: Place, content: Content, lookup: Lookup) -> Content:
    value = lookup.arg(3)
    match lookup.arg(0):
        case "to":
            return choices.with_audience(content, value, place.guild, place.program)
        case "where":
            return choices.with_place(content, value)
        case "mention":
            return replace(content, mention=Mention(value))
        case _:
            return replace(content, picture=None)


async def _pictured(content: Content, filled: Filled) -> tuple[Content, bytes | None, str]:
    """With the picture that was uploaded, its bytes, and what to say where it cannot be used.

    Without another, the known one stays, with the description as it is typed now.
    """
    alt, upload = forms.alt_of(filled.texts), filled.files.get("picture")
    if upload is None:
        kept = replace(content.picture, alt=alt) if content.picture else None
        return replace(content, picture=kept), None, ""
    try:
        picture, found = await fetched(upload, alt)
    except PictureError as error:
        return content, None, f"**The picture was left out.** {error}"
    return replace(content, picture=picture), found, ""
