"""What people asked, upvoted and answered about posters, and whose posters they are."""

from sqlite_utils import Database

from bot.domain.privacy.retention import Term
from bot.storage.delivery.outbox import instant
from bot.storage.posters import author_roles
from bot.storage.privacy.holding import Entry, Fate, Holding, Leaving, Partly, written
from bot.storage.privacy.simple import entries, everybody, removed

#: What leads back to a person besides their id: the message they typed, and the id of what made it. No act is negative.
_NAMELESS = "made_by = -id, message_id = NULL"
_ANSWERED = "EXISTS (SELECT 1 FROM answer WHERE answer.question = question.id AND NOT taken_back)"


def _questions(db: Database, guild_id: int, user_id: int, *, drafts: bool) -> list[Entry]:
    rows = db.execute(
        f"SELECT number, poster_id, text, named, state, {_ANSWERED}, votes, asked_at FROM question"
        f" WHERE guild_id = ? AND asker = ? AND state {'=' if drafts else '!='} 'draft' ORDER BY asked_at, id",
        [guild_id, user_id],
    )
    return [
        {
            "number": number,
            "poster": poster_id,
            "text": text,
            "with_your_name": bool(named),
            "state": state,
            **({} if drafts else {"has_an_answer": bool(answered)}),
            "upvotes": votes,
            "asked_at": written(instant(at)),
        }
        for number, poster_id, text, named, state, answered, votes, at in rows
    ]


