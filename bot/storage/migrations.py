"""The schema, as numbered steps that are only ever appended. Each is applied in one transaction."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("usher")


@MIGRATIONS(name="0001_programmes_and_guilds")
def _programmes_and_guilds(db: Database) -> None:
    # A programme as imported; guilds point at one. Versions are kept: a message may have to say what changed.
    db.execute("""
        CREATE TABLE programme(
            id INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            content TEXT NOT NULL,
            published_at TEXT NOT NULL,
            published_by TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX programme_by_event ON programme(event_id, id)")
    db.execute("""
        CREATE TABLE guild(
            guild_id INTEGER PRIMARY KEY,
            event_id TEXT
        ) STRICT
    """)


@MIGRATIONS(name="0002_shared_cards")
def _shared_cards(db: Database) -> None:
    # A card posted in a channel by Share, so that a later change of the programme can edit it.
    db.execute("""
        CREATE TABLE shared_card(
            message_id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            channel_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            lookup TEXT NOT NULL,
            shared_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX shared_card_by_guild ON shared_card(guild_id)")


@MIGRATIONS(name="0003_command_sync")
def _command_sync(db: Database) -> None:
    # What was last registered at Discord, so that a restart with the same commands asks for nothing.
    db.execute("""
        CREATE TABLE command_sync(
            application_id INTEGER NOT NULL,
            scope TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (application_id, scope)
        ) STRICT
    """)


@MIGRATIONS(name="0004_outbox")
def _outbox(db: Database) -> None:
    # What is to be said, and what became of it. Instants are milliseconds since 1970 in UTC. ``due_at`` and
    # ``expires_at`` are on the programme's clock, ``claimed_at``, ``lease_until`` and ``retry_at`` on the machine's: a
    # rehearsal's clock runs at another speed than the locks.
    db.execute("""
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY,
            guild_id INTEGER NOT NULL,
            dedupe_key TEXT NOT NULL,
            op TEXT NOT NULL,
            place TEXT NOT NULL,
            audience TEXT NOT NULL,
            facts TEXT NOT NULL,
            priority INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'queued',
            retry_at INTEGER NOT NULL DEFAULT 0,
            claimed_at INTEGER,
            lease_until INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            channel_id INTEGER,
            message_id INTEGER,
            done_at INTEGER,
            last_error TEXT,
            UNIQUE(guild_id, dedupe_key)
        ) STRICT
    """)
    db.execute("CREATE INDEX outbox_due ON outbox(due_at, priority) WHERE state = 'queued'")
    db.execute("CREATE INDEX outbox_leased ON outbox(lease_until) WHERE state = 'leased'")
    # A database's name for itself: what its rows send is told apart from what another database sent.
    db.execute("CREATE TABLE instance(token TEXT PRIMARY KEY) STRICT")


@MIGRATIONS(name="0005_live_edits")
def _live_edits(db: Database) -> None:
    # What organizers changed on the day, over the last import; one row for each field of a session.
    db.execute("""
        CREATE TABLE live_edit(
            guild_id INTEGER NOT NULL,
            event_id TEXT NOT NULL,
            session_id TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT,
            base TEXT,
            why TEXT,
            edited_by TEXT NOT NULL,
            edited_at TEXT NOT NULL,
            PRIMARY KEY (guild_id, event_id, session_id, field)
        ) STRICT
    """)


@MIGRATIONS(name="0006_agendas")
def _agendas(db: Database) -> None:
    # What people starred: kind is session, talk, speaker, poster or deadline.
    db.execute("""
        CREATE TABLE star(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            record_id TEXT NOT NULL,
            starred_at TEXT NOT NULL,
            PRIMARY KEY (guild_id, user_id, kind, record_id)
        ) STRICT
    """)
    db.execute("CREATE INDEX star_by_record ON star(guild_id, kind, record_id)")
    # How somebody wants to be reminded; without a row the defaults hold.
    db.execute("""
        CREATE TABLE reminder_choice(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            lead_minutes INTEGER NOT NULL,
            place TEXT NOT NULL,
            digest INTEGER NOT NULL,
            switched_off INTEGER NOT NULL,
            dm_channel_id INTEGER,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT
    """)


@MIGRATIONS(name="0007_deliveries")
def _deliveries(db: Database) -> None:
    # What /deliveries lists and counts of one guild, beside a hundred thousand personal reminders.
    db.execute("CREATE INDEX outbox_coming ON outbox(guild_id, op, due_at) WHERE state IN ('queued', 'leased')")
    db.execute("CREATE INDEX outbox_done ON outbox(guild_id, state, op, done_at) WHERE done_at IS NOT NULL")


@MIGRATIONS(name="0008_publishing")
def _publishing(db: Database) -> None:
    # How a version is to be taken: whether the files win over live edits that they contradict, and whether it is news.
    db.execute("ALTER TABLE programme ADD COLUMN files_win INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE programme ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0")
    # The version that a guild was told of last: what it learns next is the difference to it.
    db.execute("ALTER TABLE guild ADD COLUMN programme_id INTEGER")
    # What a folder held when it was read last: one that did not change since has no say over what was published since.
    db.execute("""
        CREATE TABLE folder(
            path TEXT PRIMARY KEY,
            event_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL
        ) STRICT
    """)


@MIGRATIONS(name="0009_personal_plans")
def _personal_plans(db: Database) -> None:
    # By what the personal reminders of a guild were planned, and when: to do it again would change nothing.
    db.execute("""
        CREATE TABLE personal_plan(
            guild_id INTEGER PRIMARY KEY,
            basis TEXT NOT NULL,
            planned_at INTEGER NOT NULL
        ) STRICT
    """)
    # Whose agenda or choice changed since. Kept by the tables themselves, so that no way to change them is forgotten.
    db.execute("""
        CREATE TABLE unplanned(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    for table in ("star", "reminder_choice"):
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
            db.execute(f"""
                CREATE TRIGGER {table}_{event.lower()}_unplanned AFTER {event} ON {table} BEGIN
                    INSERT OR IGNORE INTO unplanned VALUES ({row}.guild_id, {row}.user_id);
                END
            """)
    # Who holds a star is read from the index alone.
    db.execute("DROP INDEX star_by_record")
    db.execute("CREATE INDEX star_by_record ON star(guild_id, kind, record_id, user_id)")


@MIGRATIONS(name="0010_delivery_lists")
def _delivery_lists(db: Database) -> None:
    # What /deliveries counts of many: what came late (see ``deliveries.LATE_AFTER``), and why what failed did.
    db.execute(
        "CREATE INDEX outbox_late ON outbox(guild_id, op, done_at)"
        " WHERE state = 'sent' AND done_at IS NOT NULL AND done_at - due_at > 120000"
    )
    db.execute("CREATE INDEX outbox_failed ON outbox(guild_id, op, last_error) WHERE state = 'failed'")
    # With the state, what is coming is counted from the index alone.
    db.execute("DROP INDEX outbox_coming")
    db.execute("CREATE INDEX outbox_coming ON outbox(guild_id, op, due_at, state) WHERE state IN ('queued', 'leased')")


@MIGRATIONS(name="0011_closed_direct_messages")
def _closed_direct_messages(db: Database) -> None:
    # Whose reminders stopped because they take no direct messages any more: they learn of it when they ask.
    db.execute("ALTER TABLE reminder_choice ADD COLUMN closed INTEGER NOT NULL DEFAULT 0")


@MIGRATIONS(name="0012_waiting")
def _waiting(db: Database) -> None:
    # When the delivery wakes next: from indices alone, also after an outage that left thousands of rows to retry.
    db.execute("DROP INDEX outbox_due")
    db.execute("CREATE INDEX outbox_due ON outbox(due_at, priority, retry_at, state) WHERE state = 'queued'")
    db.execute("CREATE INDEX outbox_retry ON outbox(retry_at, due_at, state) WHERE state = 'queued' AND retry_at > 0")
    # The server whose organizers published a version, where its manner is to hold for that server alone.
    db.execute("ALTER TABLE programme ADD COLUMN manner_of INTEGER")


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
