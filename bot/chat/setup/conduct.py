"""What keeps a report from being read: nobody on the committee, no channel for it, or one that it does not see."""

from collections.abc import Iterator

from bot.chat.setup.channels import lost, used
from bot.chat.setup.server import EVERYONE, DiscordServer
from bot.domain.event import Server
from bot.domain.finding import Finding, Level


def conduct_findings(server: Server, there: DiscordServer, *, known: int | None) -> Iterator[Finding]:
    """``known``: how many are known who are on the committee, None where that is left aside."""
    if known == 0:
        yield Finding(
            Level.PROBLEM,
            "I know nobody of the conduct committee: what people report is read by nobody.",
            "Let each of them use me once, with /now for instance, or name them: /cases committee add.",
        )
    if known == 1:
        yield Finding(
            Level.OPTIONAL,
            "I know only one person of the conduct committee: what is reported about them is read by nobody.",
            "Let another one of it use me once, with /now for instance, or name one: /cases committee add.",
        )
    if "conduct" not in server.channels:
        yield Finding(
            Level.OPTIONAL,
            f"server.yaml names no channel for conduct: {lost('conduct')}.",
            "Create a private channel, and write its name into server.yaml: channels, conduct.",
        )
    channel, role = used(server, there, "conduct"), committee_role(server)
    if channel is None or role is None or there.role(role) is None:
        return
    if not {EVERYONE, role} & channel.readers:
        yield Finding(
            Level.PROBLEM,
            f"{role} does not see #{channel.name} (conduct): who holds that role cannot be in the threads of cases.",
            "Edit Channel, Permissions, add that role, and allow View Channel.",
        )


def committee_role(server: Server) -> str | None:
    """The name of the role whose holders are on the committee."""
    return server.roles.get("conduct", server.roles.get("organizers"))
