"""What the command line writes to standard error about its own work."""

import logging
import sys


def log_to_stderr(level: int) -> None:
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_brief_about_reconnects)
    # The scheduler tells of every job that it keeps.
    logging.getLogger("apscheduler").setLevel(max(level, logging.WARNING))
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)


def _brief_about_reconnects(record: logging.LogRecord) -> bool:
    """The library reports every lost connection with a whole stack; its last line says as much."""
    if record.exc_info and str(record.msg).startswith("Attempting a reconnect"):
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]!r})", ()
        record.exc_info = None
    return True
