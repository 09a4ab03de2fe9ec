"""What is said unasked, as a value: plain content first, because that is what a phone's notification shows."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.render.card import Button
from bot.chat.render.text import clip
from bot.domain.announce.announcement import Announcement, Picture
from bot.domain.attendance import Attends
from bot.domain.audit import Entry
from bot.domain.changes.change import Change
from bot.domain.conduct.case import Case
from bot.domain.conduct.case import Entry as CaseEntry
from bot.domain.finding import Finding
from bot.domain.people import Actor, Group
from bot.domain.posters.question import Answer, Question
from bot.domain.program import Program
from bot.domain.reminders.notice import Facts
from bot.storage.delivery.outbox import Row
from bot.storage.posters.moderation import Flag

#: Room for a role's mention.
MENTION_MOST = 60
#: Discord's limit, less room for that and for the line about lateness.
CONTENT_MOST = 2000 - MENTION_MOST - 60
#: How the last line of a text begins that holds only a part.
LEFT_OUT = "-# and "


class Reader(Struct, frozen=True):
    """The one person whom a direct message is for: how they attend (None: not said), and what they may see."""

    attends: Attends | None
    actor: Actor


class AuthorView(Struct, frozen=True):
    """What concerns the one author whom a message is for: their ``posters`` (ids), the questions ``waiting`` for an
    answer, or how many are ``unanswered`` about the one poster that they were named for, whether they are at their
    board, and whether they were ``told`` already: what they read is edited.
    """

    posters: tuple[str, ...] = ()
    waiting: tuple[Question, ...] = ()
    unanswered: int = 0
    is_there: bool = False
    told: bool = False


class Besides(Struct, frozen=True):
    """What some texts are made of besides the programme, looked up when they are needed.

    ``failed`` are the rows that a REPORT tells of, ``changes`` what a DIGEST looks back on, in the order made,
    ``announcement`` what an ANNOUNCEMENT says, ``entry`` what an AUDIT tells of, ``lacks`` what a SETUP does.
    ``reader`` is the one person to whom a MODE is told, None for what stands in a channel. ``question`` is what a
    QUESTION, an ANSWER or a FLAG is about, ``answers`` all that were given and are not ``hidden`` (ids of the others),
    ``asked_by_row`` the row that posted it, ``told`` says that what is edited was read by then; ``flag`` is what a FLAG
    reports. ``thread`` is the id of the thread it goes to, None where that is not there. ``mentioned`` are the authors
    whom a QUESTION mentions, or who is in the thread of a CASE, ``starred`` the posters (ids) in the agendas of those
    whom a PERSONAL is for, ``author`` is the one whom an AUTHOR message is for,
    None where they are none any more. ``stopped`` is what a HINT says directly to who may not ask any more, None where
    they may. ``case`` was reported to the conduct committee, ``step`` what was done with it, ``open_cases`` how many
    whoever a CASES_OPEN is for may read.
    """

    failed: tuple[Row, ...] = ()
    changes: tuple[Change, ...] = ()
    announcement: Announcement | None = None
    entry: Entry | None = None
    lacks: tuple[Finding, ...] = ()
    reader: Reader | None = None
    question: Question | None = None
    answers: tuple[Answer, ...] = ()
    hidden: frozenset[int] = frozenset()
    asked_by_row: int | None = None
    told: bool = False
    mentioned: tuple[int, ...] = ()
    starred: tuple[str, ...] = ()
    author: AuthorView | None = None
    flag: Flag | None = None
    thread: int | None = None
    stopped: str | None = None
    case: Case | None = None
    open_cases: int = 0
    step: CaseEntry | None = None

    def typed_there(self, message_id: int | None) -> bool:
        """Whether a message was typed in that thread. A thread that was opened after it is another one."""
        return message_id is not None and self.thread is not None and self.thread < message_id


NOTHING = Besides()


class Context(Struct, frozen=True):
    """What a text is made of. ``now`` is a UTC instant; ``place`` the purpose of the channel it goes to, ``direct``
    says that it goes to one person.
    """

    program: Program
    facts: Facts
    now: datetime
    audience: Group
    place: str
    direct: bool = False
    besides: Besides = NOTHING


class Notification(Struct, frozen=True):
    """``content``'s first line stands alone. ``pings`` is the purpose of the role that is mentioned, if any, ``role``
    the id of one that organizers chose, ``everyone`` stands for all who read the channel, ``people`` are the ids of
    single ones. ``picture`` goes with it. ``title`` and ``tags`` (their names) are those of the thread that it opens.
    ``answers`` is the id of the row to whose message it is a reply, ``replies_to`` the id of a message that somebody
    typed there.
    """

    content: str
    buttons: tuple[Button, ...] = ()
    pings: str | None = None
    role: int | None = None
    everyone: bool = False
    picture: Picture | None = None
    people: tuple[int, ...] = ()
    title: str = ""
    tags: tuple[str, ...] = ()
    answers: int | None = None
    replies_to: int | None = None

    def with_line(self, text: str) -> "Notification":
        return replace(self, content=f"{self.content}\n{text}")


def lines_within(first: str, rows: list[str], most: int = CONTENT_MOST, *, more: str = "/schedule") -> str:
    """``first`` and as many ``rows`` as fit, with how many are left out and where they are."""
    kept = [clip(first, most)]
    left = most - len(kept[0]) - 40
    for at, row in enumerate(rows):
        if len(row) + 1 > left:
            return "\n".join([*kept, f"{LEFT_OUT}{len(rows) - at} more: {more}"])
        kept.append(row)
        left -= len(row) + 1
    return "\n".join(kept)
