"""The schema, as numbered steps that are only ever appended. Each is applied in one transaction.

They are applied in the order in which they sign in, which is that of the modules named here.
"""

# isort: off
from bot.storage.migrations import reminders
from bot.storage.migrations import announcements
from bot.storage.migrations import questions
from bot.storage.migrations import conduct

# isort: on
from bot.storage.migrations.registry import MIGRATIONS

__all__ = ["MIGRATIONS", "announcements", "conduct", "questions", "reminders"]
