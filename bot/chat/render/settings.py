"""The card of /settings: how somebody takes part, and what reaches them."""

from collections.abc import Sequence

from msgspec import Struct

from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.text import line
from bot.domain.attendance import Attends, Settings

SETTINGS = Lookup("settings")
#: What the first argument of its buttons says: which of the settings is chosen.
ATTENDS, COPIES, ROLE = "attends", "copies", "role"
ON, OFF = "on", "off"

_ATTENDS = {Attends.IN_PERSON: "in person", Attends.ONLINE: "online"}
#: By what each role is mentioned.
_MENTIONS = {"remind": "sessions, dates and changes"}


class SelfRole(Struct, frozen=True):
    """A role that people give themselves. ``obstacle``: what organizers have to do before the bot can; "" if it can."""

    purpose: str
    name: str
    held: bool
    obstacle: str = ""


def settings_card(settings: Settings, roles: Sequence[SelfRole], *, in_server: bool) -> Card:
    """What holds now, a block for each setting, and the buttons that change it."""
    texts = [
        f"## Your settings\n{_attending(settings)}",
        _copies(settings),
        *(
            [_roles(roles)]
            if in_server
            else ["**Roles that mention you**\nChoose them in the server: /settings there."]
        ),
    ]
    buttons = [_attends(settings, Attends.IN_PERSON, "In person"), _attends(settings, Attends.ONLINE, "Online")]
    label = "Stop direct messages" if settings.copies else "Send direct messages"
    buttons.append(_button(label, COPIES, OFF if settings.copies else ON))
    buttons += [_toggle(role) for role in roles if not role.obstacle]
    buttons.append(Button("My reminders", Lookup("remind"), Does.REMIND))
    footer = "Only you see this."
    return Card(tuple(texts), buttons=tuple(buttons), footer=footer, shareable=False)


def _attending(settings: Settings) -> str:
    if settings.attends is None:
        return "**You have not said how you attend.** Say it, and messages to you begin with what you need."
    return f"**You attend {_ATTENDS[settings.attends]}.**"


def _copies(settings: Settings) -> str:
    head = "**Announcements by direct message:** "
    if settings.copies:
        return f"{head}on\nWhat organizers announce reaches you directly, too."
    if settings.closed:
        return (
            f"{head}stopped\nA message could not reach you: your direct messages are closed to me. Allow them in this "
            "server's privacy settings, then press Send direct messages."
        )
    return f"{head}off\nAnnouncements stand in their channel."


def _roles(roles: Sequence[SelfRole]) -> str:
    if not roles:
        return "**Roles that mention you**\nThis server has none."
    return "\n".join(["**Roles that mention you**", *(_role(role) for role in roles)])


def _role(role: SelfRole) -> str:
    what = f" · {_MENTIONS[role.purpose]}" if role.purpose in _MENTIONS else ""
    state = "you have it" if role.held else "you do not have it"
    row = f"{line(role.name, 80)}: {state}{what}"
    return f"{row}\nI cannot give or take it. Please tell an organizer: {role.obstacle}." if role.obstacle else row


def _attends(settings: Settings, attends: Attends, label: str) -> Button:
    return _button(label, ATTENDS, attends.value, main=settings.attends is attends)


def _toggle(role: SelfRole) -> Button:
    label = f"Leave the role {role.name}" if role.held else f"Take the role {role.name}"
    return Button(label, Lookup(SETTINGS.name, (ROLE, role.purpose, OFF if role.held else ON)), Does.SETTINGS)


def _button(label: str, what: str, value: str, *, main: bool = False) -> Button:
    return Button(label, Lookup(SETTINGS.name, (what, value)), Does.SETTINGS, main=main)
