"""The whole check of a server against its event: a pure function of what stands in both."""

from collections.abc import Sequence
from hashlib import sha256

from bot.chat.setup.channels import channel_findings, used
from bot.chat.setup.conduct import conduct_findings
from bot.chat.setup.roles import role_findings
from bot.chat.setup.server import DiscordServer, Permission
from bot.domain.event import Server
from bot.domain.finding import Finding, Level

_MARK = 12


def check(server: Server, there: DiscordServer, *, committee: int | None = None) -> list[Finding]:
    """Everything there is to say, the worst first. ``committee``: how many are known who are on the conduct committee;
    None where that is left aside.
    """
    found = [
        *channel_findings(server, there),
        *role_findings(server, there),
        *conduct_findings(server, there, known=committee),
        *_intents(there),
    ]
    return sorted(found, key=lambda finding: finding.level)


def mark_of(findings: Sequence[Finding]) -> str:
    """The same for the same findings, and for no others."""
    return sha256("\n".join(sorted(finding.what for finding in findings)).encode()).hexdigest()[:_MARK]


def may_be_told(server: Server, there: DiscordServer) -> bool:
    """Whether there is a channel for organizers in which the bot can write, and see what it wrote."""
    channel = used(server, there, "organizers")
    needed = {Permission.VIEW, Permission.SEND, Permission.HISTORY}
    return channel is not None and needed <= channel.allowed


def _intents(there: DiscordServer) -> list[Finding]:
    if there.message_content:
        return []
    return [
        Finding(
            Level.OPTIONAL,
            "The Message Content intent is off: what people type without a command is not read, unless it mentions me. "
            "Commands, buttons and forms do all there is to do.",
            "Developer Portal, your application, Bot, Message Content Intent. Then start Usher again.",
        )
    ]
