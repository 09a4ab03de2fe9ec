"""0013 to 0018: the audit trail, how people take part, announcements, modes."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0013_audit")
def _audit(db: Database) -> None:
    # Who did what, and with what outcome. ``at`` is in milliseconds since 1970 in UTC, on the programme's clock;
    # ``actor_id`` is NULL where nobody in the server did it. ``mark`` is the act's own id: no act stands here twice.
    db.execute("""
        CREATE TABLE audit(
            id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            at INTEGER NOT NULL,
            actor_id INTEGER,
            act TEXT NOT NULL,
            about TEXT NOT NULL,
            outcome TEXT NOT NULL,
            detail TEXT NOT NULL,
            mark TEXT NOT NULL,
            UNIQUE(guild_id, mark)
        ) STRICT
    """)
    db.execute("CREATE INDEX audit_by_guild ON audit(guild_id, id)")


@MIGRATIONS(name="0014_people")
def _people(db: Database) -> None:
    # How people take part, of those who said so. ``copies``: announcements also come by direct message; ``closed``:
    # that stopped, because a direct message found them closed. ``roles`` is a JSON list of ids.
    db.execute("""
        CREATE TABLE person(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            attends TEXT,
            copies INTEGER NOT NULL DEFAULT 0,
            closed INTEGER NOT NULL DEFAULT 0,
            dm_channel_id INTEGER,
            roles TEXT NOT NULL DEFAULT '[]',
            PRIMARY KEY (guild_id, user_id)
        ) STRICT
    """)
    db.execute("CREATE INDEX person_with_copies ON person(guild_id, attends) WHERE copies = 1")


@MIGRATIONS(name="0015_announcements")
def _announcements(db: Database) -> None:
    # What organizers say to everybody. ``content`` is JSON; ``made_by`` is the interaction that made it: one that
    # Discord hands over twice makes no second draft.
    db.execute("""
        CREATE TABLE announcement(
            id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            stage TEXT NOT NULL,
            revision INTEGER NOT NULL,
            content TEXT NOT NULL,
            author INTEGER NOT NULL,
            changed_by INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            made_by INTEGER NOT NULL UNIQUE
        ) STRICT
    """)
    db.execute("CREATE INDEX announcement_by_guild ON announcement(guild_id, changed_at)")
    # Kept at the draft: links to what people upload expire.
    db.execute("CREATE TABLE picture(announcement INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT")
    # What is part of an announcement, and what became of it: counted from the index alone.
    db.execute("ALTER TABLE outbox ADD COLUMN announcement INTEGER")
    db.execute(
        "CREATE INDEX outbox_announcement ON outbox(announcement, op, state, last_error) WHERE announcement IS NOT NULL"
    )


@MIGRATIONS(name="0016_mode")
def _mode(db: Database) -> None:
    # How people attend, as organizers changed it: first a draft that the buttons of a preview refer to, then what was
    # done. ``before`` is what was in force, for who takes it back; ``sessions`` those that it told of. An id is never
    # given again: a button below an old preview must not mean another draft.
    db.execute("""
        CREATE TABLE mode_change(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild_id INTEGER NOT NULL,
            event_id TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'draft',
            request TEXT NOT NULL,
            without TEXT NOT NULL DEFAULT '[]',
            mark TEXT NOT NULL,
            undoes INTEGER,
            before TEXT,
            sessions TEXT NOT NULL DEFAULT '[]',
            made_by TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX mode_change_by_guild ON mode_change(guild_id, state, id)")


@MIGRATIONS(name="0017_servers_away")
def _servers_away(db: Database) -> None:
    # What is due is looked through from the index alone, also where thousands of rows wait for a server that is not
    # there, or until they are of no use.
    db.execute("DROP INDEX outbox_due")
    db.execute(
        "CREATE INDEX outbox_due ON outbox(due_at, priority, retry_at, guild_id, expires_at, claimed_at, state)"
        " WHERE state = 'queued'"
    )


@MIGRATIONS(name="0018_perhaps_said")
def _perhaps_said(db: Database) -> None:
    # What waits again and may have been said all the same: a change of the programme looks for it among all that waits.
    db.execute(
        "CREATE INDEX outbox_perhaps_said ON outbox(guild_id, op) WHERE state = 'queued' AND claimed_at IS NOT NULL"
    )
