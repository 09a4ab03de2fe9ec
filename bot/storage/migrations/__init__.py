"""The schema, as numbered steps that are only ever appended. Each is applied in one transaction.

They are applied in the order in which they sign in, which is that of the modules named here.
"""

# isort: off
from bot.storage.migrations import reminders
from bot.storage.migrations import announcements
from bot.storage.migrations import questions
from bot.storage.migrations import typed
from bot.storage.migrations import moderation
from bot.storage.migrations import visits
from bot.storage.migrations import authors
from bot.storage.migrations import privacy
from bot.storage.migrations import followed
from bot.storage.migrations import conduct
from bot.storage.migrations import tallies
from bot.storage.migrations import cases
from bot.storage.migrations import author_roles
from bot.storage.migrations import author_plans
from bot.storage.migrations import kept
from bot.storage.migrations import quiet_cases
from bot.storage.migrations import unlisted
from bot.storage.migrations import skipped
from bot.storage.migrations import tries

# isort: on
from bot.storage.migrations.registry import MIGRATIONS

__all__ = [
    "MIGRATIONS",
    "announcements",
    "author_plans",
    "author_roles",
    "authors",
    "cases",
    "conduct",
    "followed",
    "kept",
    "moderation",
    "privacy",
    "questions",
    "quiet_cases",
    "reminders",
    "skipped",
    "tallies",
    "tries",
    "typed",
    "unlisted",
    "visits",
]
