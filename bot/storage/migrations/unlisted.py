"""0062 and on: what organizers are not shown of the outbox."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0062_outbox_of_cases")
def _outbox_of_cases(db: Database) -> None:
    # What is said of cases, in all counts of /deliveries left out from the index alone (see ``deliveries._OF_CASES``).
    db.execute(
        "CREATE INDEX outbox_of_cases ON outbox(guild_id, op, state, done_at, due_at, last_error, facts)"
        """ WHERE substr(facts, 1, 13) = '{"kind":"case'"""
    )