def _asked(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    return _questions(db, guild_id, user_id, drafts=False)


def _drafts(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    return [*_questions(db, guild_id, user_id, drafts=True), *_kept(db, guild_id, user_id)]


def _kept(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    rows = db.execute(
        "SELECT kind, number, poster_id, kept.text, kept_at FROM kept LEFT JOIN question ON question.id = question"
        " WHERE kept.guild_id = ? AND user_id = ? ORDER BY kept_at, question, kind",
        [guild_id, user_id],
    )
    return [
        {"kept": kind, "question": number, "poster": poster_id, "text": text, "written_at": written(instant(at))}
        for kind, number, poster_id, text, at in rows
    ]


def _forget_asked(db: Database, who: Leaving) -> int:
    """Of what leaves, the number alone stays: its message says that the question was withdrawn."""
    own = "guild_id = :guild AND asker = :user AND state != 'draft'"
    values = {"guild": who.guild_id, "user": who.user_id}
    leaves = f"{own} AND (state = 'withdrawn' OR (NOT :time_is_up AND NOT {_ANSWERED}))"
    gone = {**values, "time_is_up": who.time_is_up}
    for table in ("vote", "hidden"):
        db.execute(f"DELETE FROM {table} WHERE question IN (SELECT id FROM question WHERE {leaves})", gone)
    done = db.execute(
        f"UPDATE question SET text = '', votes = 0, asker = NULL, named = 0, {_NAMELESS},"
        f" state = 'withdrawn' WHERE {leaves}",
        gone,
    )
    kept = db.execute(f"UPDATE question SET asker = NULL, named = 0, {_NAMELESS} WHERE {own}", values)
    return done.rowcount + kept.rowcount


def _forget_drafts(db: Database, who: Leaving) -> int:
    drafts = "DELETE FROM question WHERE guild_id = ? AND asker = ? AND state = 'draft'"
    kept = "DELETE FROM kept WHERE guild_id = ? AND user_id = ?"
    return sum(db.execute(query, [who.guild_id, who.user_id]).rowcount for query in (drafts, kept))


#: By person first: one has few votes, and a guild many.
_VOTED = "user_id = ? AND EXISTS (SELECT 1 FROM question WHERE question.id = vote.question AND guild_id = ?)"


def _votes(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    rows = db.execute(
        "SELECT number, poster_id, text FROM vote JOIN question ON question.id = vote.question"
        " WHERE user_id = ? AND guild_id = ? ORDER BY question.id",
        [user_id, guild_id],
    )
    return [{"question": number, "poster": poster_id, "text": text} for number, poster_id, text in rows]


def _forget_votes(db: Database, who: Leaving) -> int:
    if not who.time_is_up:
        db.execute(
            "UPDATE question SET votes = votes - 1 WHERE id IN (SELECT question FROM vote WHERE user_id = ?)"
            " AND +guild_id = ?",
            [who.user_id, who.guild_id],
        )
    return db.execute(f"DELETE FROM vote WHERE {_VOTED}", [who.user_id, who.guild_id]).rowcount


def _answers(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    rows = db.execute(
        "SELECT number, poster_id, answer.text, hidden, given_at FROM answer JOIN question ON question.id = question"
        " WHERE answer.guild_id = ? AND author = ? ORDER BY answer.id",
        [guild_id, user_id],
    )
    return [
        {
            "question": number,
            "poster": poster_id,
            "text": text,
            "hidden": bool(hidden),
            "given_at": written(instant(at)),
        }
        for number, poster_id, text, hidden, at in rows
    ]


def _forget_answers(db: Database, who: Leaving) -> int:
    query = f"UPDATE answer SET author = NULL, {_NAMELESS} WHERE guild_id = ? AND author = ?"
    return db.execute(query, [who.guild_id, who.user_id]).rowcount


def _forget_authorship(db: Database, who: Leaving) -> int:
    """The role that the bot gave them is taken back; until that is done, it is known that they hold it. Where it was
    not done, that is tried again with each time they ask, and is forgotten once its time is up.
    """
    done = removed("authorship")(db, who)
    if who.time_is_up and not done:
        return author_roles.give_up(db, who.guild_id, who.user_id)
    left = author_roles.is_left(db, who.guild_id, who.user_id)
    author_roles.follow(db, who.guild_id, who.user_id, who.at)
    return done or int(left)


def _authorship(db: Database, guild_id: int, user_id: int) -> list[Entry]:
    """A role that was not taken back yet stands there alone."""
    return _posters(db, guild_id, user_id) or [
        {"role_given": "yes" if role_id else "no", "role_taken_back": "not yet"}
        for (role_id,) in db.execute(
            "SELECT role_id FROM author_role WHERE guild_id = ? AND user_id = ?", [guild_id, user_id]
        )
    ]


#: Whether they were given the role of authors, beside each of their posters.
_GIVEN = (
    "SELECT 1 FROM author_role WHERE author_role.guild_id = authorship.guild_id"
    " AND author_role.user_id = authorship.user_id AND role_id IS NOT NULL"
)
_posters = entries(
    "authorship",
    {
        "since": "since",
        "poster": "poster_id",
        "said_by_an_organizer": "iif(given_by, 'yes', 'no')",
        "role_given": f"iif(EXISTS ({_GIVEN}), 'yes', 'no')",
    },
)

QUESTIONS = Holding(
    "Questions",
    "what you asked about posters",
    "for getting you an answer",
    Term.PERSONAL,
    "everybody; your name only if you show it, else by organizers alone",
    Fate.NAMELESS,
    "with an answer they stay; the others are deleted",
    ("question", "vote", "hidden"),
    _asked,
    _forget_asked,
    everybody("question", person="asker"),
    Partly(
        lambda entry: entry["state"] == "withdrawn" or not entry["has_an_answer"],
        "deleted, without an answer or withdrawn",
        "with an answer they stay",
    ),
)
DRAFTS = Holding(
    "Drafts",
    "questions and answers that you wrote and that were not posted",
    "for letting you change and send them",
    Term.DRAFTS,
    "only you",
    Fate.GOES,
    "deleted",
    ("question", "kept"),
    _drafts,
    _forget_drafts,
)
VOTES = Holding(
    "Upvotes",
    "which questions you upvoted",
    "for counting one a person",
    Term.PERSONAL,
    "nobody; everybody sees the number",
    Fate.GOES,
    "deleted; the numbers follow",
    ("vote", "question"),
    _votes,
    _forget_votes,
    "SELECT user_id FROM vote JOIN question ON question.id = vote.question WHERE guild_id = :guild",
)
ANSWERS = Holding(
    "Answers",
    "what you answered as an author",
    "for those who asked",
    Term.PERSONAL,
    "everybody, with your name",
    Fate.NAMELESS,
    "they stay",
    ("answer",),
    _answers,
    _forget_answers,
    everybody("answer", person="author"),
)
AUTHORSHIP = Holding(
    "Authorship",
    "which posters are yours, and whether you got a role for it",
    "for letting you answer, and taking the role back",
    Term.PERSONAL,
    "organizers",
    Fate.GOES,
    "deleted; a role that I gave you for it is taken back",
    ("authorship", "author_role"),
    _authorship,
    _forget_authorship,
    f"{everybody('authorship')} UNION SELECT user_id FROM author_role WHERE {author_roles.LEFT}",
)
