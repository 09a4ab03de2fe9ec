"""What is wrong with a server, each case for itself: a table of servers and what is said of them."""

import pytest
from msgspec.structs import replace

from bot.chat.setup.check import check, mark_of, may_be_told
from bot.chat.setup.server import EVERYONE, DiscordServer, Kind, Permission
from bot.domain.event import Server
from bot.domain.finding import Level, lacks
from tests.chat.setup.servers import GOOD, NAMED, channel, role, with_channel, with_role, without

SEND, MENTION, GIVE = Permission.SEND, Permission.MENTION_ALL, Permission.MANAGE_ROLES
PROBLEM, WARNING, OPTIONAL = Level.PROBLEM, Level.WARNING, Level.OPTIONAL
#: All that every event needs.
STAFF = Server({"organizers": "staff", "conduct": "staff"}, {"organizers": "Organizer"})
TWICE = replace(GOOD, channels=(*GOOD.channels, channel("schedule")), roles=(*GOOD.roles, role("Speaker")))


def found(there: DiscordServer, server: Server = NAMED) -> list[tuple[Level, str]]:
    return [(finding.level, finding.what) for finding in check(server, there)]


def test_where_everything_is_in_place_nothing_is_said() -> None:
    assert found(GOOD) == []


def test_an_event_that_names_nothing_needs_only_a_place_for_its_organizers() -> None:
    there = DiscordServer((), (), frozenset(), message_content=True)
    assert found(there, Server()) == [
        (WARNING, "server.yaml names no channel for organizers: organizers are not told what failed and who did what."),
        (OPTIONAL, "server.yaml names no role for organizers: only who may manage the server counts as an organizer."),
        (
            OPTIONAL,
            "server.yaml names no channel for conduct: "
            "what people report reaches the committee by direct message alone.",
        ),
    ]
    assert [finding.fix for finding in check(Server(), there)] == [
        "Create a private channel, and write its name into server.yaml: channels, organizers.",
        "Create a role, and write its name into server.yaml: roles, organizers.",
        "Create a private channel, and write its name into server.yaml: channels, conduct.",
    ]


