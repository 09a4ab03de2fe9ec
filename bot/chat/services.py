"""What the bot does for people, part by part: each answers commands, presses and forms of its own subject."""

from collections.abc import Callable
from typing import Self

from msgspec import Struct

from bot.chat.agendas import Agendas
from bot.chat.announce.announcing import Announcing
from bot.chat.attending.settings import PersonalSettings
from bot.chat.conduct.handling import Handling
from bot.chat.conduct.membership import Membership
from bot.chat.conduct.reporting import Reporting
from bot.chat.desk import Desk
from bot.chat.organizing.auditing import Auditing
from bot.chat.organizing.changing import Changing
from bot.chat.organizing.deliveries import Deliveries
from bot.chat.organizing.mode_changing import ModeChanging
from bot.chat.organizing.publishing import Publishing, Source
from bot.chat.organizing.reloading import Reloading
from bot.chat.posters.author_list import AuthorList
from bot.chat.posters.authors import Authors
from bot.chat.posters.browsing import Browsing
from bot.chat.posters.catching_up import CatchingUp
from bot.chat.posters.collecting import Collecting
from bot.chat.posters.exporting import Exporting
from bot.chat.posters.moderating import Moderating
from bot.chat.posters.opening import OpeningPosts
from bot.chat.posters.questions import Questions
from bot.chat.posters.read_mark import ReadMark
from bot.chat.posters.reading import Reading
from bot.chat.posters.unanswered import Unanswered
from bot.chat.privacy.deciding import Privacy
from bot.chat.reminding import Reminding
from bot.chat.setup.checking import Checking
from bot.storage.database import Database


class Services(Struct, frozen=True):
    """For everybody, then for organizers."""

    agendas: Agendas
    reminding: Reminding
    settings: PersonalSettings
    questions: Questions
    reading: Reading
    read_mark: ReadMark
    catching_up: CatchingUp
    collecting: Collecting
    browsing: Browsing
    opening: OpeningPosts
    authors: Authors
    privacy: Privacy
    reporting: Reporting
    handling: Handling
    membership: Membership
    changing: Changing
    mode_changing: ModeChanging
    reloading: Reloading
    announcing: Announcing
    deliveries: Deliveries
    auditing: Auditing
    checking: Checking
    moderating: Moderating
    exporting: Exporting
    unanswered: Unanswered
    author_list: AuthorList

    @classmethod
    def of(
        cls, desk: Desk, db: Database, wake: Callable[[], None], publishing: Publishing, source: Source | None
    ) -> Self:
        """``wake`` is called when something new may be due."""
        reading, mark = Reading(desk, db, wake), ReadMark(db)
        return cls(
            agendas=Agendas(desk, db, wake),
            reminding=Reminding(desk, db, wake),
            settings=PersonalSettings(desk, db),
            questions=Questions(desk, db, wake),
            reading=reading,
            read_mark=mark,
            catching_up=CatchingUp(desk, db, reading, mark),
            collecting=Collecting(desk, db, wake),
            browsing=Browsing(desk, db),
            opening=OpeningPosts(desk, db, wake),
            authors=Authors(desk, db, wake),
            privacy=Privacy(desk, db, wake),
            reporting=Reporting(desk, db, wake),
            handling=Handling(desk, db, wake),
            membership=Membership(desk, db, wake),
            changing=Changing(desk, db, wake),
            mode_changing=ModeChanging(desk, db, wake),
            reloading=Reloading(desk, db, publishing, source),
            announcing=Announcing(desk, db, wake),
            deliveries=Deliveries(desk, db, wake),
            auditing=Auditing(desk, db, wake),
            checking=Checking(desk, db, wake),
            moderating=Moderating(desk, db, wake),
            exporting=Exporting(desk, db, wake),
            unanswered=Unanswered(desk, db),
            author_list=AuthorList(desk, db, wake),
        )
