"""Queue that messages are changed in which somebody's name stands, before it is forgotten who that was.

Their text is made when the edit is sent: by then, of what is stored then. Called inside the transaction that forgets.
"""

from datetime import timedelta

from msgspec.structs import replace

from bot.actions.posters.say import edit_answer, edit_question
from bot.domain.posters.question import State
from bot.domain.reminders.notice import Facts, NoticeKind
from bot.storage.agenda import reminder_choices
from bot.storage.agenda.personal import MENTION
from bot.storage.database import Tables
from bot.storage.delivery import told
from bot.storage.delivery.outbox import Op, Priority
from bot.storage.delivery.planned import ACT
from bot.storage.posters import answers, questions
from bot.storage.posters.author_rows import planned_mention
from bot.storage.privacy.holding import Leaving
from bot.storage.privacy.messages import without_name
from bot.storage.programme import shared_cards

_USEFUL = timedelta(days=30)
#: A person's own questions; more than anybody asks.
_MOST = 100_000


def retell(tables: Tables, who: Leaving) -> None:
    """Whoever asked for it waits to see it; where only the time is up, everything else goes first."""
    priority = Priority.BULK if who.time_is_up else Priority.QUESTION
    _asked(tables, who, priority)
    _answered(tables, who, priority)
    if not who.time_is_up:
        for question in questions.upvoted_by(tables, who.guild_id, who.user_id):
            edit_question(tables, question, who.at, gather=True, priority=priority)
    _shared(tables, who, priority)
    _mentions(tables, who)
    _authored(tables, who)


def _asked(tables: Tables, who: Leaving, priority: int) -> None:
    for question in questions.of_asker(tables, who.guild_id, who.user_id, most=_MOST):
        if question.state is State.DRAFT or (who.time_is_up and not question.named):
            continue
        edit_question(tables, question, who.at, priority=priority)
        for answer in answers.of_question(tables, question.id) if question.named else ():
            edit_answer(tables, question, answer, who.at, priority=priority)


def _answered(tables: Tables, who: Leaving, priority: int) -> None:
    for answer in answers.of_author(tables, who.guild_id, who.user_id):
        question = questions.of_id(tables, who.guild_id, answer.question)
        if question is not None:
            edit_answer(tables, question, answer, who.at, priority=priority)
            edit_question(tables, question, who.at, priority=priority)


def _shared(tables: Tables, who: Leaving, priority: int) -> None:
    """Only an agenda bears the name of whoever shared it."""
    for card in shared_cards.of_person(tables, who.guild_id, who.user_id):
        if (nameless := without_name(card)) != card.lookup:
            told.add(
                tables,
                who.guild_id,
                f"{ACT}edit:card:{card.message_id}:forgotten",
                Op.EDIT,
                Facts(NoticeKind.CARD, card=nameless),
                place="card",
                priority=priority,
                due_at=who.at,
                expires_at=who.at + _USEFUL,
                message=(card.channel_id, card.message_id),
            )


def _mentions(tables: Tables, who: Leaving) -> None:
    """Reminders in a channel do not keep whom they named: all of them are looked through again."""
    if reminder_choices.is_known(tables, who.guild_id, who.user_id):
        for row_id, facts in told.said_beginning(tables, who.guild_id, MENTION):
            _anew(tables, who, row_id, facts)


def _authored(tables: Tables, who: Leaving) -> None:
    """What mentions an author in a thread says that it holds no more: there is no such author (0)."""
    for row_id, facts in told.said_beginning(tables, who.guild_id, planned_mention(who.user_id)):
        ids = tuple("0" if name == str(who.user_id) else name for name in facts.ids)
        _anew(tables, who, row_id, replace(facts, ids=ids))


def _anew(tables: Tables, who: Leaving, row_id: int, facts: Facts) -> None:
    told.anew(
        tables,
        who.guild_id,
        f"{ACT}edit:{row_id}",
        facts,
        of=row_id,
        priority=Priority.BULK,
        due_at=who.at,
        expires_at=who.at + _USEFUL,
    )
