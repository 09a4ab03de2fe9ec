"""What the check found, as organizers read it."""

from collections.abc import Sequence

from bot.chat.answers.paging import Page
from bot.chat.lookup import Lookup
from bot.chat.render.card import Button, Card, Does
from bot.chat.render.findings import CHECK, counted, row
from bot.chat.render.text import count
from bot.domain.event import Server
from bot.domain.finding import Finding, Level

#: Findings on one page: each may take 500 characters.
_PAGE = 6
_TITLES = {Level.PROBLEM: "**What does not work**", Level.WARNING: "**Worth a look**", Level.OPTIONAL: "**Optional**"}


def checked(server: Server, findings: Sequence[Finding], lookup: Lookup) -> Card:
    """One page of what was found, the worst first, and what was looked at."""
    page = Page.of(lookup, -(-len(findings) // _PAGE))
    shown = findings[page.number * _PAGE : (page.number + 1) * _PAGE]
    texts = [f"## {counted(findings)}\n{_looked_at(server)}"]
    for level, title in _TITLES.items():
        rows = [row(finding) for finding in shown if finding.level is level]
        texts += ["\n".join([title, *rows])] if rows else []
    turning = (Button(button.label, button.lookup, Does.SETUP, enabled=button.enabled) for button in page.buttons())
    return Card(
        tuple(texts),
        buttons=(*turning, Button("Check again", CHECK, Does.SETUP)),
        footer=page.footer,
        shareable=False,
    )


def _looked_at(server: Server) -> str:
    channels = count(len(set(server.channels.values())), "channel")
    roles = count(len(set(server.roles.values())), "role")
    return (
        f"I looked at {channels} and {roles} of server.yaml: whether they are there, what I may do there, who can read "
        "them, whom a mention notifies, which roles I can give. And at the server's features and my intents."
    )
