"""What is wrong with the roles of server.yaml: missing, never notified, or out of the bot's reach."""

from collections.abc import Iterator

from bot.chat.render.text import listing
from bot.chat.setup.channels import used
from bot.chat.setup.conduct import committee_role
from bot.chat.setup.server import DiscordServer, Permission
from bot.domain.event import Server
from bot.domain.finding import Finding, Level

_LOST = {
    "attendees": "nobody counts as an attendee",
    "authors": "authors of posters get no role",
    "organizers": "only who may manage the server counts as an organizer",
    "remind": "nobody is notified of what is announced",
    "conduct": "nobody is on the conduct committee but whom organizers named",
}
#: Where the role of those who want to be reminded is mentioned; a circle's role is in its own channel.
_REMINDED = ("announcements", "schedule")
_CIRCLES = ("organizers", "chairs", "reviewers", "authors", "speakers", "attendees")


def role_findings(server: Server, there: DiscordServer) -> Iterator[Finding]:
    """All that concerns roles: each by itself, who is notified, and what the bot can give."""
    if "organizers" not in server.roles:
        yield Finding(
            Level.OPTIONAL,
            f"server.yaml names no role for organizers: {_LOST['organizers']}.",
            "Create a role, and write its name into server.yaml: roles, organizers.",
        )
    for purpose, name in server.roles.items():
        if there.role(name) is None:
            yield Finding(
                Level.PROBLEM,
                f"There is no role {name} ({purpose}): {_LOST.get(purpose, f'nobody counts as one of the {purpose}')}.",
                "Server Settings, Roles, Create Role, or write the right name into server.yaml.",
            )
        elif sum(role.name == name for role in there.roles) > 1:
            yield Finding(
                Level.WARNING,
                f"Several roles are called {name} ({purpose}): who holds any of them counts.",
                "Give the others another name: Server Settings, Roles.",
            )
    if "authors" in server.roles and server.given_to_authors is None:
        yield Finding(
            Level.WARNING,
            f"{server.roles['authors']} (authors) is the role of others, too: the bot gives it to no author.",
            "Create a role for authors alone, and write its name into server.yaml: roles, authors.",
        )
    yield from _silent(server, there)
    yield from _out_of_reach(server, there)


def _silent(server: Server, there: DiscordServer) -> Iterator[Finding]:
    for purpose, name in server.roles.items():
        role = there.role(name)
        if role is None or role.mentionable:
            continue
        places = [*_REMINDED] if purpose == "remind" else [purpose] if purpose in _CIRCLES else []
        # The committee's role is called to each case.
        places += ["conduct"] if name == committee_role(server) else []
        channels = {place: channel for place in places if (channel := used(server, there, place))}
        deaf = [
            f"#{channel.name}"
            for channel in channels.values()
            if Permission.SEND in channel.allowed and Permission.MENTION_ALL not in channel.allowed
        ]
        if deaf:
            yield Finding(
                Level.PROBLEM,
                f"A mention of {name} ({purpose}) notifies nobody in {listing(list(dict.fromkeys(deaf)))}.",
                "Server Settings, Roles, that role, switch on “Allow anyone to @mention this role”; or allow the bot's "
                f"role “{Permission.MENTION_ALL}”.",
            )


def _out_of_reach(server: Server, there: DiscordServer) -> Iterator[Finding]:
    """Of the roles that people choose, and of the one that authors of posters get: a bot gives only those below its own
    (Discord, Permission Hierarchy).
    """
    chosen = [role for purpose in server.self_assigned if (role := there.role(server.roles[purpose]))]
    name = server.given_to_authors
    authors = [role] if name is not None and (role := there.role(name)) else []
    for role, where in (*((role, "in /settings") for role in chosen), *((role, "to authors") for role in authors)):
        if role.gives_rights:
            yield Finding(
                Level.PROBLEM,
                f"{role.name} has rights that only organizers should give: the bot does not give it {where}.",
                "Server Settings, Roles, that role, Permissions: take them away, or name another role in server.yaml.",
            )
    # What the bot refuses to give for another reason is no question of its own rights.
    above = [role.name for role in (*chosen, *authors) if not role.gives_rights and not role.below]
    move = f"Server Settings, Roles: drag the bot's role above {listing(above)}." if above else ""
    known = [role.name for role in chosen if not role.gives_rights]
    lost = [f"nobody can choose {listing(known, 'or')} in /settings"] if known else []
    lost += [f"authors of posters do not get {role.name}" for role in authors if not role.gives_rights]
    if lost and Permission.MANAGE_ROLES not in there.allowed:
        yield Finding(
            Level.WARNING,
            f"The bot may not give roles: {listing(lost)}.",
            f"Server Settings, Roles, the bot's role, allow {Permission.MANAGE_ROLES}. {move}".rstrip(),
        )
    elif above:
        means = f"the bot cannot give {'it' if len(above) == 1 else 'them'}"
        stand = "stands" if len(above) == 1 else "stand"
        yield Finding(Level.PROBLEM, f"{listing(above)} {stand} above the bot's own role: {means}.", move)
