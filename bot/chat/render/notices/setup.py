"""What the server lacks, for the organizers' channel."""

from bot.chat.render.card import Button, Does
from bot.chat.render.findings import CHECK, counted, row
from bot.chat.render.notices.message import Context, Notification, lines_within


def lacking(context: Context) -> Notification | None:
    """None where all of it was mended since."""
    if not context.besides.lacks:
        return None
    first = f"⚠️ **{counted(context.besides.lacks)}** in this server. /setup check shows them again."
    rows = [row(finding) for finding in context.besides.lacks]
    return Notification(lines_within(first, rows, more="/setup check"), (Button("Check again", CHECK, Does.OPEN),))
