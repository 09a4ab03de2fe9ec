"""What the bot answers: one pure function per lookup, Ask -> Card.

``ANSWERS`` is the table of all of them; ``answer`` adds what every answer has: the Refresh and Share
buttons. An answer says nothing of the present moment but what has begun or ended by then; spans of
time are Discord's own timestamps, which keep themselves right. So it can be kept (see ``prepared``).
"""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace

from bot.chat.answers import agenda, info, now, people, posters, practical, schedule, search, session, topics
from bot.chat.ask import Answer, Ask
from bot.chat.render.card import FOR_ANYBODY, Button, Card, Does
from bot.domain.errors import NotFoundError

#: What is said where a button or menu asks for what this release does not have.
OLD_BUTTON = "This button is from another version of the bot. Use the slash command instead."

ANSWERS: Mapping[str, Answer] = MappingProxyType(
    {
        "now": now.now,
        "schedule": schedule.schedule,
        "session": session.session,
        "speaker": people.speaker,
        "speakers": people.speakers,
        "organizers": people.organizers,
        "poster": posters.poster,
        "posters": posters.posters,
        "topics": topics.topics,
        "deadlines": practical.deadlines,
        "submit": practical.submit,
        "join": practical.join,
        "materials": practical.materials,
        "conduct": info.conduct,
        "about": info.about,
        "faq": info.faq,
        "help": info.help_card,
        "search": search.search,
        "agenda": agenda.shared,
    }
)

#: What somebody shares of their own: it is another answer for everybody else.
PERSONAL = frozenset({"agenda"})


def answer(ask: Ask) -> Card:
    """The card for a question. Raises NotFoundError where a button asks what this release does not know."""
    make = ANSWERS.get(ask.lookup.name)
    if make is None:
        raise NotFoundError(OLD_BUTTON)
    card = make(ask)
    if ask.public:
        kept = tuple(one for one in card.buttons if isinstance(one, Button) and one.does in FOR_ANYBODY)
        opened = () if ask.lookup.name in PERSONAL else (Button("Open it for me", ask.lookup, Does.OPEN),)
        return replace(card, menu=None, buttons=(*opened, *kept))
    share = (Button("Share", ask.lookup, Does.SHARE),) if card.shareable and ask.may_share else ()
    return card.with_buttons(Button("Refresh", ask.lookup), *share)
