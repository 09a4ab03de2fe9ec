"""0056: how far authors are planned anew, where that goes by portions."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0056_author_plan_upto")
def _author_plan_upto(db: Database) -> None:
    # Of whom the basis holds already: of the authors with ids up to this one; NULL for all of them.
    db.execute("ALTER TABLE author_plan ADD COLUMN upto INTEGER")