@pytest.mark.parametrize(
    ("there", "level", "what"),
    [
        (without("news"), PROBLEM, "There is no channel #news (announcements): dates and changes are told to nobody."),
        (without("reviews"), PROBLEM, "There is no channel #reviews (reviewers): what is meant for reviewers is told"),
        (without("Organizer"), PROBLEM, "There is no role Organizer (organizers): only who may manage the server"),
        (without("Speaker"), PROBLEM, "There is no role Speaker (speakers): nobody counts as one of the speakers."),
        (
            with_channel(channel("schedule", Kind.OTHER)),
            PROBLEM,
            "#schedule (schedule) is no text channel: ",
        ),
        (
            with_channel(channel("schedule", Kind.FORUM)),
            PROBLEM,
            "#schedule (schedule) is no text channel: ",
        ),
        (
            with_channel(channel("schedule", lacking={SEND, Permission.HISTORY})),
            PROBLEM,
            "In #schedule (schedule) the bot lacks Send Messages and Read Message History: sessions are announced to",
        ),
        (
            with_channel(channel("posters", Kind.FORUM, lacking={SEND, Permission.SEND_IN_THREADS})),
            PROBLEM,
            "In #posters (posters) the bot lacks Create Posts and Send Messages in Threads: posters have no place",
        ),
        (
            with_channel(channel("posters", Kind.FORUM, lacking={Permission.MANAGE_THREADS})),
            WARNING,
            "In #posters (posters) the bot lacks Manage Threads: a thread that somebody closed stays closed.",
        ),
        (
            with_channel(channel("reports", readers={"Organizer"}, lacking={Permission.PRIVATE_THREADS})),
            PROBLEM,
            "In #reports (conduct) the bot lacks Create Private Threads: what people report reaches the committee by",
        ),
        (
            with_channel(channel("reports", readers={"Organizer"}, lacking={Permission.SEND_IN_THREADS})),
            PROBLEM,
            "In #reports (conduct) the bot lacks Send Messages in Threads: what people report reaches the committee by",
        ),
        (
            with_channel(channel("reports", readers={"Organizer"}, lacking={Permission.MANAGE_THREADS})),
            WARNING,
            "In #reports (conduct) the bot lacks Manage Threads: a thread that somebody closed stays closed.",
        ),
        (
            with_channel(channel("reports", readers={})),
            PROBLEM,
            "Organizer does not see #reports (conduct): who holds that role cannot be in the threads of cases.",
        ),
        (
            with_role(role("Organizer", mentionable=False), lacking={MENTION}),
            PROBLEM,
            "A mention of Organizer (organizers) notifies nobody in #staff and #reports.",
        ),
        (with_channel(channel("posters")), WARNING, "#posters (posters) is no forum: posters cannot be browsed by"),
        (
            with_channel(channel("news")),
            OPTIONAL,
            "#news (announcements) is a text channel: other servers",
        ),
        (
            with_channel(channel("staff", readers={EVERYONE, "Organizer"})),
            PROBLEM,
            "#staff (organizers) is open to everybody: what is not meant for them can be read.",
        ),
        (
            with_channel(channel("reports", readers={"Organizer", "Speaker", "Ping"})),
            PROBLEM,
            "#reports (conduct) is open to Ping and Speaker: what is not meant for them can be read.",
        ),
        (with_channel(channel("reviews", readers={"Author"})), PROBLEM, "#reviews (reviewers) is open to Author: what"),
        (with_channel(channel("stage", readers={"Ping"})), PROBLEM, "#stage (speakers) is open to Ping: what is not"),
        (
            with_channel(channel("schedule", readers={"Organizer"})),
            WARNING,
            "#schedule (schedule) is not open to everybody: who does not see it is not reminded.",
        ),
        (
            with_role(role("Ping", mentionable=False), lacking={MENTION}),
            PROBLEM,
            "A mention of Ping (remind) notifies nobody in #news and #schedule.",
        ),
        (
            with_role(role("Speaker", mentionable=False), lacking={MENTION}),
            PROBLEM,
            "A mention of Speaker (speakers) notifies nobody in #stage.",
        ),
        (
            with_role(role("Ping", below=False)),
            PROBLEM,
            "Ping stands above the bot's own role: the bot cannot give it.",
        ),
        (
            with_role(role("Ping"), lacking={GIVE}),
            WARNING,
            "The bot may not give roles: nobody can choose Ping in /settings and authors of posters do not get Author.",
        ),
        (
            with_role(role("Author", below=False)),
            PROBLEM,
            "Author stands above the bot's own role: the bot cannot give it.",
        ),
        (
            with_role(role("Author", gives_rights=True)),
            PROBLEM,
            "Author has rights that only organizers should give: the bot does not give it to authors.",
        ),
        (
            with_role(role("Ping", gives_rights=True)),
            PROBLEM,
            "Ping has rights that only organizers should give: the bot does not give it in /settings.",
        ),
        (
            with_channel(channel("posters", Kind.FORUM, lacking={Permission.MANAGE_CHANNELS})),
            OPTIONAL,
            "In #posters (posters) the bot lacks Manage Channels: it cannot add topics as tags.",
        ),
        (replace(GOOD, message_content=False), OPTIONAL, "The Message Content intent is off: what people type without"),
    ],
)
def test_one_thing_is_wrong_and_only_that_is_said(there: DiscordServer, level: Level, what: str) -> None:
    ((said, words),) = found(there)
    assert (said, words[: len(what)]) == (level, what)


@pytest.mark.parametrize(
    "there",
    [
        # Mentioned nowhere, so it need not be mentionable.
        with_role(role("Author", mentionable=False), lacking={MENTION}),
        # Above the bot's role, and never given by it.
        with_role(role("Organizer", below=False, gives_rights=True)),
        # One of the two is enough.
        with_role(role("Ping", mentionable=False)),
        with_role(role("Ping"), lacking={MENTION}),
        # A forum of posters may be shut to some.
        with_channel(channel("posters", Kind.FORUM, readers={"Author"})),
    ],
)
def test_what_is_no_fault_is_not_said(there: DiscordServer) -> None:
    assert found(there) == []


def test_a_role_that_authors_share_is_not_given_to_them() -> None:
    shared = Server(NAMED.channels, {**NAMED.roles, "authors": "Speaker"})
    said = "Speaker (authors) is the role of others, too: the bot gives it to no author."
    assert found(replace(GOOD, roles=tuple(map(role, shared.roles.values()))), shared)[-1:] == [(WARNING, said)]
    assert (shared.given_to_authors, NAMED.given_to_authors) == (None, "Author")


def test_an_unknown_committee_is_said_and_how_it_becomes_known() -> None:
    (finding,) = check(NAMED, GOOD, committee=0)
    assert (finding.level, finding.what, finding.fix) == (
        PROBLEM,
        "I know nobody of the conduct committee: what people report is read by nobody.",
        "Let each of them use me once, with /now for instance, or name them: /cases committee add.",
    )


