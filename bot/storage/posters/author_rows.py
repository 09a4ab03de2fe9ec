"""How the rows of the outbox are called that are for authors of posters."""

from bot.storage.delivery.planned import ACT

#: The keys of what the programme plans for authors: in direct messages, and with mentions in threads.
DIRECT, MENTION = f"{ACT}author-dm:", f"{ACT}author-mention:"


def of_acts(user_id: int) -> str:
    """How the keys begin of what follows from an act: a question was asked, an organizer named them."""
    return f"{ACT}author:{user_id}:"


def planned_direct(user_id: int) -> str:
    """How the keys begin of what is planned for one author in direct messages."""
    return f"{DIRECT}{user_id}:"


def planned_mention(user_id: int) -> str:
    """The same with mentions in threads."""
    return f"{MENTION}{user_id}:"
