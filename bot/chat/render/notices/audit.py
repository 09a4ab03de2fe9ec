"""One line of the audit trail, for the organizers' channel."""

from bot.chat.render.audit import AUDIT, act_line
from bot.chat.render.card import Button, Does
from bot.chat.render.notices.message import Context, Notification


def act(context: Context) -> Notification | None:
    """None where the entry is not known: a database that was restored may lack it."""
    if context.besides.entry is None:
        return None
    return Notification(act_line(context.besides.entry), (Button("Audit trail", AUDIT, Does.OPEN),))