def test_a_committee_of_one_is_said_to_read_nothing_about_themselves() -> None:
    (finding,) = check(NAMED, GOOD, committee=1)
    assert (finding.level, finding.what) == (
        OPTIONAL,
        "I know only one person of the conduct committee: what is reported about them is read by nobody.",
    )
    assert check(NAMED, GOOD, committee=2) == []


def test_the_role_of_a_committee_of_its_own_is_checked_in_place_of_the_organizers() -> None:
    server = replace(NAMED, roles={**NAMED.roles, "conduct": "Conduct"})
    there = with_role(role("Organizer"), lacking={MENTION})
    deaf = replace(there, roles=(*there.roles, role("Conduct", mentionable=False)))
    assert found(deaf, server) == [
        (PROBLEM, "A mention of Conduct (conduct) notifies nobody in #reports."),
        (
            PROBLEM,
            "Conduct does not see #reports (conduct): who holds that role cannot be in the threads of cases.",
        ),
    ]


def test_two_of_one_name_are_pointed_out() -> None:
    assert found(TWICE) == [
        (WARNING, "Several channels are called #schedule (schedule): the bot uses the first."),
        (WARNING, "Several roles are called Speaker (speakers): who holds any of them counts."),
    ]


def test_a_channel_of_another_kind_with_the_same_name_is_no_double() -> None:
    assert found(replace(GOOD, channels=(channel("schedule", Kind.OTHER), *GOOD.channels))) == []


@pytest.mark.parametrize(("readers", "said"), [({"Guest"}, 0), ({"Organizer"}, 1), ({EVERYONE}, 0)])
def test_where_attendees_have_a_role_it_is_enough_that_they_see_it(readers: set[str], said: int) -> None:
    server = Server({"schedule": "schedule", **STAFF.channels}, {"attendees": "Guest", **STAFF.roles})
    channels = (channel("schedule", readers=readers), channel("staff", readers={"Organizer"}))
    there = replace(GOOD, channels=channels, roles=(role("Guest"), role("Organizer")))
    assert len(found(there, server)) == said


@pytest.mark.parametrize(("roles", "said"), [({"attendees": "Guest"}, 1), ({}, 0)])
def test_a_channel_for_attendees_is_private_only_where_they_have_a_role(roles: dict[str, str], said: int) -> None:
    server = Server({"attendees": "lounge", **STAFF.channels}, {**roles, **STAFF.roles})
    channels = (channel("lounge"), channel("staff", readers={"Organizer"}))
    there = replace(GOOD, channels=channels, roles=(role("Guest"), role("Organizer")))
    assert len(found(there, server)) == said


@pytest.mark.parametrize(("features", "fix"), [({"COMMUNITY"}, "Edit Channel"), (set(), "Server Settings, Enable")])
def test_the_fix_begins_with_the_feature_that_is_missing(features: set[str], fix: str) -> None:
    (finding,) = check(NAMED, replace(with_channel(channel("news")), features=frozenset(features)))
    assert finding.fix.startswith(fix)


def test_the_fix_for_a_bot_that_may_not_give_roles_names_their_order_too() -> None:
    (finding,) = check(NAMED, with_role(role("Ping", below=False), lacking={GIVE}))
    assert finding.fix == (
        "Server Settings, Roles, the bot's role, allow Manage Roles. "
        "Server Settings, Roles: drag the bot's role above Ping."
    )


def test_the_worst_comes_first_and_what_is_optional_is_told_to_nobody() -> None:
    there = replace(without("schedule"), roles=TWICE.roles, message_content=False)
    levels = [finding.level for finding in check(NAMED, there)]
    assert levels == [PROBLEM, WARNING, OPTIONAL]
    assert [finding.level for finding in lacks(check(NAMED, there))] == [PROBLEM, WARNING]


def test_the_mark_tells_one_set_of_faults_from_another() -> None:
    marks = [mark_of(check(NAMED, there)) for there in (without("news"), without("news"), without("schedule"), TWICE)]
    assert (marks[0], len(set(marks))) == (marks[1], 3)


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (GOOD, True),
        (without("staff"), False),
        (with_channel(channel("staff", lacking={SEND})), False),
        (with_channel(channel("staff", lacking={Permission.EMBED})), True),
    ],
)
def test_organizers_are_told_where_the_bot_can_write_to_them(there: DiscordServer, told: bool) -> None:
    assert may_be_told(NAMED, there) is told
