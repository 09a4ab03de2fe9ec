"""0001 to 0012: programmes, the outbox, agendas and reminders."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


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
