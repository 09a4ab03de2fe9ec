"""Everything the bot will say by itself about a programme. Planning twice gives the same notices with the same keys."""

from bot.domain.program import Program
from bot.domain.reminders.days import day_notices
from bot.domain.reminders.deadlines import deadline_notices
from bot.domain.reminders.notice import Notice
from bot.domain.reminders.sessions import start_notices, talk_notices


def plan(program: Program) -> list[Notice]:
    """The notices that ``program`` and its policy (``program.reminders``) call for, by ``due_at``, then by key.

    Past ones are among them: what has been sent, and what is too late, is for those to say who keep the outbox. A
    notice of something that moved has another key; one that only goes out at another minute, or to another place,
    keeps its key. An extension is told by the act that publishes it, and is not planned.
    """
    starts = list(start_notices(program))
    notices = [*deadline_notices(program), *starts, *talk_notices(program, starts), *day_notices(program)]
    useful = (notice for notice in notices if notice.due_at < notice.expires_at)
    return sorted(useful, key=lambda notice: (notice.due_at, notice.key))
