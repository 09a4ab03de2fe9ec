"""0019 and on: threads, and what is asked about posters."""

from sqlite_utils import Database

from bot.storage.migrations.registry import MIGRATIONS


@MIGRATIONS(name="0019_threads")
def _threads(db: Database) -> None:
    # The thread of a poster: ``subject`` says of which. ``row`` is the one of the outbox that opened it, ``used_at``
    # when something was posted there last (milliseconds since 1970 in UTC, on the machine's clock).
    db.execute("""
        CREATE TABLE thread(
            guild_id INTEGER NOT NULL,
            subject TEXT NOT NULL,
            row INTEGER NOT NULL,
            thread_id INTEGER NOT NULL UNIQUE,
            used_at INTEGER NOT NULL,
            PRIMARY KEY (guild_id, subject)
        ) STRICT
    """)
    db.execute("CREATE INDEX thread_by_use ON thread(guild_id, used_at)")


@MIGRATIONS(name="0020_questions")
def _questions(db: Database) -> None:
    # What people ask. ``asker`` is NULL once nobody may know any more who it was; ``number`` is given when it is asked,
    # and a draft has none. ``made_by`` is the interaction or the message that made it: what Discord hands over twice
    # makes no second question. ``message_id`` is the message in which it was typed, if it was.
    db.execute("""
        CREATE TABLE question(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild_id INTEGER NOT NULL,
            poster_id TEXT NOT NULL,
            number INTEGER,
            asker INTEGER,
            named INTEGER NOT NULL,
            text TEXT NOT NULL,
            state TEXT NOT NULL,
            votes INTEGER NOT NULL DEFAULT 0,
            asked_at INTEGER NOT NULL,
            made_by INTEGER NOT NULL UNIQUE,
            message_id INTEGER,
            UNIQUE(guild_id, number)
        ) STRICT
    """)
    # What everybody may see, the most asked first: of all posters, and of one.
    db.execute("CREATE INDEX question_top ON question(guild_id, votes, id) WHERE state IN ('open', 'answered')")
    db.execute("CREATE INDEX question_by_poster ON question(guild_id, poster_id, state, votes, id)")
    db.execute("CREATE INDEX question_by_asker ON question(guild_id, asker, asked_at) WHERE asker IS NOT NULL")
    db.execute("""
        CREATE TABLE vote(
            question INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            PRIMARY KEY (question, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX vote_by_person ON vote(user_id)")
    # ``author`` is NULL once nobody may know any more who it was.
    db.execute("""
        CREATE TABLE answer(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            guild_id INTEGER NOT NULL,
            question INTEGER NOT NULL,
            author INTEGER,
            text TEXT NOT NULL,
            hidden INTEGER NOT NULL DEFAULT 0,
            given_at INTEGER NOT NULL,
            made_by INTEGER NOT NULL UNIQUE,
            message_id INTEGER
        ) STRICT
    """)
    db.execute("CREATE INDEX answer_by_question ON answer(question, id)")
    db.execute("CREATE INDEX answer_by_author ON answer(guild_id, author) WHERE author IS NOT NULL")


@MIGRATIONS(name="0021_authorship")
def _authorship(db: Database) -> None:
    # Who an author of a poster is: they claimed it, or (``given_by``) an organizer said so.
    db.execute("""
        CREATE TABLE authorship(
            guild_id INTEGER NOT NULL,
            poster_id TEXT NOT NULL,
            user_id INTEGER NOT NULL,
            since INTEGER NOT NULL,
            given_by INTEGER,
            PRIMARY KEY (guild_id, poster_id, user_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX authorship_by_person ON authorship(guild_id, user_id, poster_id)")
