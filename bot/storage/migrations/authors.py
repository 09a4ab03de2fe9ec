"""0025 and on: how somebody becomes an author of a poster, how they hear of questions, who is at their board."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0025_claim_codes")
def _claim_codes(db: Database) -> None:
    # One for each author of a poster, by the name in the programme. ``used_by`` is whoever claimed the poster with it.
    db.execute("""
        CREATE TABLE claim_code(
            guild_id INTEGER NOT NULL,
            code TEXT NOT NULL,
            poster_id TEXT NOT NULL,
            author TEXT NOT NULL,
            used_by INTEGER,
            used_at INTEGER,
            PRIMARY KEY (guild_id, code),
            UNIQUE (guild_id, poster_id, author)
        ) STRICT, WITHOUT ROWID
    """)
    # Wrong codes, so that nobody can try many. ``act`` is the interaction: one that comes twice counts once.
    db.execute("""
        CREATE TABLE claim_try(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            act INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (guild_id, user_id, act)
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS(name="0026_author_choices")
def _author_choices(db: Database) -> None:
    # How an author wants to hear of questions. Whoever chose nothing has no row.
    db.execute("""
        CREATE TABLE author_choice(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            times TEXT NOT NULL,
            place TEXT NOT NULL,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    # The direct channel of an author, or of somebody who asked without their name: it was opened when they said so.
    # ``closed``: a message was refused there.
    db.execute("""
        CREATE TABLE direct_channel(
            guild_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            channel_id INTEGER,
            closed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (guild_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS(name="0027_at_board")
def _at_board(db: Database) -> None:
    # Who said that they are at the board of a poster in a session.
    db.execute("""
        CREATE TABLE at_board(
            guild_id INTEGER NOT NULL,
            session_id TEXT NOT NULL,
            poster_id TEXT NOT NULL,
            user_id INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (guild_id, session_id, poster_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)


@MIGRATIONS(name="0028_author_plan")
def _author_plan(db: Database) -> None:
    # By which poster sessions what authors are told is planned: as long as those stay, nothing is planned anew.
    db.execute("CREATE TABLE author_plan(guild_id INTEGER PRIMARY KEY, basis TEXT NOT NULL) STRICT")
