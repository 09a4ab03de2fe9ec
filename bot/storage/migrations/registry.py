"""Where every step of the schema signs in."""

from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("usher")
